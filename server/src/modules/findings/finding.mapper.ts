import type {
  FindingAliasBody,
  FindingStateBody,
  FindingWithStateBody,
  JsonObject,
} from '@securescan/contracts';
import { toAliasBody, type Finding } from '@securescan/core';
import type { Fields } from '../../common/fields';
import type { FindingEntity } from './finding.entity';

type JsonFields = 'metadata' | 'compliance_tags' | 'aliases';

/** A finding as it is stored, under the names of the wire: what is JSON there is its text here. */
export type StoredFinding = Omit<FindingWithStateBody, 'state' | JsonFields> &
  Readonly<Record<JsonFields, string>>;

/** @param number what the scan's numbers begin with, plus the finding's position in canonical order. */
export function toFindingRow(
  scanId: string,
  finding: Finding,
  number: number,
): Fields<FindingEntity> {
  return {
    number,
    scanId,
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
    aliases: finding.aliases.map(toAliasBody),
  };
}

export function toFindingWithState(
  stored: StoredFinding,
  state: FindingStateBody | null,
): FindingWithStateBody {
  return {
    ...stored,
    metadata: JSON.parse(stored.metadata) as FindingWithStateBody['metadata'],
    compliance_tags: JSON.parse(stored.compliance_tags) as string[],
    aliases: JSON.parse(stored.aliases) as FindingWithStateBody['aliases'],
    state,
  };
}

/** A finding as the engine gave it. */
export function toFinding(stored: StoredFinding): Finding {
  const aliases = JSON.parse(stored.aliases) as FindingAliasBody[];
  return {
    id: stored.id,
    scanner: stored.scanner,
    scanType: stored.scan_type,
    severity: stored.severity,
    title: stored.title,
    description: stored.description,
    filePath: stored.file_path,
    lineStart: stored.line_start,
    lineEnd: stored.line_end,
    ruleId: stored.rule_id,
    cwe: stored.cwe,
    remediation: stored.remediation,
    metadata: JSON.parse(stored.metadata) as JsonObject,
    complianceTags: JSON.parse(stored.compliance_tags) as string[],
    fingerprint: stored.fingerprint,
    occurrence: stored.occurrence,
    aliases: aliases.map(({ scanner, rule_id: ruleId, fingerprint, line_context, ...rest }) => ({
      scanner,
      ruleId,
      fingerprint,
      ...(line_context === undefined ? {} : { lineContext: line_context }),
      ...(rest.cwe === undefined ? {} : { cwe: rest.cwe }),
    })),
  };
}

/** The same as one line of JSON; what is stored as JSON goes through unread, for speed. */
export function toFindingLine(stored: StoredFinding, state: FindingStateBody | null): string {
  const { metadata, compliance_tags: tags, aliases, ...plain } = stored;
  const head = JSON.stringify(plain).slice(0, -1);
  return `${head},"metadata":${metadata},"compliance_tags":${tags},"aliases":${aliases},"state":${JSON.stringify(state)}}\n`;
}
