import type {
  ScanBody,
  ScanSummaryBody,
  SkippedScannerBody,
  SuppressionNoticeBody,
} from '@securescan/contracts';
import {
  compareCodePoints,
  redactSecrets,
  toNoticeBody,
  toOutcomeBody,
  type ScannerOutcome,
  type SuppressionNotice,
} from '@securescan/core';
import type { Fields } from '../../common/fields';
import type { ScanEntity } from './scan.entity';
import type { ScannerOutcomeEntity } from './scanner-outcome.entity';
import type { ScannerSkipEntity } from './scanner-skip.entity';

/** Of a scan's notices; it is shown with every list of scans. */
const MAX_NOTICES = 100;
const MAX_NOTICE_CHARACTERS = 500;

/** A scan with the rows that hang on it. */
export interface ScanRecord {
  readonly scan: Fields<ScanEntity>;
  readonly outcomes: readonly Fields<ScannerOutcomeEntity>[];
  readonly skips: readonly Fields<ScannerSkipEntity>[];
  /** The name of whoever asked for it, where somebody had to be recognised. */
  readonly requestedBy: string | null;
  /** Counted from 1; `null` where the scan does not wait. */
  readonly queuePosition: number | null;
}

function toSkipBody(skip: Fields<ScannerSkipEntity>): SkippedScannerBody {
  return { name: skip.name, reason: skip.reason, install_hint: skip.installHint };
}

function scannersRun(outcomes: readonly Fields<ScannerOutcomeEntity>[]): string[] {
  return outcomes
    .filter((outcome) => outcome.status === 'completed')
    .map((outcome) => outcome.scanner)
    .sort(compareCodePoints);
}

/** The scan as the wire shows it. */
export function toScanBody(record: ScanRecord): ScanBody {
  const { scan, outcomes, skips } = record;
  const isCompleted = scan.status === 'completed';
  return {
    id: scan.id,
    origin: scan.origin,
    project: scan.project,
    target_path: scan.targetPath,
    target_url: scan.targetUrl,
    target_host: scan.targetHost,
    scan_types: scan.scanTypes,
    scanners: scan.options.scanners === null ? null : [...scan.options.scanners],
    active: scan.options.active ?? false,
    history: scan.options.history ?? false,
    baseline_host_probes: scan.options.hostProbes ?? false,
    ai: scan.options.ai ?? false,
    status: scan.status,
    queue_position: record.queuePosition,
    requested_by: record.requestedBy,
    created_at: scan.createdAt,
    started_at: scan.startedAt,
    completed_at: scan.completedAt,
    findings_count: isCompleted ? scan.findingsCount : 0,
    suppressed_count: isCompleted ? scan.suppressedCount : 0,
    risk_score: isCompleted ? scan.riskScore : null,
    summary: scan.summary,
    error: scan.error,
    scanners_run: scannersRun(outcomes),
    scanners_skipped: [...skips].sort((a, b) => compareCodePoints(a.name, b.name)).map(toSkipBody),
    scanner_outcomes: [...outcomes].sort((a, b) => a.position - b.position).map(toOutcomeBody),
    imported: scan.imported,
    suppression_notices: scan.notices ?? [],
    suppression_notices_count: scan.noticesCount,
  };
}

/** The stored counts of a scan; all zero until it has completed. */
export function toSummaryBody({ scan, outcomes }: ScanRecord): ScanSummaryBody {
  return {
    total_findings: scan.findingsCount,
    suppressed_findings: scan.suppressedCount,
    critical: scan.criticalCount,
    high: scan.highCount,
    medium: scan.mediumCount,
    low: scan.lowCount,
    info: scan.infoCount,
    risk_score: scan.riskScore ?? 0,
    scanners_run: scannersRun(outcomes),
  };
}

export function toOutcomeRow(
  scanId: string,
  outcome: ScannerOutcome,
  position: number,
): Fields<ScannerOutcomeEntity> {
  return {
    scanId,
    position,
    scanner: outcome.scanner,
    scanType: outcome.scanType,
    status: outcome.status,
    reason: outcome.reason,
    installHint: outcome.installHint,
    version: outcome.version,
    rulePackDigest: outcome.rulePackDigest,
    durationMs: Math.round(outcome.durationMs),
    exitCode: outcome.exitCode,
    filesAssessed: outcome.filesAssessed,
    filesSkipped: toOutcomeBody(outcome).files_skipped,
    bytesAssessed: outcome.bytesAssessed,
    findingsCount: outcome.findingsCount,
    notes: [...outcome.notes],
    stderrTail: outcome.stderrTail,
  };
}

export function toSkipRow(scanId: string, outcome: ScannerOutcome): Fields<ScannerSkipEntity> {
  return {
    scanId,
    name: outcome.scanner,
    reason: outcome.reason ?? 'unavailable',
    installHint: outcome.installHint,
  };
}

/** The first of them, as they are stored: short, and without secrets, for they quote comments. */
export function toStoredNotices(notices: readonly SuppressionNotice[]): SuppressionNoticeBody[] {
  const short = (text: string): string => redactSecrets(text.slice(0, MAX_NOTICE_CHARACTERS));
  return notices.slice(0, MAX_NOTICES).map((notice) => ({
    ...toNoticeBody(notice),
    rule: notice.rule === null ? null : short(notice.rule),
    message: short(notice.message),
  }));
}
