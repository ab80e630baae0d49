import { Injectable } from '@nestjs/common';
import type { TrendPointBody, TrendsBody } from '@securescan/contracts';
import { DocumentClock } from '../../ports/clock.port';
import { StandingCounts } from './standing-counts';
import type { InsightScope } from '../insight/insight-scopes.repository';
import { TrendsRepository } from './trends.repository';

const DAY_MS = 86_400_000;

/** How things stood at the end of each of the last days. */
@Injectable()
export class TrendsService {
  constructor(
    private readonly trends: TrendsRepository,
    private readonly clock: DocumentClock,
  ) {}

  /** Days are UTC, and today is the last. They begin with the first at whose end any scanner had told of anything. */
  async over(scope: InsightScope, days: number): Promise<TrendsBody> {
    const today = startOfDay(this.clock.now().getTime());
    const first = today - (days - 1) * DAY_MS;
    const from = new Date(first).toISOString();
    const to = new Date(today + DAY_MS).toISOString();
    const targets = await this.trends.targets(scope);
    if (targets.length === 0) return { data: [] };
    const standing = new StandingCounts();
    for await (const words of this.trends.before(targets, from)) {
      for (const word of words) standing.take(word);
    }
    const isMeant = new Set(targets);
    const series = new Series(first);
    for await (const words of this.trends.between(scope.project, { from, to })) {
      for (const word of words) {
        if (!isMeant.has(word.targetId)) continue;
        series.closeBefore(startOfDay(Date.parse(word.completedAt)), standing);
        standing.take(word);
      }
    }
    series.closeBefore(today + DAY_MS, standing);
    return { data: series.points };
  }
}

/** The days that are over. */
class Series {
  readonly points: TrendPointBody[] = [];

  constructor(private next: number) {}

  /** Ends every day up to one, as things stand. */
  closeBefore(day: number, standing: StandingCounts): void {
    if (this.next >= day) return;
    const point = standing.now();
    for (; this.next < day; this.next += DAY_MS) {
      if (point !== null) this.points.push(pointOf(this.next, point));
    }
  }
}

function pointOf(
  day: number,
  { total, targets, riskScore, ...counts }: NonNullable<ReturnType<StandingCounts['now']>>,
): TrendPointBody {
  const date = new Date(day).toISOString().slice(0, 10);
  return { date, risk_score: riskScore, total_findings: total, ...counts, targets };
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}
