import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { SCAN_SORTS, SCAN_STATUSES, type ScanBody, type ScanSort } from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { AddressQuery } from '../../core/address-query';
import { followedValue, heldValue } from '../../core/api/held-value';
import { CursorPaging } from '../../core/api/list-page';
import { API, scanRoute } from '../../core/api/routes';
import { parseProjectNames, parseScan, parseScans } from '../../core/api/wire';
import { type Problem, toProblem } from '../../core/errors/problem';
import { repeatWhile } from '../../core/live/repeat-while';
import { sameAgain } from '../../core/scans/same-again';
import { CLOCK } from '../../ui/time/ticker';
import { type HistoryFilter, PERIODS, listParams } from './history-filter';

const PAGE_SIZE = 25;
const PROJECTS_OFFERED = 200;
const LIVE_INTERVAL_MS = 3_000;

export type ScanAction = 'cancel' | 'delete' | 'rerun';

export interface FailedAction {
  readonly action: ScanAction;
  readonly problem: Problem;
}

/** The scans that the address asks for, a page at a time, and what can be done with one. */
@Injectable()
export class HistoryStore {
  private readonly http = inject(HttpClient);
  private readonly clock = inject(CLOCK);
  private readonly query = inject(AddressQuery);
  private readonly always = signal('history').asReadonly();

  readonly filter = computed<HistoryFilter>(
    () => ({
      status: this.query.oneOf('status', SCAN_STATUSES),
      text: this.query.text('q'),
      period: this.query.oneOf('since', PERIODS),
    }),
    { equal: isSameFilter },
  );
  readonly sort = computed<ScanSort>(() => this.query.oneOf('sort', SCAN_SORTS) ?? 'newest');
  readonly isFiltered = computed(() => Object.values(this.filter()).some((part) => part !== null));

  /** Computed once for a filter, so that the pages of a list begin where the first one did. */
  private readonly narrowed = computed(() => listParams(this.filter(), this.sort(), this.clock()));
  private readonly paging = new CursorPaging(PAGE_SIZE, this.narrowed);
  private readonly page = httpResource<ScanBody[]>(
    () => {
      const cursor = this.paging.cursor();
      const params = { ...this.narrowed(), limit: PAGE_SIZE };
      return { url: API.scans, params: cursor === undefined ? params : { ...params, cursor } };
    },
    { parse: parseScans },
  );
  private readonly names = httpResource<string[]>(
    () => ({ url: API.projects, params: { limit: PROJECTS_OFFERED } }),
    { parse: parseProjectNames },
  );
  private readonly pending = signal<ReadonlySet<string>>(new Set());
  private readonly failure = signal<FailedAction | null>(null);

  readonly scans = followedValue(heldValue(this.page, this.narrowed), this.narrowed);
  readonly isLoading = this.page.isLoading;
  readonly window = computed(() => {
    const { shown } = this.scans();
    const count = shown.state === 'value' ? shown.value.length : 0;
    return this.paging.describe(count, this.page.headers());
  });
  /** To suggest; any other part of a name is looked for all the same. */
  readonly projects = heldValue(this.names, this.always);

  /** Scans that something is being done with, so that nothing is sent twice. */
  readonly busyScans = this.pending.asReadonly();
  readonly failedAction = this.failure.asReadonly();

  constructor() {
    const isAnyLive = computed(() => {
      const { shown } = this.scans();
      return shown.state === 'value' && shown.value.some(({ status }) => isLive(status));
    });
    repeatWhile(isAnyLive, LIVE_INTERVAL_MS, () => {
      this.page.reload();
    });
  }

  async narrow(change: Partial<Record<'status' | 'q' | 'since', string | null>>): Promise<void> {
    await this.query.change(change);
  }

  async sortBy(sort: ScanSort): Promise<void> {
    await this.query.change({ sort: sort === 'newest' ? null : sort });
  }

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  reload(): void {
    this.page.reload();
  }

  dismissFailure(): void {
    this.failure.set(null);
  }

  /** Resolves to true where the server took it. */
  async cancel(scan: ScanBody): Promise<boolean> {
    return this.act('cancel', scan, async () => {
      await firstValueFrom(this.http.post(scanRoute(scan.id, 'cancel'), null));
    });
  }

  async remove(scan: ScanBody): Promise<boolean> {
    return this.act('delete', scan, async () => {
      await firstValueFrom(this.http.delete(scanRoute(scan.id)));
    });
  }

  /** Starts the same scan of the same target; resolves to its id, or `null` where it was refused. */
  async rerun(scan: ScanBody): Promise<string | null> {
    let id: string | null = null;
    await this.act('rerun', scan, async () => {
      id = parseScan(await firstValueFrom(this.http.post(API.scans, sameAgain(scan)))).id;
    });
    return id;
  }

  private async act(
    action: ScanAction,
    { id }: ScanBody,
    run: () => Promise<void>,
  ): Promise<boolean> {
    if (this.pending().has(id)) return false;
    this.pending.update((ids) => new Set([...ids, id]));
    this.failure.set(null);
    try {
      await run();
      return true;
    } catch (error) {
      // Expected: the server refuses, for example because the scan ended meanwhile. The page says so.
      this.failure.set({ action, problem: toProblem(error) });
      return false;
    } finally {
      this.pending.update((ids) => new Set([...ids].filter((other) => other !== id)));
      this.page.reload();
    }
  }
}

function isLive(status: ScanBody['status']): boolean {
  return status === 'pending' || status === 'running';
}

function isSameFilter(one: HistoryFilter, other: HistoryFilter): boolean {
  return one.status === other.status && one.text === other.text && one.period === other.period;
}
