import { HttpClient } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import type {
  FindingStateBody,
  FindingWithStateBody,
  TargetReferenceBody,
} from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { type ListTotal, listTotal, nextCursor } from '../core/api/list-headers';
import { type Problem, toProblem } from '../core/errors/problem';
import type { QueryParams } from './finding-query';

/** Findings of a request. The server gives at most 200. */
export const PAGE_SIZE = 100;
/** Pages that are kept; the others are read again when they come into sight. */
const MOST_PAGES = 10;
/** Rows beyond those in sight that are read ahead. */
const AHEAD = PAGE_SIZE / 2;

/** A finding in a list, with the project that its verdict is decided in. */
export interface ListedFinding {
  readonly finding: FindingWithStateBody;
  readonly project: string;
  /** Over all scans only: where its target is, and when it was last seen. */
  readonly target: TargetReferenceBody | null;
  readonly lastSeen: string | null;
}

/** Where a list is read. */
export interface ListAddress {
  readonly url: string;
  readonly params: QueryParams;
  readonly parse: (body: unknown) => readonly ListedFinding[];
}

interface Known {
  readonly pages: ReadonlyMap<number, readonly ListedFinding[]>;
  /** What leads to each page that was reached; the first has none. */
  readonly cursors: readonly (string | null)[];
  /** Rows from the first to the end, or to where nobody has read yet. */
  readonly reached: number;
  readonly isWhole: boolean;
  readonly total: ListTotal | null;
}

const NOTHING: Known = {
  pages: new Map(),
  cursors: [null],
  reached: 0,
  isWhole: false,
  total: null,
};

export type ListState = 'loading' | 'error' | 'value';

/**
 * A list of any length of which only the pages around what is in sight are held. The server's cursors lead forwards only, so
 * the list grows as one goes down; the way back is kept, a cursor for each page.
 */
@Injectable()
export class FindingList {
  private readonly http = inject(HttpClient);

  private readonly known = signal<Known>(NOTHING);
  private readonly firstProblem = signal<Problem | null>(null);
  private readonly furtherProblem = signal<Problem | null>(null);
  private readonly pendingFirst = signal(false);
  private address: ListAddress | null = null;
  /** Tells late answers to a list that is no longer shown. */
  private generation = 0;
  private readonly inFlight = new Set<number>();
  private inSight: { start: number; end: number } = { start: 0, end: 0 };

  readonly state = computed<ListState>(() => {
    if (this.firstProblem() !== null) return 'error';
    return this.known() === NOTHING ? 'loading' : 'value';
  });
  readonly problem = this.firstProblem.asReadonly();
  /** Why the list ends where it does, though there is more. */
  readonly moreProblem = this.furtherProblem.asReadonly();
  /** Whether another list than the shown one is on its way. */
  readonly isBusy = this.pendingFirst.asReadonly();
  readonly total = computed(() => this.known().total);
  readonly isWhole = computed(() => this.known().isWhole);
  readonly reached = computed(() => this.known().reached);
  /** Rows that have a place: one more page is held open while there is more. */
  readonly rowCount = computed(() => {
    const { reached, isWhole, total } = this.known();
    if (isWhole) return reached;
    const ahead = total?.isExact === true ? Math.min(total.count, reached + PAGE_SIZE) : null;
    return Math.max(reached, ahead ?? reached + PAGE_SIZE);
  });

  /** `null` for a row that is not held. */
  rowAt(index: number): ListedFinding | null {
    const page = this.known().pages.get(Math.floor(index / PAGE_SIZE));
    return page?.[index % PAGE_SIZE] ?? null;
  }

  /** The held rows of a stretch, each with its place. */
  rowsBetween(first: number, last: number): readonly (readonly [number, ListedFinding])[] {
    const rows: (readonly [number, ListedFinding])[] = [];
    for (let index = first; index <= last; index += 1) {
      const row = this.rowAt(index);
      if (row !== null) rows.push([index, row]);
    }
    return rows;
  }

  /** The place of the first held row that passes, or -1. */
  indexOf(matches: (row: ListedFinding) => boolean): number {
    const pages = [...this.known().pages].sort(([a], [b]) => a - b);
    for (const [number, rows] of pages) {
      const at = rows.findIndex(matches);
      if (at >= 0) return number * PAGE_SIZE + at;
    }
    return -1;
  }

