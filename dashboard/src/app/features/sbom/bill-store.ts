import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import type { SbomBody, SbomComponentBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { heldValue } from '../../core/api/held-value';
import { CursorPaging } from '../../core/api/list-page';
import { billRoute } from '../../core/api/routes';
import { parseBill, parseComponents } from '../../core/api/wire-sbom';

const PAGE_SIZE = 100;
const MAX_SEARCH_LENGTH = 200;

/** One bill of materials, and what it lists. */
@Injectable()
export class BillStore {
  private readonly query = inject(AddressQuery);
  private readonly params = toSignal(inject(ActivatedRoute).paramMap, { requireSync: true });

  readonly id = computed(() => this.params().get('id') ?? '');
  readonly sought = computed(() => this.query.text('q')?.slice(0, MAX_SEARCH_LENGTH) ?? '');

  private readonly record = httpResource<SbomBody>(() => billRoute(this.id()), {
    parse: parseBill,
  });
  readonly bill = heldValue(this.record, this.id);

  private readonly narrowed = computed(() => `${this.id()}\n${this.sought()}`);
  private readonly paging = new CursorPaging(PAGE_SIZE, this.narrowed);
  private readonly page = httpResource<SbomComponentBody[]>(
    () => {
      const params: Record<string, string | number> = { limit: PAGE_SIZE };
      const [sought, cursor] = [this.sought(), this.paging.cursor()];
      if (sought !== '') params['q'] = sought;
      if (cursor !== undefined) params['cursor'] = cursor;
      return { url: billRoute(this.id(), 'components'), params };
    },
    { parse: parseComponents },
  );
  /** While somebody types, the last answer stays. */
  readonly components = heldValue(this.page, this.id);
  readonly window = computed(() => {
    const loaded = this.components();
    const shown = loaded.state === 'value' ? loaded.value.length : 0;
    return this.paging.describe(shown, this.page.headers());
  });

  reload(): void {
    this.record.reload();
    this.page.reload();
  }

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  async seek(text: string): Promise<void> {
    await this.query.change({ q: text.trim() === '' ? null : text.trim() });
  }
}
