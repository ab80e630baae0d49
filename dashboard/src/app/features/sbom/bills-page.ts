import { Component, computed, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { SBOM_FORMATS, type SbomBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { ArrowMoves } from '../../ui/arrow-moves/arrow-moves';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Menu, type MenuEntry } from '../../ui/menu/menu';
import { Pager } from '../../ui/pager/pager';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { RelativeTime } from '../../ui/time/relative-time';
import { BillDownloads, DOWNLOAD_LABELS } from './bill-downloads';
import { BillsStore } from './bills-store';

@Component({
  selector: 'app-bills-page',
  imports: [ArrowMoves, EmptyState, ErrorNotice, Menu, Pager, RelativeTime, RouterLink, Skeleton],
  providers: [AddressQuery, BillsStore],
  templateUrl: './bills-page.html',
  styleUrl: './sbom.css',
})
export class BillsPage {
  private readonly router = inject(Router);
  private readonly downloads = inject(BillDownloads);

  protected readonly store = inject(BillsStore);

  protected readonly projects = computed<readonly string[]>(() => {
    const loaded = this.store.projects();
    const names = loaded.state === 'value' ? loaded.value : [];
    const chosen = this.store.project();
    return chosen === null || names.includes(chosen) ? names : [chosen, ...names];
  });

  protected menu({ id }: SbomBody): readonly MenuEntry[] {
    const base = this.store.base();
    const compare: MenuEntry[] =
      base === null
        ? [{ id: 'base', label: 'Compare with…', icon: 'diff' }]
        : [
            {
              id: 'head',
              label: `Compare with ${base.slice(0, 8)}`,
              icon: 'diff',
              whyNot: base === id ? 'It is the same bill.' : null,
            },
          ];
    const downloads = SBOM_FORMATS.map((format): MenuEntry => {
      return { id: format, label: `Download ${DOWNLOAD_LABELS[format]}`, icon: 'download' };
    });
    return [{ id: 'view', label: 'View', icon: 'file' }, ...compare, ...downloads];
  }

  protected async choose(entry: string, bill: SbomBody): Promise<void> {
    const format = SBOM_FORMATS.find((one) => one === entry);
    if (format !== undefined) await this.downloads.save(bill.id, format);
    else if (entry === 'view') await this.router.navigate(['/sbom', bill.id]);
    else if (entry === 'base') await this.store.compareWith(bill.id);
    else {
      const queryParams = { base: this.store.base(), head: bill.id };
      await this.router.navigate(['/sbom/diff'], { queryParams });
    }
  }

  protected async chooseProject(event: Event): Promise<void> {
    if (!(event.target instanceof HTMLSelectElement)) return;
    await this.store.narrow(event.target.value === '' ? null : event.target.value);
  }

  protected async compareWith(base: string | null): Promise<void> {
    await this.store.compareWith(base);
  }
}
