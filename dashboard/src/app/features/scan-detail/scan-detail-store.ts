import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { rxResource, toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import type { ScanBody, ScanStatus, ScanSummaryBody } from '@securescan/contracts';
import {
  EMPTY,
  catchError,
  exhaustMap,
  firstValueFrom,
  map,
  scan as accumulate,
  takeWhile,
  tap,
  timer,
} from 'rxjs';
import { heldValue } from '../../core/api/held-value';
import { API, scanRoute } from '../../core/api/routes';
import { parseScan, parseSummary } from '../../core/api/wire';
import { type ComplianceStandingBody, parseCompliance } from '../../core/api/wire-compliance';
import { type Problem, toProblem } from '../../core/errors/problem';
import { ScanEventStream } from '../../core/live/scan-event-stream';
import { NO_PROGRESS, type ScanProgress, advance } from '../../core/live/scan-progress';
import { sameAgain } from '../../core/scans/same-again';

/** The stream says nothing while a scan waits, so its place in the line is asked for. */
const QUEUE_INTERVAL_MS = 2_000;

export type ScanAction = 'cancel' | 'delete' | 'rerun';

/** One scan: its record, what happens in it while it runs, and what can be done with it. */
@Injectable()
export class ScanDetailStore {
  private readonly http = inject(HttpClient);
  private readonly stream = inject(ScanEventStream);
  private readonly params = toSignal(inject(ActivatedRoute).paramMap, { requireSync: true });

  private readonly pending = signal<ScanAction | null>(null);
  private readonly failure = signal<{ action: ScanAction; problem: Problem } | null>(null);

  readonly id = computed(() => this.params().get('id') ?? '');

  private readonly record = httpResource<ScanBody>(() => scanRoute(this.id()), {
    parse: parseScan,
  });
  readonly scan = heldValue(this.record, this.id);

  /** The record's status, except that the stream knows earlier that a scan has started or ended. */
  readonly status = computed<ScanStatus | null>(() => {
    const loaded = this.scan();
    if (loaded.state !== 'value') return null;
    return isLive(loaded.value.status)
      ? (this.progress().status ?? loaded.value.status)
      : loaded.value.status;
  });

  private readonly live = rxResource<ScanProgress, string | undefined>({
    params: () => this.liveId(),
    stream: ({ params }) =>
      this.stream.watch(params).pipe(
        accumulate(advance, NO_PROGRESS),
        tap({
          complete: () => {
            this.reload();
          },
          error: () => {
            this.reload();
          },
        }),
      ),
  });
  readonly progress = computed(() => (this.live.hasValue() ? this.live.value() : NO_PROGRESS));

  private readonly place = rxResource<number | null, string | undefined>({
    params: () => (this.status() === 'pending' ? this.liveId() : undefined),
    stream: ({ params }) =>
      timer(QUEUE_INTERVAL_MS, QUEUE_INTERVAL_MS).pipe(
        // A resource whose parameters are gone keeps its last stream open.
        takeWhile(() => this.status() === 'pending'),
        exhaustMap(() =>
          this.http.get(scanRoute(params)).pipe(
            map((answer) => parseScan(answer).queue_position),
            // Expected: the server is away. The next round asks again, and the stream says that the connection is lost.
            catchError(() => EMPTY),
          ),
        ),
      ),
  });
  /** 1 for the next scan to run; `null` once this one no longer waits. */
  readonly queuePosition = computed(() => {
    const loaded = this.scan();
    if (loaded.state !== 'value' || this.status() !== 'pending') return null;
    return this.place.hasValue() ? this.place.value() : loaded.value.queue_position;
  });

  private readonly counts = httpResource<ScanSummaryBody>(
    () => (this.isCompleted() ? scanRoute(this.id(), 'summary') : undefined),
    { parse: parseSummary },
  );
  readonly summary = heldValue(this.counts, this.id);

  private readonly controls = httpResource<ComplianceStandingBody>(
    () => (this.isCompleted() ? { url: API.coverage, params: { scan_id: this.id() } } : undefined),
    { parse: parseCompliance },
  );
  readonly coverage = heldValue(this.controls, this.id);

  /** The action on its way, so that nothing is sent twice. */
  readonly pendingAction = this.pending.asReadonly();
  readonly actionFailure = this.failure.asReadonly();

  private readonly liveId = computed(() => {
    const loaded = this.scan();
    return loaded.state === 'value' && isLive(loaded.value.status) ? loaded.value.id : undefined;
  });

  /** True once the record itself says so: only then are there findings to read. */
  readonly isCompleted = computed(() => {
    const loaded = this.scan();
    return loaded.state === 'value' && loaded.value.status === 'completed';
  });

  /** What the stream told is not the record: however the stream ends, the record has the last word. */
  reload(): void {
    this.record.reload();
    this.counts.reload();
  }

  retryCoverage(): void {
    this.controls.reload();
  }

  async cancel(): Promise<void> {
    await this.act('cancel', async () => {
      const answer = await firstValueFrom(this.http.post(scanRoute(this.id(), 'cancel'), null));
      this.record.set(parseScan(answer));
    });
  }

  /** Resolves to true once the scan is gone. */
  async remove(): Promise<boolean> {
    return this.act('delete', async () => {
      await firstValueFrom(this.http.delete(scanRoute(this.id())));
    });
  }

  /** Starts the same scan of the same target; resolves to its id, or `null` where it was refused. */
  async rerun(): Promise<string | null> {
    let id: string | null = null;
    await this.act('rerun', async () => {
      const loaded = this.scan();
      if (loaded.state !== 'value') return;
      const body = sameAgain(loaded.value);
      id = parseScan(await firstValueFrom(this.http.post(API.scans, body))).id;
    });
    return id;
  }

  private async act(action: ScanAction, run: () => Promise<void>): Promise<boolean> {
    if (this.pending() !== null) return false;
    this.pending.set(action);
    this.failure.set(null);
    try {
      await run();
      return true;
    } catch (error) {
      // Expected: the server refuses, for example because the scan ended meanwhile. The page says so.
      this.failure.set({ action, problem: toProblem(error) });
      return false;
    } finally {
      this.pending.set(null);
    }
  }
}

function isLive(status: ScanStatus): boolean {
  return status === 'pending' || status === 'running';
}
