import { Component, computed, inject } from '@angular/core';
import { AddressQuery } from '../../core/address-query';
import { NeedsScope } from '../../core/auth/needs-scope';
import { SessionStore } from '../../core/auth/session-store';
import { ScannerInstallStore } from '../../core/scanners/scanner-install-store';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { SCAN_TYPE_TEXTS } from '../../ui/scan-types/scan-type-texts';
import { type Segment, Segmented } from '../../ui/segmented/segmented';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { RelativeTime } from '../../ui/time/relative-time';
import { ScannerEntry } from './scanner-entry';
import { ScannersStore } from './scanners-store';

@Component({
  selector: 'app-scanners-page',
  imports: [
    EmptyState,
    ErrorNotice,
    Icon,
    NeedsScope,
    RelativeTime,
    ScannerEntry,
    Segmented,
    Skeleton,
  ],
  providers: [AddressQuery, ScannersStore, ScannerInstallStore],
  templateUrl: './scanners-page.html',
  styles: `
    .checked,
    .tools {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-3);
      align-items: center;
      font-size: var(--size-sm);
    }

    .tools {
      justify-content: space-between;
    }

    .tools .control {
      flex: 0 1 280px;
    }
  `,
})
export class ScannersPage {
  private readonly session = inject(SessionStore);

  protected readonly store = inject(ScannersStore);
  protected readonly installs = inject(ScannerInstallStore);
  protected readonly texts = SCAN_TYPE_TEXTS;

  protected readonly whyNoInstall = computed(() => this.session.whyNot('admin'));
  protected readonly states = computed<readonly Segment[]>(() => {
    const { all, ready, missing } = this.store.counts();
    return [
      { id: 'all', label: 'All', count: all },
      { id: 'ready', label: 'Ready', count: ready },
      { id: 'missing', label: 'Not available', count: missing },
    ];
  });

  protected async install(scanner: string): Promise<void> {
    if (await this.installs.install(scanner)) this.store.reload();
  }

  protected async seek(event: Event): Promise<void> {
    if (event.target instanceof HTMLInputElement) await this.store.seek(event.target.value);
  }

  protected async show(readiness: string): Promise<void> {
    await this.store.show(readiness);
  }

  protected async showAll(): Promise<void> {
    await this.store.seek('');
    await this.store.show('all');
  }
}
