import { type HttpResourceRequest, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type {
  DashboardStatsBody,
  OpenAgesBody,
  ResponseTimesBody,
  TrendsBody,
} from '@securescan/contracts';
import { heldValue, mapped } from '../../core/api/held-value';
import { API } from '../../core/api/routes';
import { type TargetStandingBody, parseTargets } from '../../core/api/wire-current';
import {
  parseAges,
  parseResponseTimes,
  parseStats,
  parseTrends,
} from '../../core/api/wire-insight';
import {
  byAge,
  byScanner,
  byTarget,
  responseTimes,
  riskOverTime,
  severityOverTime,
} from './insight-charts';
import { OverviewStore } from './overview-store';

export const PERIODS = ['7', '30', '90', '365'] as const;
type Period = (typeof PERIODS)[number];

const USUAL_PERIOD: Period = '30';
const RISKIEST = 8;

/** Figures over all scans, and how they came about. The period is in the address. */
@Injectable()
export class InsightStore {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly params = toSignal(this.route.queryParamMap, { requireSync: true });
  private readonly overview = inject(OverviewStore);
  private readonly always = signal('insight').asReadonly();

  /** Days back from now. */
  readonly period = computed<Period>(
    () => PERIODS.find((days) => days === this.params().get('days')) ?? USUAL_PERIOD,
  );

  /** Another one has ended, so other numbers hold; `null` while there is nothing to count. */
  private readonly cause = computed(() => this.overview.latest()?.id ?? null);

  private readonly figures = httpResource<DashboardStatsBody>(() => this.ask(API.stats), {
    parse: parseStats,
  });
  private readonly days = httpResource<TrendsBody>(
    () => this.ask(API.trends, { days: this.period() }),
    { parse: parseTrends },
  );
  private readonly riskiest = httpResource<TargetStandingBody[]>(
    () => this.ask(API.targets, { sort: 'risk', limit: RISKIEST }),
    { parse: parseTargets },
  );
  private readonly open = httpResource<OpenAgesBody>(
    () => {
      // What a scan tells is taken into the lives of findings some seconds after it has ended.
      this.overview.round();
      return this.ask(API.ages);
    },
    { parse: parseAges },
  );
  private readonly responses = httpResource<ResponseTimesBody>(
    () => this.ask(API.responseTimes, { days: this.period() }),
    { parse: parseResponseTimes },
  );
  private readonly trends = heldValue(this.days, this.always);
  private readonly targets = heldValue(this.riskiest, this.always);
  private readonly times = heldValue(this.responses, this.always);

  readonly stats = heldValue(this.figures, this.always);
  readonly ages = heldValue(this.open, this.always);
  readonly risk = computed(() => mapped(this.trends(), riskOverTime));
  readonly severities = computed(() => mapped(this.trends(), severityOverTime));
  readonly byTarget = computed(() => mapped(this.targets(), byTarget));
  readonly byScanner = computed(() => mapped(this.stats(), byScanner));
  readonly byAge = computed(() => mapped(this.ages(), byAge));
  readonly responseTimes = computed(() => mapped(this.times(), responseTimes));

  async choosePeriod(days: string): Promise<void> {
    await this.router.navigate([], {
      relativeTo: this.route,
      queryParams: { days: days === USUAL_PERIOD ? null : days },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  reload(): void {
    for (const each of [this.figures, this.days, this.riskiest, this.open, this.responses]) {
      each.reload();
    }
  }

  private ask(
    url: string,
    params: Readonly<Record<string, string | number>> = {},
  ): HttpResourceRequest | undefined {
    return this.cause() === null ? undefined : { url, params };
  }
}
