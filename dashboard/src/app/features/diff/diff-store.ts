import { httpResource } from '@angular/common/http';
import { Injectable, type Signal, computed, inject, signal } from '@angular/core';
import {
  COMPARISON_CLASSES,
  type ComparedFindingBody,
  type ComparisonBody,
  type ComparisonClass,
  type ComparisonSide,
  type ScanBody,
} from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { type Loaded, heldValue } from '../../core/api/held-value';
import { CursorPaging } from '../../core/api/list-page';
import { API, COMPARE, scanRoute } from '../../core/api/routes';
import { parseScan, parseScans } from '../../core/api/wire';
import { parseComparedFindings, parseComparison } from '../../core/api/wire-comparison';
import { Downloads } from '../../core/downloads/downloads';
import type { Problem } from '../../core/errors/problem';
import { comparableWith } from './comparable';

const PAGE_SIZE = 50;
const MOST_CANDIDATES = 200;

/** In the words of the server's `format`. */
export type CompareFormat = 'json' | 'sarif' | 'text' | 'github-pr-comment';

const SUFFIXES: Readonly<Record<CompareFormat, string>> = {
  json: 'json',
  sarif: 'sarif',
  text: 'txt',
  'github-pr-comment': 'md',
};

/** Two scans, as the address names them, and what lies between them. */
@Injectable()
export class DiffStore {
  private readonly query = inject(AddressQuery);
  private readonly downloads = inject(Downloads);

  readonly baseId = computed(() => this.query.text('base'));
  readonly headId = computed(() => this.query.text('head'));
  readonly isSameScan = computed(() => this.baseId() !== null && this.baseId() === this.headId());
  readonly shownClass = computed<ComparisonClass>(
    () => this.query.oneOf('class', COMPARISON_CLASSES) ?? 'new',
  );

  private readonly pair = computed<{ base: string; head: string } | undefined>(
    () => {
      const [base, head] = [this.baseId(), this.headId()];
      return base === null || head === null || base === head ? undefined : { base, head };
    },
    { equal: (one, other) => one?.base === other?.base && one?.head === other?.head },
  );
  private readonly counted = httpResource<ComparisonBody>(
    () => {
      const params = this.pair();
      return params && { url: COMPARE.counts, params };
    },
    { parse: parseComparison },
  );
  /** Loading where nothing was asked for, too; `isAsked` tells. */
  readonly comparison = heldValue(this.counted, this.pair);
  readonly isAsked = computed(() => this.pair() !== undefined);

  private readonly listed = computed(() => {
    const pair = this.pair();
    return pair && { ...pair, class: this.shownClass(), limit: PAGE_SIZE };
  });
  private readonly paging = new CursorPaging(PAGE_SIZE, this.listed);
  private readonly page = httpResource<ComparedFindingBody[]>(
    () => {
      // Counting comes first: it is what may refuse the two scans.
      const params = this.comparison().state === 'value' ? this.listed() : undefined;
      const cursor = this.paging.cursor();
      if (params === undefined) return undefined;
      return {
        url: COMPARE.findings,
        params: cursor === undefined ? params : { ...params, cursor },
      };
    },
    { parse: parseComparedFindings },
  );
  readonly findings = heldValue(this.page, this.listed);
  readonly window = computed(() => {
    const loaded = this.findings();
    const shown = loaded.state === 'value' ? loaded.value.length : 0;
    return this.paging.describe(shown, this.page.headers());
  });

  readonly base = this.recordOf(this.baseId);
  readonly head = this.recordOf(this.headId);

  /** The side that is being chosen. */
  private readonly picking = signal<ComparisonSide | null>(null);
  readonly pickedSide = this.picking.asReadonly();
  private readonly other = computed<ScanBody | null>(() => {
    const loaded = this.picking() === 'base' ? this.head() : this.base();
    return loaded?.state === 'value' ? loaded.value : null;
  });
  private readonly list = httpResource<ScanBody[]>(
    () => {
      if (this.picking() === null) return undefined;
      const params: Record<string, string | number> = {
        status: 'completed',
        limit: MOST_CANDIDATES,
      };
      const project = this.other()?.project;
      if (project !== undefined) params['project'] = project;
      return { url: API.scans, params };
    },
    { parse: parseScans },
  );
  private readonly listedScans = heldValue(this.list, this.picking);
  /** Scans to choose from: where the other side is known, those that can be compared with it. */
  readonly candidates = computed<Loaded<readonly ScanBody[]>>(() => {
    const loaded = this.listedScans();
    if (loaded.state !== 'value') return loaded;
    return { state: 'value', value: comparableWith(this.other(), loaded.value) };
  });
  /** The server had more than were asked for. */
  readonly isListCut = computed(
    () => this.list.hasValue() && this.list.value().length === MOST_CANDIDATES,
  );

  startPicking(side: ComparisonSide): void {
    this.picking.set(side);
  }

  stopPicking(): void {
    this.picking.set(null);
  }

  async pick(id: string): Promise<void> {
    const side = this.picking();
    this.stopPicking();
    if (side !== null) await this.query.change({ [side]: id });
  }

  async swap(): Promise<void> {
    await this.query.change({ base: this.headId(), head: this.baseId() });
  }

  async show(shown: string): Promise<void> {
    await this.query.change({ class: shown });
  }

  reload(): void {
    this.counted.reload();
    this.page.reload();
  }

  reloadFindings(): void {
    this.page.reload();
  }

  reloadCandidates(): void {
    this.list.reload();
  }

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  /** Resolves to why there is no document, or to `null`. */
  async download(format: CompareFormat): Promise<Problem | null> {
    const pair = this.pair();
    if (pair === undefined) return null;
    return this.downloads.save({
      url: COMPARE.report,
      params: { ...pair, format },
      fileName: `comparison.${SUFFIXES[format]}`,
    });
  }

  /** The record of a scan that the address names; `null` where it names none. */
  private recordOf(id: Signal<string | null>): Signal<Loaded<ScanBody> | null> {
    const record = httpResource<ScanBody>(
      () => {
        const named = id();
        return named === null ? undefined : scanRoute(named);
      },
      { parse: parseScan },
    );
    const loaded = heldValue(record, id);
    return computed(() => (id() === null ? null : loaded()));
  }
}
