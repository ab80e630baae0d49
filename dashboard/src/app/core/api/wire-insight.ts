import {
  AGE_BUCKETS,
  SEVERITIES,
  type AgeBucketBody,
  type DashboardStatsBody,
  type DurationsBody,
  type DurationsBySeverityBody,
  type OldFindingBody,
  type OpenAgesBody,
  type ResponseTimesBody,
  type ScannerFindingsBody,
  type TrendPointBody,
  type TrendsBody,
} from '@securescan/contracts';
import { severityCounts, severityFields, targetReference } from './wire-current';
import { list, nullable, number, object, oneOf, text } from './wire-parser';

const stats = object<DashboardStatsBody>({
  total_scans: number,
  completed_scans: number,
  scans_by_status: object<DashboardStatsBody['scans_by_status']>({
    pending: number,
    running: number,
    completed: number,
    failed: number,
    cancelled: number,
  }),
  projects: number,
  targets: number,
  total_findings: number,
  findings_by_severity: severityCounts,
  findings_by_scanner: list(object<ScannerFindingsBody>({ scanner: text, ...severityFields })),
  suppressed_findings: number,
  average_risk_score: number,
  open_findings: number,
  undecided_findings: number,
  verdicts: object<DashboardStatsBody['verdicts']>({
    triaged: number,
    false_positive: number,
    accepted_risk: number,
    fixed: number,
    wont_fix: number,
  }),
});

const trends = object<TrendsBody>({
  data: list(
    object<TrendPointBody>({
      date: text,
      risk_score: number,
      total_findings: number,
      targets: number,
      ...severityFields,
    }),
  ),
});

const ages = object<OpenAgesBody>({
  as_of: text,
  total: number,
  dismissed: number,
  by_severity: severityCounts,
  buckets: list(
    object<AgeBucketBody>({
      name: oneOf(AGE_BUCKETS.map(({ name }) => name)),
      from_days: number,
      to_days: nullable(number),
      total: number,
      by_severity: severityCounts,
    }),
  ),
  oldest: list(
    object<OldFindingBody>({
      fingerprint: text,
      severity: oneOf(SEVERITIES),
      scanner: text,
      title: nullable(text),
      rule_id: nullable(text),
      file_path: nullable(text),
      target: targetReference,
      first_seen: text,
      first_scan_id: text,
      last_seen: text,
      last_scan_id: text,
      age_days: number,
    }),
  ),
});

const durations = object<DurationsBody>({
  count: number,
  mean_seconds: nullable(number),
  median_seconds: nullable(number),
  p90_seconds: nullable(number),
});
const bySeverity = object<DurationsBySeverityBody>({
  all: durations,
  by_severity: object<DurationsBySeverityBody['by_severity']>({
    critical: durations,
    high: durations,
    medium: durations,
    low: durations,
    info: durations,
  }),
});
const responseTimes = object<ResponseTimesBody>({
  from: text,
  to: text,
  time_to_triage: bySeverity,
  time_to_fix: bySeverity,
});

export const parseStats = (value: unknown): DashboardStatsBody => stats(value, 'stats');
export const parseTrends = (value: unknown): TrendsBody => trends(value, 'trends');
export const parseAges = (value: unknown): OpenAgesBody => ages(value, 'ages');
export const parseResponseTimes = (value: unknown): ResponseTimesBody =>
  responseTimes(value, 'response times');
