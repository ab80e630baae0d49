import {
  SEVERITIES,
  type AgeBucketName,
  type DashboardStatsBody,
  type DurationsBySeverityBody,
  type OpenAgesBody,
  type ResponseTimesBody,
  type SeverityCountsBody,
  type TrendsBody,
} from '@securescan/contracts';
import type { TargetStandingBody } from '../../core/api/wire-current';
import type { ChartSeries, ChartSpec } from '../../ui/chart/chart-spec';
import { formatDuration } from '../../ui/time/format-time';

const HIGHEST_RISK = 100;
const FEWEST_FOR_AREAS = 3;

const BUCKET_NAMES: Readonly<Record<AgeBucketName, string>> = {
  under_1_day: 'Under a day',
  '1_to_7_days': '1 to 7 days',
  '7_to_30_days': '7 to 30 days',
  '30_to_90_days': '30 to 90 days',
  over_90_days: 'Over 90 days',
};

export function riskOverTime({ data }: TrendsBody): ChartSpec {
  return {
    kind: 'lines',
    dimension: 'Day',
    categories: data.map(({ date }) => date),
    series: [{ label: 'Risk', tone: 'accent', values: data.map((point) => point.risk_score) }],
    max: HIGHEST_RISK,
    format: (value) => String(Math.round(value * 10) / 10),
  };
}

export function severityOverTime({ data }: TrendsBody): ChartSpec {
  return {
    // Between two days there is a line already, but no area worth the name.
    kind: data.length < FEWEST_FOR_AREAS ? 'bars' : 'areas',
    dimension: 'Day',
    categories: data.map(({ date }) => date),
    series: bySeverity(data),
  };
}

/** As the server sorts them, greatest risk first, without those that have nothing. */
export function byTarget(all: readonly TargetStandingBody[]): ChartSpec {
  const targets = all.filter(({ findings_count }) => findings_count > 0);
  return {
    kind: 'rows',
    dimension: 'Target',
    categories: targets.map(nameOf),
    series: bySeverity(targets.map(({ by_severity }) => by_severity)),
  };
}

/** Most findings first; scanners that report none are named in words, not drawn. */
export function byScanner({ findings_by_scanner: scanners }: DashboardStatsBody): ChartSpec {
  const counted = scanners
    .map((counts) => ({ counts, total: totalOf(counts) }))
    .filter(({ total }) => total > 0)
    .sort((one, other) => other.total - one.total)
    .map(({ counts }) => counts);
  return {
    kind: 'rows',
    dimension: 'Scanner',
    categories: counted.map(({ scanner }) => scanner),
    series: bySeverity(counted),
  };
}

export function byAge({ buckets }: OpenAgesBody): ChartSpec {
  return {
    kind: 'bars',
    dimension: 'Open for',
    categories: buckets.map(({ name }) => BUCKET_NAMES[name]),
    series: bySeverity(buckets.map(({ by_severity }) => by_severity)),
  };
}

/** Medians, severity by severity; a dash where nothing was decided or fixed. */
export function responseTimes({ time_to_triage, time_to_fix }: ResponseTimesBody): ChartSpec {
  return {
    kind: 'pairs',
    dimension: 'Severity',
    categories: SEVERITIES,
    series: [
      { label: 'To the first decision', tone: 'accent', values: medians(time_to_triage) },
      { label: 'Until it was gone', tone: 'muted', values: medians(time_to_fix) },
    ],
    format: formatSpan,
  };
}

/** A span in its largest unit that fits, for scales: `3 h`, `12 days`. */
export function formatSpan(seconds: number): string {
  const hours = seconds / 3600;
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  if (hours >= 1) return `${Math.round(hours * 10) / 10} h`;
  return seconds === 0 ? '0' : formatDuration(seconds);
}

export function nameOf({ project, place }: Pick<TargetStandingBody, 'project' | 'place'>): string {
  return place === '.' ? project : `${project} ${place}`;
}

function bySeverity(counts: readonly SeverityCountsBody[]): ChartSeries[] {
  return SEVERITIES.map((severity) => ({
    label: severity,
    tone: severity,
    values: counts.map((point) => point[severity]),
  }));
}

function totalOf(counts: SeverityCountsBody): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
}

function medians({ by_severity }: DurationsBySeverityBody): (number | null)[] {
  return SEVERITIES.map((severity) => by_severity[severity].median_seconds);
}
