import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SBOM_FORMATS } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Menu, type MenuEntry } from '../../ui/menu/menu';
import { Pager } from '../../ui/pager/pager';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { RelativeTime } from '../../ui/time/relative-time';
import { BillDownloads, DOWNLOAD_LABELS } from './bill-downloads';
import { BillStore } from './bill-store';
import { ComponentTable } from './component-table';

@Component({
  selector: 'app-bill-page',
  imports: [
    ComponentTable,
    EmptyState,
    ErrorNotice,
    Menu,
    Pager,
    RelativeTime,
    RouterLink,
    Skeleton,
  ],
  providers: [AddressQuery, BillStore],
  templateUrl: './bill-page.html',
  styleUrl: './sbom.css',
})
export class BillPage {
  private readonly downloads = inject(BillDownloads);

  protected readonly store = inject(BillStore);
  protected readonly formats: readonly MenuEntry[] = SBOM_FORMATS.map((format) => ({
    id: format,
    label: DOWNLOAD_LABELS[format],
  }));

  protected async seek(event: Event): Promise<void> {
    if (event.target instanceof HTMLInputElement) await this.store.seek(event.target.value);
  }

  protected async download(entry: string): Promise<void> {
    const format = SBOM_FORMATS.find((one) => one === entry);
    if (format !== undefined) await this.downloads.save(this.store.id(), format);
  }
}
