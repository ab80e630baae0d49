import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { rxResource, toSignal } from '@angular/core/rxjs-interop';
import type {
  FindingWithStateBody,
  ScanBody,
  ScanStatus,
  ScanSummaryBody,
} from '@securescan/contracts';
import {
  EMPTY,
  type Observable,
  scan as accumulate,
  catchError,
  map,
  merge,
  tap,
  timer,
} from 'rxjs';
import { heldValue } from '../../core/api/held-value';
import { API, scanRoute } from '../../core/api/routes';
import { parseFindings, parseScans, parseSummary } from '../../core/api/wire';
import { ScanEventStream } from '../../core/live/scan-event-stream';
import { NO_PROGRESS, type ScanProgress, advance, isFinished } from '../../core/live/scan-progress';
import type { LiveScan } from './live-scans';

const LISTED_SCANS = 20;
const SHOWN_SCANS = 6;
const TOP_FINDINGS = 5;
/** Scans that others start appear by themselves. */
const EVERY_MS = 15_000;
/** A browser keeps few connections to one server open; the pages that are opened from here need some. */
const MOST_STREAMS = 2;

type ProgressById = Readonly<Record<string, ScanProgress>>;

/** What runs now, the latest scan that has ended, and the ones before it. */
@Injectable()
export class OverviewStore {
  private readonly stream = inject(ScanEventStream);
  private readonly always = signal('overview').asReadonly();
  /** Moves with each round of asking again. */
  readonly round = toSignal(timer(EVERY_MS, EVERY_MS));

  private readonly list = httpResource<ScanBody[]>(
    () => {
      // Each round asks again.
      this.round();
      return { url: API.scans, params: { limit: LISTED_SCANS } };
    },
    { parse: parseScans },
  );

  readonly scans = heldValue(this.list, this.always);
  private readonly known = computed(() => {
    const loaded = this.scans();
    return loaded.state === 'value' ? loaded.value : [];
  });
  readonly recent = computed(() => this.known().slice(0, SHOWN_SCANS));
  /** The newest scan that has ended, however it did. */
  readonly latest = computed(() => this.known().find(({ status }) => !isLive(status)) ?? null);

  private readonly liveScans = computed(() => this.known().filter(({ status }) => isLive(status)));
  /** As one text, so that a list that says the same opens no other connections. */
  private readonly followed = computed(() =>
    this.liveScans()
      .slice(-MOST_STREAMS)
      .map(({ id }) => id)
      .join(' '),
  );
  private readonly progress = rxResource<ProgressById, string>({
    params: () => this.followed(),
    stream: ({ params }) => this.follow(params.split(' ').filter((id) => id !== '')),
    defaultValue: {},
  });
  readonly live = computed<readonly LiveScan[]>(() => {
    const progress = this.progress.hasValue() ? this.progress.value() : {};
    return this.liveScans().map((scan) => {
      const { scanners, status } = progress[scan.id] ?? NO_PROGRESS;
      const ended = scanners.filter((row) => isFinished(row)).length;
      return {
        scan: { ...scan, status: status ?? scan.status },
        progress: { ended, total: scanners.length },
      };
    });
  });

  private readonly completedId = computed(() => {
    const latest = this.latest();
    return latest?.status === 'completed' ? latest.id : undefined;
  });
  private readonly counts = httpResource<ScanSummaryBody>(
    () => {
      const id = this.completedId();
      return id === undefined ? undefined : scanRoute(id, 'summary');
    },
    { parse: parseSummary },
  );
  private readonly top = httpResource<FindingWithStateBody[]>(
    () => {
      const id = this.completedId();
      if (id === undefined) return undefined;
      return { url: scanRoute(id, 'findings'), params: { limit: TOP_FINDINGS } };
    },
    { parse: parseFindings },
  );
  readonly summary = heldValue(this.counts, this.completedId);
  readonly topFindings = heldValue(this.top, this.completedId);

  reload(): void {
    this.list.reload();
  }

  retryFindings(): void {
    this.counts.reload();
    this.top.reload();
  }

  /** However a scan's stream ends, the list has the last word about it. */
  private follow(ids: readonly string[]): Observable<ProgressById> {
    const streams = ids.map((id) =>
      this.stream.watch(id).pipe(
        accumulate(advance, NO_PROGRESS),
        map((progress): ProgressById => ({ [id]: progress })),
        // Expected: the scan was deleted.
        catchError(() => EMPTY),
        tap({
          complete: () => {
            this.reload();
          },
        }),
      ),
    );
    return merge(...streams).pipe(accumulate((all, one) => ({ ...all, ...one }), {}));
  }
}

function isLive(status: ScanStatus): boolean {
  return status === 'pending' || status === 'running';
}
