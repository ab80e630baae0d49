import type { FindingStateBody, FindingWithStateBody } from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import type { Fields } from '../../common/fields';
import type { FindingEntity } from './finding.entity';

/** @param position the finding's place in the scan's canonical order, from 0. */
export function toFindingRow(
  scanId: string,
  finding: Finding,
  position: number,
): Fields<FindingEntity> {
  return {
    scanId,
    position,
    id: finding.id,
    fingerprint: finding.fingerprint,
    occurrence: finding.occurrence,
    scanner: finding.scanner,
    scanType: finding.scanType,
    severity: finding.severity,
    title: finding.title,
    description: finding.description,
    filePath: finding.filePath,
    line: finding.lineStart,
    lineEnd: finding.lineEnd,
    ruleId: finding.ruleId,
    cwe: finding.cwe,
    remediation: finding.remediation,
    metadata: finding.metadata,
    complianceTags: [...finding.complianceTags],
    aliases: finding.aliases.map((alias) => ({
      scanner: alias.scanner,
      rule_id: alias.ruleId,
      fingerprint: alias.fingerprint,
    })),
  };
}

export function toFindingWithState(
  row: FindingEntity,
  state: FindingStateBody | null,
): FindingWithStateBody {
  return {
    id: row.id,
    scan_id: row.scanId,
    scanner: row.scanner,
    scan_type: row.scanType,
    severity: row.severity,
    title: row.title,
    description: row.description,
    file_path: row.filePath,
    line_start: row.line,
    line_end: row.lineEnd,
    rule_id: row.ruleId,
    cwe: row.cwe,
    remediation: row.remediation,
    metadata: row.metadata,
    compliance_tags: row.complianceTags,
    fingerprint: row.fingerprint,
    occurrence: row.occurrence,
    aliases: row.aliases,
    state,
  };
}
