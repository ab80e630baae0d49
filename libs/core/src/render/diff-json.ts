import type { FindingBody, JsonObject } from '@securescan/contracts';
import { isActive } from '../model/suppression';
import type { Finding } from '../model/finding';
import { countBySeverity } from '../severity/severity-rank';
import { isDiffComplete, type DiffDocument } from './diff-document';
import { findingJson, noticeJson } from './json';

/** Of the envelope: it grows when a field changes its meaning. */
const FORMAT_VERSION = 1;

/** The comparison as JSON, in pieces: fields in a fixed order, two spaces, one newline at the end. */
export function* diffJsonChunks(document: DiffDocument): Generator<string> {
  yield `${JSON.stringify(bodyOf(document), null, 2)}\n`;
}

function bodyOf(document: DiffDocument): object {
  const { diff } = document;
  const visible = (findings: readonly Finding[]): FindingJson[] =>
    findings.filter((finding) => document.showsSuppressed || isActive(finding)).map(findingJson);
  return {
    version: FORMAT_VERSION,
    tool: { name: 'SecureScan', version: document.toolVersion },
    command: document.command,
    base: document.base,
    head: document.head,
    target: document.target,
    project: document.project,
    scan_types: document.scanTypes,
    complete: isDiffComplete(diff),
    policy: { source: document.policy, pending: document.pendingPolicy },
    summary: {
      new: diff.new.length,
      fixed: diff.fixed.length,
      unchanged: diff.unchanged.length,
      not_assessed: diff.notAssessed.length,
      newly_suppressed: diff.newlySuppressed.length,
      suppressed: diff.suppressed.length,
      new_by_severity: countBySeverity(diff.new),
    },
    scanners: diff.scanners.map((scanner) => ({
      name: scanner.scanner,
      base: scanner.base,
      head: scanner.head,
      reason: scanner.reason,
      incomplete: scanner.isIncomplete,
      other_rules: scanner.hasOtherRules,
    })),
    new: visible(diff.new),
    fixed: visible(diff.fixed),
    unchanged: diff.unchanged.map(({ finding, previousSeverity }) => ({
      ...findingJson(finding),
      previous_severity: previousSeverity,
    })),
    not_assessed: diff.notAssessed.map(({ finding, side }) => ({ ...findingJson(finding), side })),
    newly_suppressed: visible(diff.newlySuppressed),
    suppressed: visible(diff.suppressed),
    suppression_notices: document.notices.map(noticeJson),
  };
}

type FindingJson = FindingBody & { metadata: JsonObject };
