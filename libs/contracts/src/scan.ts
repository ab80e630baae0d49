import type { Severity } from './severity';

export const SCAN_TYPES = ['code', 'dependency', 'iac', 'baseline', 'dast', 'network'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];

/** The types that read the files of a tree. `baseline` looks at a system, `dast` at a URL, `network` at a host. */
export const TREE_SCAN_TYPES: readonly ScanType[] = ['code', 'dependency', 'iac'];

/** What is scanned when nobody says otherwise: the types that read a source tree and need nothing else. */
export const DEFAULT_SCAN_TYPES: readonly ScanType[] = [...TREE_SCAN_TYPES];

export const SCAN_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** The orders of the list of scans; a scan without a result counts as less than any. */
export const SCAN_SORTS = [
  'newest',
  'oldest',
  'most_findings',
  'fewest_findings',
  'highest_risk',
  'lowest_risk',
] as const;
export type ScanSort = (typeof SCAN_SORTS)[number];

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

/** `import`: its findings came in a document, and no scanner of ours ran. */
export const SCAN_ORIGINS = ['scan', 'import'] as const;
export type ScanOrigin = (typeof SCAN_ORIGINS)[number];

export const IMPORT_FORMATS = ['securescan', 'sarif'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** A tool whose findings an imported document holds, and how it ended by that document. */
export interface ImportedToolBody {
  /** As its findings name it. */
  scanner: string;
  /** As it calls itself. */
  name: string;
  version: string | null;
  status: OutcomeStatus;
  reason: string | null;
  /** Before deduplication. */
  findings_count: number;
  notes: string[];
}

export interface ScanImportBody {
  format: ImportFormat;
  tools: ImportedToolBody[];
}

export const SUPPRESSION_NOTICE_KINDS = ['expired', 'unused', 'malformed'] as const;
export const SUPPRESSION_NOTICE_SOURCES = ['inline', 'config'] as const;

/** Something to be said of a suppression itself: it does nothing, no longer, or not what was meant. */
export interface SuppressionNoticeBody {
  kind: (typeof SUPPRESSION_NOTICE_KINDS)[number];
  source: (typeof SUPPRESSION_NOTICE_SOURCES)[number];
  /** `null` for the configuration. */
  file_path: string | null;
  line: number;
  rule: string | null;
  /** A sentence without its full stop, to be said behind the place. */
  message: string;
}

export interface ScanBody {
  id: string;
  origin: ScanOrigin;
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
  /** Whether a language model may be asked about the findings. */
  ai: boolean;
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
  /** `null` but for imports. */
  imported: ScanImportBody | null;
  /** The first of them. */
  suppression_notices: SuppressionNoticeBody[];
  suppression_notices_count: number;
}

/**
 * What a scan is about in one word: its directory or file, else its URL, else its host; of an import its project. Empty for the
 * machine itself.
 */
export function targetOfScan(
  scan: Pick<ScanBody, 'target_path' | 'target_url' | 'target_host' | 'origin' | 'project'>,
): string {
  const target = scan.target_path ?? scan.target_url ?? scan.target_host;
  return target ?? (scan.origin === 'import' ? scan.project : '');
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
  /** Lets the operator's language model be asked how to mend what is critical or high. Default: false. */
  ai?: boolean;
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
