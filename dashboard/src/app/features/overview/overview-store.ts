import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import type { FindingWithStateBody, ScanBody, ScanSummaryBody } from '@securescan/contracts';
import { scan as accumulate, tap } from 'rxjs';
import { heldValue } from '../../core/api/held-value';
import { API, scanRoute } from '../../core/api/routes';
import {
  type DashboardStatsBody,
  parseFindings,
  parseScans,
  parseStats,
  parseSummary,
} from '../../core/api/wire';
import { ScanEventStream } from '../../core/live/scan-event-stream';
import { NO_PROGRESS, type ScanProgress, advance, isFinished } from '../../core/live/scan-progress';

const RECENT_SCANS = 6;
const TOP_FINDINGS = 5;

/** The state of the whole installation: its figures, the latest scan and the ones before it. */
@Injectable()
export class OverviewStore {
  private readonly stream = inject(ScanEventStream);
  private readonly always = signal('overview').asReadonly();

  private readonly figures = httpResource<DashboardStatsBody>(() => API.stats, {
    parse: parseStats,
  });
  private readonly list = httpResource<ScanBody[]>(
    () => ({ url: API.scans, params: { limit: RECENT_SCANS } }),
    { parse: parseScans },
  );

  readonly stats = heldValue(this.figures, this.always);
  readonly scans = heldValue(this.list, this.always);

  /** The newest scan, whatever its state. */
  readonly latest = computed<ScanBody | null>(() => {
    const loaded = this.scans();
    return loaded.state === 'value' ? (loaded.value[0] ?? null) : null;
  });
  private readonly completedId = computed(() => {
    const latest = this.latest();
    return latest?.status === 'completed' ? latest.id : undefined;
  });
  private readonly liveId = computed(() => {
    const latest = this.latest();
    return latest?.status === 'pending' || latest?.status === 'running' ? latest.id : undefined;
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

  /** Follows the latest scan while it runs and reads everything again when it ends. */
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
  readonly progress = computed(() => {
    const { scanners } = this.live.hasValue() ? this.live.value() : NO_PROGRESS;
    return { ended: scanners.filter((row) => isFinished(row)).length, total: scanners.length };
  });

  reload(): void {
    this.figures.reload();
    this.list.reload();
  }

  retryFindings(): void {
    this.counts.reload();
    this.top.reload();
  }
}
