import {
  type DurationsBody,
  type DurationsBySeverityBody,
  SEVERITIES,
  type Severity,
} from '@securescan/contracts';

/** So many cases of one length. */
interface Cases {
  readonly ms: number;
  readonly count: number;
}

/** Collects how long something took, by severity. */
export class Durations {
  private readonly bySeverity = new Map<Severity, Map<number, number>>(
    SEVERITIES.map((severity) => [severity, new Map()]),
  );

  /** A clock that was put back makes nothing take less than no time. */
  add(severity: Severity, { ms, count }: Cases): void {
    const lengths = this.bySeverity.get(severity);
    const length = Math.max(0, ms);
    lengths?.set(length, (lengths.get(length) ?? 0) + count);
  }

  toBody(): DurationsBySeverityBody {
    const of = (severity: Severity): Cases[] =>
      [...(this.bySeverity.get(severity) ?? [])].map(([ms, count]) => ({ ms, count }));
    return {
      all: figuresOf(SEVERITIES.flatMap(of)),
      by_severity: {
        critical: figuresOf(of('critical')),
        high: figuresOf(of('high')),
        medium: figuresOf(of('medium')),
        low: figuresOf(of('low')),
        info: figuresOf(of('info')),
      },
    };
  }
}

/** The median of an even number is the mean of both in the middle; the 90th percentile is the case at that rank. */
export function figuresOf(cases: readonly Cases[]): DurationsBody {
  const ordered = [...cases].sort((a, b) => a.ms - b.ms);
  const count = ordered.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) {
    return { count, mean_seconds: null, median_seconds: null, p90_seconds: null };
  }
  const sum = ordered.reduce((all, one) => all + one.ms * one.count, 0);
  const middle = [Math.ceil(count / 2), Math.floor(count / 2) + 1].map((rank) =>
    atRank(ordered, rank),
  );
  return {
    count,
    mean_seconds: toSeconds(sum / count),
    median_seconds: toSeconds(((middle[0] ?? 0) + (middle[1] ?? 0)) / 2),
    p90_seconds: toSeconds(atRank(ordered, Math.ceil(count * 0.9))),
  };
}

function atRank(ordered: readonly Cases[], rank: number): number {
  let left = rank;
  for (const { ms, count } of ordered) {
    left -= count;
    if (left <= 0) return ms;
  }
  return 0;
}

function toSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}
