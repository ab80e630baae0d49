import type { Severity } from './severity';

export const SCAN_TYPES = ['code', 'dependency', 'iac', 'baseline', 'dast', 'network'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];

/** What is scanned when nobody says otherwise: the types that read a source tree and need nothing else. */
export const DEFAULT_SCAN_TYPES: readonly ScanType[] = ['code', 'dependency', 'iac'];

export const SCAN_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** How one scanner's part of a scan ended. A failed scanner is an outcome, never a finding. */
export const OUTCOME_STATUSES = ['completed', 'failed', 'timed_out', 'skipped'] as const;
export type OutcomeStatus = (typeof OUTCOME_STATUSES)[number];

export interface ScannerOutcomeBody {
  scanner: string;
  scan_type: ScanType;
  status: OutcomeStatus;
  /** One line that says why, for every status but `completed`. */
  reason: string | null;
  install_hint: string | null;
  version: string | null;
  /** SHA-256 (hex) of the rule pack or database that was used, where the scanner has one. */
  rule_pack_digest: string | null;
  duration_ms: number;
  exit_code: number | null;
  files_assessed: number | null;
  /** Before deduplication. */
  findings_count: number;
  /** What the scanner itself said it could not read or finish. */
  notes: string[];
}

export interface SkippedScannerBody {
  name: string;
  reason: string;
  install_hint: string | null;
}

export interface ScanBody {
  id: string;
  project: string;
  target_path: string | null;
  target_url: string | null;
  target_host: string | null;
  scan_types: ScanType[];
  status: ScanStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  findings_count: number;
  risk_score: number | null;
  summary: string | null;
  error: string | null;
  /** Scanners whose outcome is `completed`, sorted by name. */
  scanners_run: string[];
  scanners_skipped: SkippedScannerBody[];
  scanner_outcomes: ScannerOutcomeBody[];
}

export interface ScanRequestBody {
  target_path?: string | null;
  scan_types?: ScanType[];
  target_url?: string | null;
  target_host?: string | null;
  /** Rule files or directories inside the allowed roots, registry packs (`p/ci`) or `auto`. Default: our own pack. */
  semgrep_rules?: string[];
}

export type SeverityCountsBody = Record<Severity, number>;

export interface ScanSummaryBody extends SeverityCountsBody {
  total_findings: number;
  risk_score: number;
  scanners_run: string[];
}
