import type { HttpHeaders } from '@angular/common/http';
import { type Signal, computed, linkedSignal } from '@angular/core';
import { listTotal, nextCursor } from './list-headers';

/** The cursors that led to the shown page; the first page has none. */
export type CursorTrail = readonly string[];

export interface PageState {
  readonly start: number;
  readonly shown: number;
  readonly total: number | null;
  readonly isTotalExact: boolean;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** Walks a list forwards by the server's cursors, and back along the way it came. */
export class CursorPaging {
  private readonly trail = linkedSignal<unknown, CursorTrail>({
    source: () => this.filter(),
    computation: () => [],
  });

  /** What to ask for: `undefined` on the first page. */
  readonly cursor = computed(() => this.trail().at(-1));

  /**
   * @param size rows of a page
   * @param filter whatever the list is narrowed by: a change of it returns to the first page
   */
  constructor(
    private readonly size: number,
    private readonly filter: Signal<unknown>,
  ) {}

  /** How the page that came with these headers lies in the whole list. */
  describe(shown: number, headers: HttpHeaders | undefined): PageState {
    const total = listTotal(headers);
    return {
      start: this.trail().length * this.size,
      shown,
      total: total?.count ?? null,
      isTotalExact: total?.isExact ?? true,
      hasPrevious: this.trail().length > 0,
      hasNext: nextCursor(headers) !== null,
    };
  }

  forward(headers: HttpHeaders | undefined): void {
    const cursor = nextCursor(headers);
    if (cursor !== null) this.trail.update((trail) => [...trail, cursor]);
  }

  back(): void {
    this.trail.update((trail) => trail.slice(0, -1));
  }
}
