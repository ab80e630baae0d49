import {
  IMPORT_FORMATS,
  OUTCOME_STATUSES,
  SCAN_ORIGINS,
  SCAN_STATUSES,
  SCAN_TYPES,
  SEVERITIES,
  SUPPRESSION_NOTICE_KINDS,
  SUPPRESSION_NOTICE_SOURCES,
  VERDICT_REASONS,
  VERDICTS,
  type FindingAliasBody,
  type FindingStateBody,
  type FindingWithStateBody,
  type ImportedToolBody,
  type ProjectBody,
  type ScanBody,
  type ScanImportBody,
  type ScannerInstallBody,
  type ScannerOutcomeBody,
  type ScannerStatusBody,
  type ScannerStatusListBody,
  type ScanSummaryBody,
  type SkippedFilesBody,
  type SkippedScannerBody,
  type SuppressionNoticeBody,
} from '@securescan/contracts';
import { flag, jsonObject, list, nullable, number, object, oneOf, text } from './wire-parser';

export interface BrowseEntryBody {
  name: string;
  path: string;
  is_dir: boolean;
}

/** `GET /api/v1/browse`. */
export interface BrowseBody {
  current: string;
  parent: string | null;
  entries: BrowseEntryBody[];
  /** Not all entries are there. */
  truncated: boolean;
}

const scanType = oneOf(SCAN_TYPES);

const skippedFiles = object<SkippedFilesBody>({
  reason: text,
  count: number,
  paths: list(text),
});

/** How one scanner's part of a scan ended. */
export const outcome = object<ScannerOutcomeBody>({
  scanner: text,
  scan_type: scanType,
  status: oneOf(OUTCOME_STATUSES),
  reason: nullable(text),
  install_hint: nullable(text),
  version: nullable(text),
  rule_pack_digest: nullable(text),
  duration_ms: number,
  exit_code: nullable(number),
  files_assessed: nullable(number),
  files_skipped: list(skippedFiles),
  bytes_assessed: nullable(number),
  findings_count: number,
  notes: list(text),
  stderr_tail: nullable(text),
});

const skippedScanner = object<SkippedScannerBody>({
  name: text,
  reason: text,
  install_hint: nullable(text),
});

const importedTool = object<ImportedToolBody>({
  scanner: text,
  name: text,
  version: nullable(text),
  status: oneOf(OUTCOME_STATUSES),
  reason: nullable(text),
  findings_count: number,
  notes: list(text),
});

/** What its fingerprint is made of is not shown. */
const reporter = object<Pick<FindingAliasBody, 'scanner' | 'rule_id' | 'fingerprint'>>({
  scanner: text,
  rule_id: text,
  fingerprint: text,
});

const suppressionNotice = object<SuppressionNoticeBody>({
  kind: oneOf(SUPPRESSION_NOTICE_KINDS),
  source: oneOf(SUPPRESSION_NOTICE_SOURCES),
  file_path: nullable(text),
  line: number,
  rule: nullable(text),
  message: text,
});

export const scan = object<ScanBody>({
  id: text,
  origin: oneOf(SCAN_ORIGINS),
  project: text,
  target_path: nullable(text),
  target_url: nullable(text),
  target_host: nullable(text),
  scan_types: list(scanType),
  scanners: nullable(list(text)),
  active: flag,
  history: flag,
  baseline_host_probes: flag,
  ai: flag,
  status: oneOf(SCAN_STATUSES),
  queue_position: nullable(number),
  requested_by: nullable(text),
  created_at: text,
  started_at: nullable(text),
  completed_at: nullable(text),
  findings_count: number,
  suppressed_count: number,
  risk_score: nullable(number),
  summary: nullable(text),
  error: nullable(text),
  scanners_run: list(text),
  scanners_skipped: list(skippedScanner),
  scanner_outcomes: list(outcome),
  imported: nullable(
    object<ScanImportBody>({ format: oneOf(IMPORT_FORMATS), tools: list(importedTool) }),
  ),
  suppression_notices: list(suppressionNotice),
  suppression_notices_count: number,
});

export const findingState = object<FindingStateBody>({
  fingerprint: text,
  project: nullable(text),
  status: oneOf(VERDICTS),
  note: nullable(text),
  reason: nullable(oneOf(VERDICT_REASONS)),
  assignee: nullable(text),
  until: nullable(text),
  updated_at: text,
  updated_by: nullable(text),
  regressed_at: nullable(text),
});

export const finding = object<FindingWithStateBody>({
  id: text,
  scanner: text,
  scan_type: scanType,
  severity: oneOf(SEVERITIES),
  title: text,
  description: text,
  file_path: nullable(text),
  line_start: nullable(number),
  line_end: nullable(number),
  rule_id: text,
  cwe: nullable(text),
  remediation: nullable(text),
  metadata: jsonObject,
  compliance_tags: list(text),
  fingerprint: text,
  occurrence: number,
  aliases: list(reporter),
  scan_id: text,
  state: nullable(findingState),
});

const summary = object<ScanSummaryBody>({
  total_findings: number,
  suppressed_findings: number,
  critical: number,
  high: number,
  medium: number,
  low: number,
  info: number,
  risk_score: number,
  scanners_run: list(text),
});

const scannerStatus = object<ScannerStatusBody>({
  name: text,
  scan_type: scanType,
  available: flag,
  version: nullable(text),
  message: text,
  description: text,
  checks: list(text),
  install_hint: nullable(text),
  needs_network: flag,
  installable: flag,
});

const install = object<ScannerInstallBody>({ success: flag, message: text, output: text });

const browse = object<BrowseBody>({
  current: text,
  parent: nullable(text),
  entries: list(object<BrowseEntryBody>({ name: text, path: text, is_dir: flag })),
  truncated: flag,
});

/** Of a project no more than what names it. */
const projectName = object<Pick<ProjectBody, 'project'>>({ project: text });

export const parseScan = (value: unknown): ScanBody => scan(value, 'scan');
export const parseScans = (value: unknown): ScanBody[] => list(scan)(value, 'scans');
export const parseFindings = (value: unknown): FindingWithStateBody[] =>
  list(finding)(value, 'findings');
export const parseSummary = (value: unknown): ScanSummaryBody => summary(value, 'summary');
export const parseInstall = (value: unknown): ScannerInstallBody => install(value, 'install');
export const parseBrowse = (value: unknown): BrowseBody => browse(value, 'browse');
export const parseScannerStatuses = (value: unknown): ScannerStatusListBody =>
  object<ScannerStatusListBody>({
    scanners: list(scannerStatus),
    can_advise: flag,
    checked_at: text,
  })(value, 'status');
export const parseProjectNames = (value: unknown): string[] =>
  list(projectName)(value, 'projects').map(({ project }) => project);
