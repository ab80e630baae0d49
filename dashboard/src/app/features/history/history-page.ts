import { Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { ScanBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { SessionStore } from '../../core/auth/session-store';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Menu, type MenuEntry } from '../../ui/menu/menu';
import { Pager } from '../../ui/pager/pager';
import { ScanRowActions } from '../../ui/scan-table/scan-row-actions';
import { ScanTable, targetOf } from '../../ui/scan-table/scan-table';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';
import { isScanId } from './history-filter';
import { HistoryFilters } from './history-filters';
import { HistoryStore, type ScanAction } from './history-store';
import { scanMenu } from './scan-menu';

const ACTION_WORDS: Readonly<Record<ScanAction, string>> = {
  cancel: 'The scan was not cancelled',
  delete: 'The scan was not deleted',
  rerun: 'The scan was not started again',
};

@Component({
  selector: 'app-history-page',
  imports: [
    ConfirmDialog,
    EmptyState,
    ErrorNotice,
    HistoryFilters,
    Icon,
    Menu,
    Pager,
    RouterLink,
    ScanRowActions,
    ScanTable,
    Skeleton,
  ],
  providers: [AddressQuery, HistoryStore],
  templateUrl: './history-page.html',
})
export class HistoryPage {
  private readonly router = inject(Router);
  private readonly session = inject(SessionStore);

  protected readonly store = inject(HistoryStore);
  protected readonly toDelete = signal<ScanBody | null>(null);

  protected readonly failed = computed(() => {
    const failure = this.store.failedAction();
    if (failure === null) return null;
    return { headline: ACTION_WORDS[failure.action], problem: failure.problem };
  });
  protected readonly projects = computed(() => {
    const loaded = this.store.projects();
    return loaded.state === 'value' ? loaded.value : [];
  });
  protected readonly filterWords = computed(() => {
    const { status, text, period } = this.store.filter();
    const parts = [
      status === null ? null : `whose state is ${status}`,
      text === null ? null : `named like ${text}`,
      period === null ? null : 'of that time',
    ];
    return `Looked for scans ${parts.filter((part) => part !== null).join(', ')}.`;
  });

  protected target(scan: ScanBody): string {
    return targetOf(scan);
  }

  protected menuLabel(scan: ScanBody): string {
    return `Actions on the scan of ${shortPath(targetOf(scan), 48)}, ${scan.id.slice(0, 8)}`;
  }

  protected menu(scan: ScanBody): readonly MenuEntry[] {
    const isBusy = this.store.busyScans().has(scan.id);
    return scanMenu(scan, isBusy ? 'Something is being done.' : this.session.whyNot('write'));
  }

  protected async choose(entry: string, scan: ScanBody): Promise<void> {
    switch (entry) {
      case 'view':
        await this.router.navigate(['/scan', scan.id]);
        return;
      case 'compare':
        await this.router.navigate(['/diff'], { queryParams: { head: scan.id } });
        return;
      case 'rerun':
        await this.rerun(scan);
        return;
      case 'cancel':
        await this.store.cancel(scan);
        return;
      case 'delete':
        this.toDelete.set(scan);
    }
  }

  protected async remove(scan: ScanBody): Promise<void> {
    await this.store.remove(scan);
    this.toDelete.set(null);
  }

  protected async narrow(
    change: Partial<Record<'status' | 'since', string | null>>,
  ): Promise<void> {
    await this.store.narrow(change);
  }

  protected async search(text: string): Promise<void> {
    if (isScanId(text)) await this.router.navigate(['/scan', text.toLowerCase()]);
    else await this.store.narrow({ q: text === '' ? null : text });
  }

  protected async showAll(): Promise<void> {
    await this.store.narrow({ status: null, q: null, since: null });
  }

  private async rerun(scan: ScanBody): Promise<void> {
    const id = await this.store.rerun(scan);
    if (id !== null) await this.router.navigate(['/scan', id]);
  }
}
