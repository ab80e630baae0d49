import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { ScanBody } from '@securescan/contracts';
import { NeedsScope } from '../../core/auth/needs-scope';
import { SessionStore } from '../../core/auth/session-store';
import { PageTitle } from '../../core/page-title';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { Menu } from '../../ui/menu/menu';
import { reportersOf } from '../../ui/scan-table/reporters-of';
import { targetOf } from '../../ui/scan-table/scan-table';
import { ScanStatus } from '../../ui/scan-status/scan-status';
import { shortPath } from '../../ui/text/short-path';
import { RelativeTime } from '../../ui/time/relative-time';
import { FindingsSection } from '../../triage/findings-section';
import { provideFindingsSection } from '../../triage/provide-triage';
import { CheckedBy } from './checked-by';
import { ImportedTools } from './imported-tools';
import { OutcomesTable } from './outcomes-table';
import { ProgressPanel } from './progress-panel';
import { ScanCompliance } from './scan-compliance';
import { type ScanAction, ScanDetailStore } from './scan-detail-store';
import { SCAN_DOCUMENTS } from './scan-documents';
import { ScanDownloads } from './scan-downloads';
import { scanFindingSource } from './scan-finding-source';
import { ScanSummaryStrip } from './scan-summary-strip';
import { SuppressionNotices } from './suppression-notices';

const ACTION_WORDS: Readonly<Record<ScanAction, string>> = {
  cancel: 'The scan was not cancelled',
  delete: 'The scan was not deleted',
  rerun: 'The scan was not started again',
};

@Component({
  selector: 'app-scan-detail-page',
  imports: [
    CheckedBy,
    ConfirmDialog,
    EmptyState,
    ErrorNotice,
    FindingsSection,
    Icon,
    ImportedTools,
    Menu,
    NeedsScope,
    OutcomesTable,
    ProgressPanel,
    RelativeTime,
    RouterLink,
    ScanCompliance,
    ScanStatus,
    ScanSummaryStrip,
    Skeleton,
    SuppressionNotices,
  ],
  providers: [ScanDetailStore, ScanDownloads, provideFindingsSection(scanFindingSource)],
  templateUrl: './scan-detail-page.html',
  styleUrl: './scan-detail-page.css',
})
export class ScanDetailPage {
  private readonly router = inject(Router);
  private readonly pageTitle = inject(PageTitle);
  private readonly session = inject(SessionStore);

  protected readonly store = inject(ScanDetailStore);
  protected readonly downloads = inject(ScanDownloads);
  protected readonly documents = SCAN_DOCUMENTS;
  protected readonly isAskingToDelete = signal(false);

  protected readonly whyNoChange = computed(() => this.session.whyNot('write'));
  protected readonly failedAction = computed(() => {
    const failure = this.store.actionFailure();
    if (failure === null) return null;
    return { headline: ACTION_WORDS[failure.action], problem: failure.problem };
  });
  protected readonly isLive = computed(() => {
    const status = this.store.status();
    return status === 'pending' || status === 'running';
  });
  protected readonly counts = computed(() => {
    const loaded = this.store.summary();
    return loaded.state === 'value' ? loaded.value : null;
  });
  protected readonly scannersRun = computed(() => {
    const loaded = this.store.scan();
    return loaded.state === 'value' ? reportersOf(loaded.value) : [];
  });

  constructor() {
    effect(() => {
      const loaded = this.store.scan();
      if (loaded.state !== 'value') return;
      const label = `Scan of ${shortPath(targetOf(loaded.value), 48)}`;
      untracked(() => {
        this.pageTitle.show(label);
      });
    });
  }

  protected title(scan: ScanBody): string {
    return shortPath(targetOf(scan), 64);
  }

  protected fullTarget(scan: ScanBody): string {
    return targetOf(scan);
  }

  protected async download(scan: string, document: string): Promise<void> {
    await this.downloads.save(scan, document);
  }

  protected async cancel(): Promise<void> {
    await this.store.cancel();
  }

  protected async rerun(): Promise<void> {
    const id = await this.store.rerun();
    if (id !== null) await this.router.navigate(['/scan', id]);
  }

  protected async remove(): Promise<void> {
    const isGone = await this.store.remove();
    this.isAskingToDelete.set(false);
    if (isGone) await this.router.navigate(['/history']);
  }
}
