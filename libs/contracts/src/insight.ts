import type { ScanStatus, SeverityCountsBody } from './scan';
import type { TargetReferenceBody } from './current-state';
import type { Severity } from './severity';
import type { Verdict } from './triage';

/** How long findings have been open, in full days: from the first number on, below the second. */
export const AGE_BUCKETS = [
  { name: 'under_1_day', fromDays: 0, toDays: 1 },
  { name: '1_to_7_days', fromDays: 1, toDays: 7 },
  { name: '7_to_30_days', fromDays: 7, toDays: 30 },
  { name: '30_to_90_days', fromDays: 30, toDays: 90 },
  { name: 'over_90_days', fromDays: 90, toDays: null },
] as const;
export type AgeBucketName = (typeof AGE_BUCKETS)[number]['name'];

export interface AgeBucketBody {
  name: AgeBucketName;
  from_days: number;
  /** `null` for no end. */
  to_days: number | null;
  total: number;
  by_severity: SeverityCountsBody;
}

/** An open finding that nobody has dismissed. */
export interface OldFindingBody {
  fingerprint: string;
  severity: Severity;
  scanner: string;
  /** `null`, like rule and file, where the scan that saw it last has been deleted. */
  title: string | null;
  rule_id: string | null;
  file_path: string | null;
  target: TargetReferenceBody;
  first_seen: string;
  first_scan_id: string;
  last_seen: string;
  last_scan_id: string;
  age_days: number;
}

/** `GET /api/v1/insight/ages`. */
export interface OpenAgesBody {
  as_of: string;
  total: number;
  /** Open as well, and left out: false positives, accepted risks, and what will not be fixed. */
  dismissed: number;
  by_severity: SeverityCountsBody;
  /** The youngest first. */
  buckets: AgeBucketBody[];
  oldest: OldFindingBody[];
}

/** Seconds that something took, over all cases of it. */
export interface DurationsBody {
  count: number;
  /** `null`, like the others, where there was none. */
  mean_seconds: number | null;
  median_seconds: number | null;
  p90_seconds: number | null;
}

export interface DurationsBySeverityBody {
  all: DurationsBody;
  by_severity: Record<Severity, DurationsBody>;
}

/** `GET /api/v1/insight/response-times`. */
export interface ResponseTimesBody {
  /** Decided or fixed after the first and not after the second. */
  from: string;
  to: string;
  time_to_triage: DurationsBySeverityBody;
  time_to_fix: DurationsBySeverityBody;
}

/** How things stood at the end of a day, UTC; of today, how they stand now. */
export interface TrendPointBody extends SeverityCountsBody {
  /** `YYYY-MM-DD`. */
  date: string;
  /** The mean of the targets that had been scanned by then, with one decimal. */
  risk_score: number;
  total_findings: number;
  /** That had been scanned by then. */
  targets: number;
}

/** `GET /api/v1/dashboard/trends`. */
export interface TrendsBody {
  data: TrendPointBody[];
}

/** What is there now of the findings that are listed under one scanner, and not suppressed. */
export interface ScannerFindingsBody extends SeverityCountsBody {
  scanner: string;
}

/** `GET /api/v1/dashboard/stats`: how things stand now, over everything. */
export interface DashboardStatsBody {
  /** However they ended. */
  total_scans: number;
  completed_scans: number;
  scans_by_status: Record<ScanStatus, number>;
  projects: number;
  targets: number;
  /** What is there now and not suppressed, each place of it. */
  total_findings: number;
  findings_by_severity: SeverityCountsBody;
  /** Of every scanner that has told of any target, by its name. */
  findings_by_scanner: ScannerFindingsBody[];
  suppressed_findings: number;
  /** The mean of the targets of which any scanner has told, with two decimals; 0 where there is none. */
  average_risk_score: number;
  /** Each counted once, wherever it is reported, and whatever was decided about it. */
  open_findings: number;
  /** Those of them that nobody has decided about. */
  undecided_findings: number;
  /** Verdicts that hold now, those for one project beside those for everywhere. */
  verdicts: Record<Exclude<Verdict, 'new'>, number>;
}