  /** Shows another list. The rows of the one before stay until its first page is there. */
  open(address: ListAddress | null): void {
    this.address = address;
    this.generation += 1;
    this.inFlight.clear();
    this.inSight = { start: 0, end: 0 };
    this.furtherProblem.set(null);
    if (address === null) this.known.set(NOTHING);
    else void this.readFirst();
  }

  reload(): void {
    this.open(this.address);
  }

  /** Reads what comes into sight, and a little beyond. */
  async show(start: number, end: number): Promise<void> {
    this.inSight = { start, end };
    await this.fill();
  }

  async retryMore(): Promise<void> {
    this.furtherProblem.set(null);
    await this.fill();
  }

  /** Changes what the held rows that match say of a verdict. */
  patch(
    matches: (row: ListedFinding) => boolean,
    state: (row: ListedFinding) => FindingStateBody | null,
  ): void {
    this.known.update((known) => {
      const pages = new Map(known.pages);
      for (const [number, rows] of pages) {
        if (!rows.some(matches)) continue;
        const changed = rows.map((row) =>
          matches(row) ? { ...row, finding: { ...row.finding, state: state(row) } } : row,
        );
        pages.set(number, changed);
      }
      return { ...known, pages };
    });
  }

  private async fill(): Promise<void> {
    const wanted = this.wantedPages();
    await Promise.all(wanted.map((page) => this.read(page)));
  }

  private wantedPages(): number[] {
    if (this.address === null || this.pendingFirst() || this.furtherProblem() !== null) return [];
    const { cursors, pages } = this.known();
    const first = Math.max(0, Math.floor((this.inSight.start - AHEAD) / PAGE_SIZE));
    const last = Math.floor((this.inSight.end + AHEAD) / PAGE_SIZE);
    const wanted: number[] = [];
    for (let page = first; page <= Math.min(last, cursors.length - 1); page += 1) {
      if (!pages.has(page) && !this.inFlight.has(page)) wanted.push(page);
    }
    return wanted;
  }

  private async readFirst(): Promise<void> {
    this.pendingFirst.set(true);
    const answer = await this.ask(null);
    if (answer === null) return;
    this.pendingFirst.set(false);
    if ('problem' in answer) {
      this.firstProblem.set(answer.problem);
      return;
    }
    this.firstProblem.set(null);
    this.known.set(withPage(NOTHING, 0, answer));
    await this.fill();
  }

  private async read(page: number): Promise<void> {
    this.inFlight.add(page);
    const answer = await this.ask(this.known().cursors[page] ?? null);
    if (answer === null) return;
    this.inFlight.delete(page);
    if ('problem' in answer) {
      this.furtherProblem.set(answer.problem);
      return;
    }
    this.known.update((known) => withPage(known, page, answer));
    // What came into sight meanwhile.
    await this.fill();
  }

  /** `null` where another list was opened meanwhile. */
  private async ask(cursor: string | null): Promise<PageAnswer | { problem: Problem } | null> {
    const { address, generation } = this;
    if (address === null) return null;
    const params: Record<string, string | number> = { ...address.params, limit: PAGE_SIZE };
    if (cursor !== null) params['cursor'] = cursor;
    try {
      const asked = this.http.get<unknown>(address.url, { params, observe: 'response' });
      const { body, headers } = await firstValueFrom(asked);
      const answer = {
        rows: address.parse(body),
        next: nextCursor(headers),
        total: listTotal(headers),
      };
      return generation === this.generation ? answer : null;
    } catch (error) {
      // Expected: the server refuses the list, or is away. The page shows which, and offers to ask again.
      return generation === this.generation ? { problem: toProblem(error) } : null;
    }
  }
}

interface PageAnswer {
  readonly rows: readonly ListedFinding[];
  readonly next: string | null;
  readonly total: ListTotal | null;
}

function withPage(known: Known, page: number, { rows, next, total }: PageAnswer): Known {
  const isNew = page === known.cursors.length - 1;
  const pages = nearest(new Map(known.pages).set(page, rows), page);
  if (!isNew) return { ...known, pages };
  return {
    pages,
    cursors: next === null ? known.cursors : [...known.cursors, next],
    reached: page * PAGE_SIZE + rows.length,
    isWhole: next === null,
    total: total ?? known.total,
  };
}

/** Lets go of the pages that are furthest from one. */
function nearest<T>(pages: Map<number, T>, page: number): ReadonlyMap<number, T> {
  const far = [...pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page));
  for (const one of far.slice(0, Math.max(0, pages.size - MOST_PAGES))) pages.delete(one);
  return pages;
}
