import type { DurationsBody, TrendPointBody } from '@securescan/contracts';
import type { ChartSpec } from '../../ui/chart/chart-spec';
import { byScanner, byTarget, formatSpan, responseTimes, severityOverTime } from './insight-charts';

const NONE = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

function point(date: string, high: number): TrendPointBody {
  return { date, risk_score: 10, total_findings: high, targets: 1, ...NONE, high };
}

function valuesOf(chart: ChartSpec, label: string): readonly unknown[] {
  return chart.series.find((series) => series.label === label)?.values ?? [];
}

describe('what the charts show', () => {
  it('stands the severities on one another, worst first, as areas once there are enough days', () => {
    const days = ['2026-03-01', '2026-03-02', '2026-03-03'].map((date, index) =>
      point(date, index),
    );
    const chart = severityOverTime({ data: days });
    expect(chart).toMatchObject({ kind: 'areas', categories: days.map(({ date }) => date) });
    expect(chart.series.map(({ label }) => label)).toEqual(Object.keys(NONE));
    expect(valuesOf(chart, 'high')).toEqual([0, 1, 2]);
    expect(severityOverTime({ data: days.slice(1) }).kind).toBe('bars');
  });

  it('leaves out targets and scanners that have nothing, and puts the busiest scanner first', () => {
    const target = {
      id: 't',
      kind: 'tree',
      risk_score: 1,
      by_severity: NONE,
      scanners: [],
    } as const;
    const targets = byTarget([
      { ...target, project: 'shop', place: '.', findings_count: 1 },
      { ...target, project: 'shop', place: 'web', findings_count: 2 },
      { ...target, project: 'clean', place: '.', findings_count: 0 },
    ]);
    expect(targets.categories).toEqual(['shop', 'shop web']);

    const scanners = [
      { scanner: 'bandit', ...NONE, low: 1 },
      { scanner: 'secrets', ...NONE },
      { scanner: 'semgrep', ...NONE, high: 2 },
    ];
    // Of the figures, only these are looked at.
    const figures = { findings_by_scanner: scanners } as Parameters<typeof byScanner>[0];
    expect(byScanner(figures).categories).toEqual(['semgrep', 'bandit']);
  });

  it('shows no time where nothing was decided', () => {
    const of = (median_seconds: number | null): DurationsBody => ({
      count: median_seconds === null ? 0 : 1,
      mean_seconds: median_seconds,
      median_seconds,
      p90_seconds: median_seconds,
    });
    const [low, medium, info, critical] = [of(null), of(null), of(null), of(null)];
    const times = {
      all: of(7_200),
      by_severity: { critical, high: of(7_200), medium, low, info },
    };
    const chart = responseTimes({ from: '', to: '', time_to_triage: times, time_to_fix: times });
    expect(valuesOf(chart, 'To the first decision')).toEqual([null, 7_200, null, null, null]);
  });

  it.each([
    [0, '0'],
    [90, '1 min 30 s'],
    [5_400, '1.5 h'],
    [3 * 86_400, '3 days'],
  ])('writes %i seconds as %s', (seconds, words) => {
    expect(formatSpan(seconds)).toBe(words);
  });
});
