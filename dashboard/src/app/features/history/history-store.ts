import { httpResource } from '@angular/common/http';
import { Injectable, computed, signal } from '@angular/core';
import type { ScanBody } from '@securescan/contracts';
import { heldValue } from '../../core/api/held-value';
import { CursorPaging } from '../../core/api/list-page';
import { API } from '../../core/api/routes';
import { parseScans } from '../../core/api/wire';

const PAGE_SIZE = 25;

/** All scans, newest first, a page at a time. */
@Injectable()
export class HistoryStore {
  private readonly everything = signal('all').asReadonly();
  private readonly paging = new CursorPaging(PAGE_SIZE, this.everything);
  private readonly page = httpResource<ScanBody[]>(
    () => {
      const cursor = this.paging.cursor();
      const page: Record<string, string | number> = { limit: PAGE_SIZE };
      if (cursor !== undefined) page['cursor'] = cursor;
      return { url: API.scans, params: page };
    },
    { parse: parseScans },
  );

  readonly scans = heldValue(this.page, this.everything);
  readonly window = computed(() => {
    const loaded = this.scans();
    const shown = loaded.state === 'value' ? loaded.value.length : 0;
    return this.paging.describe(shown, this.page.headers());
  });

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  reload(): void {
    this.page.reload();
  }
}
