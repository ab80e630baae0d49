import { Component, computed, inject } from '@angular/core';
import { COMPARISON_CLASSES } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { Toaster } from '../../core/toasts/toaster';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Menu, type MenuEntry } from '../../ui/menu/menu';
import { Pager } from '../../ui/pager/pager';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { type TabChoice, Tabs, tabId } from '../../ui/tabs/tabs';
import { ChangeStrip } from './change-strip';
import { ComparedScan } from './compared-scan';
import { ComparisonLimits } from './comparison-limits';
import { type CompareFormat, DiffStore } from './diff-store';
import { DifferenceTable } from './difference-table';
import { CLASS_EMPTY, CLASS_LABELS } from './difference-words';
import { ScanPicker } from './scan-picker';

const FORMATS: readonly (MenuEntry & { readonly id: CompareFormat })[] = [
  { id: 'json', label: 'JSON' },
  { id: 'sarif', label: 'SARIF' },
  { id: 'github-pr-comment', label: 'Markdown, as for a pull request' },
  { id: 'text', label: 'Text' },
];

@Component({
  selector: 'app-diff-page',
  imports: [
    ChangeStrip,
    ComparedScan,
    ComparisonLimits,
    DifferenceTable,
    EmptyState,
    ErrorNotice,
    Menu,
    Pager,
    ScanPicker,
    Skeleton,
    Tabs,
  ],
  providers: [AddressQuery, DiffStore],
  templateUrl: './diff-page.html',
  styles: `
    .sides {
      display: flex;
      flex-wrap: wrap;
      align-items: start;
    }

    .swap {
      flex-basis: 100%;
      padding: 0 var(--space-4) var(--space-3);
    }
  `,
})
export class DiffPage {
  private readonly toaster = inject(Toaster);

  protected readonly store = inject(DiffStore);
  protected readonly formats = FORMATS;

  protected readonly promptHeading = computed(() => {
    if (this.store.baseId() !== null) return 'Choose the scan after';
    return this.store.headId() === null ? 'Choose two scans' : 'Choose the scan before';
  });
  protected readonly label = computed(() => CLASS_LABELS[this.store.shownClass()]);
  protected readonly emptyWords = computed(() => CLASS_EMPTY[this.store.shownClass()]);
  protected readonly tabId = computed(() => tabId('difference', this.store.shownClass()));
  protected readonly tabs = computed<readonly TabChoice[]>(() => {
    const loaded = this.store.comparison();
    if (loaded.state !== 'value') return [];
    const { counts } = loaded.value;
    return COMPARISON_CLASSES.map((id) => ({ id, label: CLASS_LABELS[id], count: counts[id] }));
  });
  protected readonly comparedBy = computed(() => {
    const loaded = this.store.comparison();
    if (loaded.state !== 'value') return '';
    const names = loaded.value.scanners.filter(({ reason }) => reason === null);
    return names.length === 0 ? 'no scanner' : names.map(({ scanner }) => scanner).join(', ');
  });

  protected async show(shown: string): Promise<void> {
    await this.store.show(shown);
  }

  protected async pick(id: string): Promise<void> {
    await this.store.pick(id);
  }

  protected async swap(): Promise<void> {
    await this.store.swap();
  }

  protected async download(format: string): Promise<void> {
    const chosen = FORMATS.find(({ id }) => id === format);
    if (chosen === undefined) return;
    const problem = await this.store.download(chosen.id);
    if (problem !== null) this.toaster.failed('The comparison was not downloaded', problem);
  }
}
