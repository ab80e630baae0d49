import type { Severity } from './severity';

export const SCAN_TYPES = ['code', 'dependency', 'iac', 'baseline', 'dast', 'network'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];

/** The types that read the files of a tree. `baseline` looks at a system, `dast` at a URL, `network` at a host. */
export const TREE_SCAN_TYPES: readonly ScanType[] = ['code', 'dependency', 'iac'];

/** What is scanned when nobody says otherwise: the types that read a source tree and need nothing else. */
export const DEFAULT_SCAN_TYPES: readonly ScanType[] = [...TREE_SCAN_TYPES];

export const SCAN_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** How one scanner's part of a scan ended. A failed scanner is an outcome, never a finding. */
export const OUTCOME_STATUSES = ['completed', 'failed', 'timed_out', 'skipped'] as const;
export type OutcomeStatus = (typeof OUTCOME_STATUSES)[number];

/** Files that a scanner left unread for one reason. */
export interface SkippedFilesBody {
  reason: string;
  count: number;
  /** The first of them by name, as examples. */
  paths: string[];
}

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
  /** `null` where the tool does not say. */
  files_assessed: number | null;
  /** Sorted by reason. */
  files_skipped: SkippedFilesBody[];
  /** Size of the assessed files together; `null` where the tool does not name them. */
  bytes_assessed: number | null;
  /** Before deduplication. */
  findings_count: number;
  /** What the scanner itself said it could not read or finish. */
  notes: string[];
  /** The last lines of the tool's standard error, without secrets and paths of the machine. */
  stderr_tail: string | null;
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
  /** The scanners that were asked for by name; `null` where all of the types run. */
  scanners: string[] | null;
  /** As it was asked for. */
  active: boolean;
  history: boolean;
  baseline_host_probes: boolean;
  status: ScanStatus;
  /** 1 for the next one to run; `null` once the scan no longer waits. */
  queue_position: number | null;
  /** The name of whoever asked for it; `null` where nobody had to be recognised. */
  requested_by: string | null;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  /** Active ones: what is suppressed is listed, but counts nowhere else. */
  findings_count: number;
  suppressed_count: number;
  risk_score: number | null;
  summary: string | null;
  error: string | null;
  /** Scanners whose outcome is `completed`, sorted by name. */
  scanners_run: string[];
  scanners_skipped: SkippedScannerBody[];
  scanner_outcomes: ScannerOutcomeBody[];
}

/** What a scan is about in one word: its directory or file, else its URL, else its host; empty for the machine itself. */
export function targetOfScan(
  scan: Pick<ScanBody, 'target_path' | 'target_url' | 'target_host'>,
): string {
  return scan.target_path ?? scan.target_url ?? scan.target_host ?? '';
}

export interface ScanRequestBody {
  target_path?: string | null;
  /** Default: those of the named scanners, else of the project's configuration, else `DEFAULT_SCAN_TYPES`. */
  scan_types?: ScanType[];
  /** Runs only these. Alone it decides the types too; beside `scan_types` each must be of one of them. */
  scanners?: string[];
  /** Needed by type `dast`. */
  target_url?: string | null;
  /** Needed by type `network`: a host name, an address or a CIDR range. */
  target_host?: string | null;
  /** Lets ZAP attack the application at `target_url`. Default: false. */
  active?: boolean;
  /** Lets `secrets` read git's history too. Default: false. */
  history?: boolean;
  /** Lets `baseline` judge the server's own machine in place of the target. Default: false. */
  baseline_host_probes?: boolean;
  /** Rule files or directories inside the allowed roots, registry packs (`p/ci`) or `auto`. Default: the operator's, the project's, else our own. */
  semgrep_rules?: string[];
}

export type SeverityCountsBody = Record<Severity, number>;

export interface ScanSummaryBody extends SeverityCountsBody {
  /** Without the suppressed ones, as the counts and the score. */
  total_findings: number;
  suppressed_findings: number;
  risk_score: number;
  scanners_run: string[];
}
