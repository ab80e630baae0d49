import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { SbomDiffBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { heldValue } from '../../core/api/held-value';
import { SBOM } from '../../core/api/routes';
import { parseBillDiff } from '../../core/api/wire-sbom';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { type TabChoice, Tabs, tabId } from '../../ui/tabs/tabs';
import { RelativeTime } from '../../ui/time/relative-time';
import { ComponentTable } from './component-table';

const PANEL = 'bill-difference';
const KINDS = ['added', 'removed', 'changed', 'license_changed'] as const;
type Kind = (typeof KINDS)[number];

const LABELS: Readonly<Record<Kind, string>> = {
  added: 'Came',
  removed: 'Went',
  changed: 'Other version',
  license_changed: 'Other licence',
};
const NOTHING: Readonly<Record<Kind, string>> = {
  added: 'No package came',
  removed: 'No package went',
  changed: 'No package has another version',
  license_changed: 'No package has another licence',
};

@Component({
  selector: 'app-bill-diff-page',
  imports: [ComponentTable, EmptyState, ErrorNotice, RelativeTime, RouterLink, Skeleton, Tabs],
  providers: [AddressQuery],
  templateUrl: './bill-diff-page.html',
  styleUrl: './sbom.css',
})
export class BillDiffPage {
  private readonly query = inject(AddressQuery);

  private readonly pair = computed(
    () => {
      const [base, head] = [this.query.text('base'), this.query.text('head')];
      return base === null || head === null ? undefined : { base, head };
    },
    { equal: (one, other) => one?.base === other?.base && one?.head === other?.head },
  );
  private readonly compared = httpResource<SbomDiffBody>(
    () => {
      const params = this.pair();
      return params && { url: SBOM.diff, params };
    },
    { parse: parseBillDiff },
  );

  protected readonly isAsked = computed(() => this.pair() !== undefined);
  protected readonly diff = heldValue(this.compared, this.pair);
  protected readonly shown = computed<Kind>(() => this.query.oneOf('kind', KINDS) ?? 'added');
  protected readonly tabId = computed(() => tabId(PANEL, this.shown()));
  protected readonly emptyHeading = computed(() => NOTHING[this.shown()]);
  private readonly found = computed(() => {
    const loaded = this.diff();
    return loaded.state === 'value' ? loaded.value : null;
  });
  protected readonly tabs = computed<readonly TabChoice[]>(() => {
    const counts = this.found()?.counts;
    return KINDS.map((id) => ({ id, label: LABELS[id], ...(counts && { count: counts[id] }) }));
  });
  protected readonly sides = computed(() => {
    const found = this.found();
    if (found === null) return [];
    return [
      { label: 'Base', bill: found.base },
      { label: 'Head', bill: found.head },
    ];
  });
  protected readonly changes = computed(() => {
    const found = this.found();
    if (found === null) return [];
    if (this.shown() === 'changed') {
      return found.changed.map((change) => ({ ...change, id: change.package }));
    }
    return found.license_changed.map(({ ref, name, version, from, to }) => {
      return { id: ref, name: version === null ? name : `${name} ${version}`, from, to };
    });
  });

  protected async show(kind: string): Promise<void> {
    await this.query.change({ kind });
  }

  protected reload(): void {
    this.compared.reload();
  }
}
