import type { WebhookEventPayloads } from '@securescan/contracts';
import type { ScannerOutcome } from '@securescan/core';
import type { ScanDomainEvents } from '../scans/scans.events';
import type { RegressedFinding, TriageDomainEvents } from '../triage/triage.events';
import type { ToldScan } from './told-scans.repository';

const MAX_ERROR_LENGTH = 200;

type ScanFacts = Pick<
  WebhookEventPayloads['scan.complete'],
  'scan_id' | 'project' | 'target' | 'url'
>;
type ScanRun = Pick<
  WebhookEventPayloads['scan.failed'],
  'scan_types' | 'scanners_run' | 'scanners_skipped' | 'started_at' | 'completed_at' | 'duration_s'
>;

/** @param publicUrl where the dashboard is; `null` where nobody has said. */
export function completedPayload(
  scan: ToldScan,
  fact: ScanDomainEvents['scan.completed'],
  publicUrl: string | null,
): WebhookEventPayloads['scan.complete'] {
  return {
    ...factsOf(scan, publicUrl),
    ...runOf(scan, fact.durationMs),
    scanner_count: fact.scannersRun.length,
    findings_count: fact.findingsCount,
    severity_counts: scan.severityCounts,
    risk_score: fact.riskScore,
  };
}

export function failedPayload(
  scan: ToldScan,
  error: string,
  publicUrl: string | null,
): WebhookEventPayloads['scan.failed'] {
  return { ...factsOf(scan, publicUrl), ...runOf(scan, lastedMs(scan)), error: short(error) };
}

export function failedScannerPayload(
  scan: ToldScan,
  outcome: ScannerOutcome,
  publicUrl: string | null,
): WebhookEventPayloads['scanner.failed'] {
  return {
    ...factsOf(scan, publicUrl),
    scanner: outcome.scanner,
    scan_type: outcome.scanType,
    duration_s: seconds(outcome.durationMs),
    timed_out: outcome.status === 'timed_out',
    error: short(outcome.reason ?? outcome.status),
  };
}

export function regressedPayload(
  scan: ToldScan,
  { findings, toldBefore }: TriageDomainEvents['finding.regressed'],
  publicUrl: string | null,
): WebhookEventPayloads['finding.regressed'] {
  return {
    ...factsOf(scan, publicUrl),
    findings: findings.map(toRegressedBody),
    findings_count: findings.length,
    told_before: toldBefore,
  };
}

function toRegressedBody(
  finding: RegressedFinding,
): WebhookEventPayloads['finding.regressed']['findings'][number] {
  return {
    fingerprint: finding.fingerprint,
    id: finding.id,
    title: finding.title,
    severity: finding.severity,
    scanner: finding.scanner,
    rule_id: finding.ruleId,
    file_path: finding.filePath,
    line: finding.line,
    fixed_at: finding.fixedAt,
    fixed_by: finding.fixedBy,
  };
}

function factsOf({ id, project, target }: ToldScan, publicUrl: string | null): ScanFacts {
  const url = publicUrl === null ? null : `${publicUrl}/scan/${id}`;
  return { scan_id: id, project, target, url };
}

function runOf(scan: ToldScan, durationMs: number): ScanRun {
  return {
    scan_types: [...scan.scanTypes],
    scanners_run: [...scan.scannersRun],
    scanners_skipped: [...scan.scannersSkipped],
    started_at: scan.startedAt,
    // Set by the same unit that tells of its end.
    completed_at: scan.completedAt ?? '',
    duration_s: seconds(durationMs),
  };
}

function lastedMs({ startedAt, completedAt }: ToldScan): number {
  if (startedAt === null || completedAt === null) return 0;
  return Math.max(Date.parse(completedAt) - Date.parse(startedAt), 0);
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 10) / 100;
}

function short(error: string): string {
  return error.slice(0, MAX_ERROR_LENGTH).toWellFormed();
}
