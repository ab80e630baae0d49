import type {
  FindingBody,
  ScannerOutcomeBody,
  ScanSummaryBody,
  SuppressionNoticeBody,
} from '@securescan/contracts';
import type { Finding } from './finding';
import type { ScannerOutcome } from './outcome';
import type { SuppressionNotice } from '../suppression/suppression-notice';
import type { ScanSummary } from './summary';

/** A finding as JSON shows it, keys in the documented order. */
export function toFindingBody(finding: Finding): FindingBody {
  return {
    id: finding.id,
    scanner: finding.scanner,
    scan_type: finding.scanType,
    severity: finding.severity,
    title: finding.title,
    description: finding.description,
    file_path: finding.filePath,
    line_start: finding.lineStart,
    line_end: finding.lineEnd,
    rule_id: finding.ruleId,
    cwe: finding.cwe,
    remediation: finding.remediation,
    metadata: finding.metadata,
    compliance_tags: [...finding.complianceTags],
    fingerprint: finding.fingerprint,
    occurrence: finding.occurrence,
    aliases: finding.aliases.map((alias) => ({
      scanner: alias.scanner,
      rule_id: alias.ruleId,
      fingerprint: alias.fingerprint,
    })),
  };
}

/** A scanner's outcome as JSON shows it. */
export function toOutcomeBody(outcome: ScannerOutcome): ScannerOutcomeBody {
  return {
    scanner: outcome.scanner,
    scan_type: outcome.scanType,
    status: outcome.status,
    reason: outcome.reason,
    install_hint: outcome.installHint,
    version: outcome.version,
    rule_pack_digest: outcome.rulePackDigest,
    duration_ms: outcome.durationMs,
    exit_code: outcome.exitCode,
    files_assessed: outcome.filesAssessed,
    files_skipped: outcome.filesSkipped.map(({ reason, count, paths }) => ({
      reason,
      count,
      paths: [...paths],
    })),
    bytes_assessed: outcome.bytesAssessed,
    findings_count: outcome.findingsCount,
    notes: [...outcome.notes],
    stderr_tail: outcome.stderrTail,
  };
}

/** The summary as JSON shows it. */
export function toSummaryBody(summary: ScanSummary): ScanSummaryBody {
  return {
    total_findings: summary.totalFindings,
    suppressed_findings: summary.suppressedFindings,
    ...summary.bySeverity,
    risk_score: summary.riskScore,
    scanners_run: [...summary.scannersRun],
  };
}

/** A notice as JSON shows it. */
export function toNoticeBody(notice: SuppressionNotice): SuppressionNoticeBody {
  return {
    kind: notice.kind,
    source: notice.source,
    file_path: notice.filePath,
    line: notice.line,
    rule: notice.rule,
    message: notice.message,
  };
}
