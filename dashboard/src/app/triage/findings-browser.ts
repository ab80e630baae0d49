import { HttpClient, httpResource } from '@angular/common/http';
import {
  Injectable,
  computed,
  effect,
  inject,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { Subject, debounceTime, firstValueFrom } from 'rxjs';
import { heldValue } from '../core/api/held-value';
import { type ListTotal, listTotal, nextCursor } from '../core/api/list-headers';
import { FindingList, type ListedFinding } from './finding-list';
import {
  type QueryChange,
  type QueryParams,
  addressAfter,
  hiddenRequests,
  isNarrowed,
  queryOf,
  requestOf,
} from './finding-query';
import { FINDING_SOURCE, sortsOf } from './finding-source';
import type { OpenedFinding } from './opened-finding';
import { type Decidable, subjectKey, subjectOf } from './verdict-steps';
import { VerdictWriter } from './verdict-writer';

interface OpenedState {
  readonly isAsked: boolean;
  readonly isReady: boolean;
  readonly index: number;
  readonly key: string;
}

/** Findings that one decision may be about. */
export const MOST_SELECTED = 5_000;
const LARGEST_PAGE = 200;
const TYPING_RESTS_MS = 250;

/** The list of a page: narrowed by the address, one finding opened, one active, some chosen. */
@Injectable()
export class FindingsBrowser implements OpenedFinding {
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly source = inject(FINDING_SOURCE);
  private readonly writer = inject(VerdictWriter);
  private readonly address = toSignal(this.route.queryParamMap, { requireSync: true });

  readonly list = inject(FindingList);
  readonly kind = this.source.kind;
  readonly sorts = sortsOf(this.source);
  readonly query = computed(() => queryOf(this.address(), this.sorts));
  readonly isNarrowed = computed(() => isNarrowed(this.query()));
  /** Tells one list from another, whatever is opened in it. */
  private readonly name = computed(() =>
    JSON.stringify([this.source.url(), requestOf(this.query())]),
  );

  /** The fingerprint that the address opens. */
  readonly opened = computed(() => this.address().get('finding'));
  /** Which of the rows with that fingerprint was opened here; `null` for the first. */
  private readonly openedRow = linkedSignal<string | null, string | null>({
    source: this.opened,
    computation: () => null,
  });
  private readonly openedKey = computed(() =>
    JSON.stringify([this.opened(), this.openedRow(), this.name()]),
  );
  /**
   * In its row, or before the list where its first page does not have it: then it stays there, so that nothing jumps when the
   * list comes to it.
   */
  private readonly openedIn = linkedSignal<OpenedState, 'row' | 'front' | null>({
    source: () => ({
      isAsked: this.opened() !== null,
      isReady: this.list.state() === 'value' && !this.list.isBusy(),
      index: this.findOpened(),
      key: this.openedKey(),
    }),
    computation: ({ isAsked, isReady, index, key }, before) => {
      if (!isAsked) return null;
      if (before?.source.key === key && before.value !== null) return before.value;
      if (!isReady) return null;
      return index < 0 ? 'front' : 'row';
    },
  });
  readonly isInFront = computed(() => this.openedIn() === 'front');
  /** The place of the opened row, also while its page is not held; -1 where no row is open. */
  readonly openedIndex = linkedSignal<{ index: number; key: string }, number>({
    source: () => ({
      index: this.openedIn() === 'row' ? this.findOpened() : -1,
      key: this.openedIn() === 'row' ? this.openedKey() : '',
    }),
    computation: ({ index, key }, before) =>
      index < 0 && key !== '' && before?.source.key === key ? before.value : index,
  });
  private readonly single = httpResource<readonly ListedFinding[]>(
    () => {
      this.writer.version();
      const fingerprint = this.opened();
      if (fingerprint === null || !this.isInFront()) return undefined;
      return this.source.single(fingerprint) ?? undefined;
    },
    { parse: this.source.parse },
  );
  /** What is open before the list. */
  readonly front = heldValue(this.single, this.opened);
  readonly row = linkedSignal<{ row: ListedFinding | null; key: string }, ListedFinding | null>({
    source: () => ({ row: this.openedNow(), key: this.openedKey() }),
    computation: ({ row, key }, before) =>
      row ?? (before?.source.key === key && this.opened() !== null ? before.value : null),
  });

  /** The row that keys are about. */
  readonly active = linkedSignal<{ name: string; opened: number }, number>({
    source: () => ({ name: this.name(), opened: this.openedIndex() }),
    computation: ({ name, opened }, before) => {
      if (opened >= 0) return opened;
      return before?.source.name === name ? before.value : 0;
    },
  });
  readonly activeRow = computed(() => this.list.rowAt(this.active()));

  private readonly chosen = linkedSignal<string, ReadonlyMap<string, Decidable>>({
    source: this.name,
    computation: () => new Map(),
  });
  private readonly anchor = linkedSignal<string, number>({
    source: this.name,
    computation: () => -1,
  });
  readonly selection = computed(() => [...this.chosen().values()]);
  readonly isCollecting = signal(false);

  private readonly dismissed = this.countOf(() => hiddenRequests(this.query()).dismissed);
  private readonly suppressed = this.countOf(() => hiddenRequests(this.query()).suppressed);
  /** What the list leaves out without being asked to; `null` while nobody has counted, or where nothing of the kind is hidden. */
  readonly hidden = computed(() => ({
    dismissed: this.dismissed(),
    suppressed: this.suppressed(),
  }));

  private readonly typed = new Subject<string>();
  private readonly words = toSignal(this.typed.pipe(debounceTime(TYPING_RESTS_MS)));

  constructor() {
    effect(() => {
      const words = this.words()?.trim();
      if (words === undefined) return;
      untracked(() => {
        if (words !== (this.query().q ?? '')) void this.narrow({ q: words === '' ? null : words });
      });
    });
    effect(() => {
      this.name();
      untracked(() => {
        this.openList();
      });
    });
  }

  /** Changes what the list is narrowed by. The address has it, so that a link shows the same. */
  async narrow(change: QueryChange): Promise<void> {
    await this.go({ ...addressAfter(this.query(), change), finding: null });
  }

  /** Narrows to words, once whoever types them rests. */
  search(words: string): void {
    this.typed.next(words);
  }

  retryFront(): void {
    this.single.reload();
  }

  async clear(): Promise<void> {
    const none = { severity: [], status: [], scanner: [], scan_type: [] };
    const singles = { rule_id: null, cwe: null, compliance: null, q: null };
    await this.narrow({ ...none, ...singles, project: null, target: null });
  }

  async open(row: ListedFinding): Promise<void> {
    const fingerprint = row.finding.fingerprint;
    await this.go({ finding: fingerprint });
    this.openedRow.set(rowKey(row));
  }

  async close(): Promise<void> {
    await this.go({ finding: null });
  }

  async toggle(index: number): Promise<void> {
    const row = this.list.rowAt(index);
    if (row === null) return;
    this.active.set(index);
    if (this.openedIndex() === index) await this.close();
    else await this.open(row);
  }

  /** Makes another row the active one, by so many rows. */
  move(by: number): void {
    const last = Math.max(0, this.list.reached() - 1);
    this.active.update((index) => Math.min(last, Math.max(0, index + by)));
  }

  isSelected(row: ListedFinding): boolean {
    return this.chosen().has(subjectKey(subjectOf(row)));
  }

  /** Chooses a row or lets it go; with `isRange` all rows from the one that was chosen last. */
  select(index: number, isRange = false): void {
    const from = isRange && this.anchor() >= 0 ? this.anchor() : index;
    const rows = this.list.rowsBetween(Math.min(from, index), Math.max(from, index));
    this.chosen.update((chosen) => {
      const next = new Map(chosen);
      for (const [, row] of rows) {
        const subject = subjectOf(row);
        const key = subjectKey(subject);
        if (!isRange && next.has(key)) next.delete(key);
        else next.set(key, subject);
      }
      return next;
    });
    this.anchor.set(index);
  }

  clearSelection(): void {
    this.chosen.set(new Map());
    this.anchor.set(-1);
  }

  /** Chooses all findings that match, also those that nobody has scrolled to. Rejects with what a request failed with. */
  async selectAll(): Promise<void> {
    const name = this.name();
    this.isCollecting.set(true);
    try {
      const found = new Map<string, Decidable>();
      for await (const rows of this.everyPage()) {
        if (name !== this.name()) return;
        for (const row of rows) found.set(subjectKey(subjectOf(row)), subjectOf(row));
        if (found.size >= MOST_SELECTED) break;
      }
      this.chosen.set(new Map([...found].slice(0, MOST_SELECTED)));
    } finally {
      this.isCollecting.set(false);
    }
  }

  /** What the chosen findings count as now, not when they were chosen. */
  subjects(): readonly Decidable[] {
    const now = new Map(this.selection().map((subject) => [subjectKey(subject), subject]));
    for (const [, row] of this.list.rowsBetween(0, this.list.reached())) {
      const subject = subjectOf(row);
      if (now.has(subjectKey(subject))) now.set(subjectKey(subject), subject);
    }
    return [...now.values()];
  }

  private async *everyPage(): AsyncGenerator<readonly ListedFinding[]> {
    const url = this.source.url();
    let cursor: string | null = null;
    do {
      if (url === null) return;
      const params: Record<string, string | number> = {
        ...requestOf(this.query()),
        limit: LARGEST_PAGE,
        ...(cursor === null ? {} : { cursor }),
      };
      const asked = this.http.get<unknown>(url, { params, observe: 'response' });
      const { body, headers } = await firstValueFrom(asked);
      yield this.source.parse(body);
      cursor = nextCursor(headers);
    } while (cursor !== null);
  }

  private openList(): void {
    const url = this.source.url();
    const params = requestOf(this.query());
    this.list.open(url === null ? null : { url, params, parse: this.source.parse });
  }

  private openedNow(): ListedFinding | null {
    const front = this.front();
    if (this.isInFront()) return front.state === 'value' ? (front.value[0] ?? null) : null;
    return this.openedIndex() < 0 ? null : this.list.rowAt(this.openedIndex());
  }

  private findOpened(): number {
    const fingerprint = this.opened();
    const key = this.openedRow();
    if (fingerprint === null) return -1;
    return this.list.indexOf((row) =>
      key === null ? row.finding.fingerprint === fingerprint : rowKey(row) === key,
    );
  }

  private countOf(params: () => QueryParams | null): () => ListTotal | null {
    const counting = httpResource(() => {
      const url = this.source.url();
      const asked = params();
      this.writer.version();
      return url === null || asked === null ? undefined : { url, params: { ...asked, limit: 1 } };
    });
    return computed(() => (counting.hasValue() ? listTotal(counting.headers()) : null));
  }

  private async go(queryParams: Record<string, string | null>): Promise<void> {
    // The list keeps its place: only what is narrowed starts at its top, and does so by itself.
    const merge = { queryParamsHandling: 'merge', replaceUrl: true, scroll: 'manual' } as const;
    await this.router.navigate([], { relativeTo: this.route, queryParams, ...merge });
  }
}

function rowKey({ finding }: ListedFinding): string {
  return `${finding.scan_id} ${finding.id}`;
}
