import type { Location, Result } from 'sarif';
import type { Finding } from '../../model/finding';
import { suppressionOf } from '../../model/suppression';
import { sarifLevel } from './rules';
import { sarifText, sarifUri } from './text';

/** What the paths of a log are relative to (SARIF 3.14.14). */
export const SOURCE_ROOT = '%SRCROOT%';

/** Far more than anybody shows. */
const MAX_MESSAGE_CHARACTERS = 10_000;

/** A finding as a result (SARIF 3.27). */
export function sarifResult(
  finding: Finding,
  ruleIndex: number,
  baselineState: Result.baselineState | undefined,
): Result {
  const { title, description, remediation, complianceTags } = finding;
  const message = [description, title].find((text) => text.trim() !== '') ?? finding.ruleId;
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: sarifLevel(finding.severity),
    message: { text: sarifText(message, MAX_MESSAGE_CHARACTERS) },
    locations: [locationOf(finding)],
    ...suppressionsOf(finding),
    partialFingerprints: {
      primaryLocationLineHash: `${finding.fingerprint}:${String(finding.occurrence)}`,
      'securescan/v1': finding.fingerprint,
    },
    properties: {
      id: finding.id,
      scanner: finding.scanner,
      scan_type: finding.scanType,
      severity: finding.severity,
      title: title.toWellFormed(),
      ...(finding.cwe === null ? {} : { cwe: finding.cwe }),
      ...(remediation === null ? {} : { remediation: remediation.toWellFormed() }),
      ...(complianceTags.length === 0 ? {} : { tags: [...complianceTags] }),
    },
    ...(baselineState === undefined ? {} : { baselineState }),
  };
}

/** SARIF 3.27.23, 3.35.2: `inSource` for a comment in the code, `external` for a decision that stands elsewhere. */
function suppressionsOf(finding: Finding): Pick<Result, 'suppressions'> {
  const suppression = suppressionOf(finding);
  if (suppression === null) return {};
  const { kind, reason } = suppression;
  return {
    suppressions: [
      {
        kind: kind === 'inline' ? 'inSource' : 'external',
        status: 'accepted',
        ...(reason === null ? {} : { justification: reason.toWellFormed() }),
      },
    ],
  };
}

/** Code scanning refuses a result without a file and a line, so one that has none is shown in a file that stands for its scanner. */
function locationOf(finding: Finding): Location {
  const startLine = Math.max(1, finding.lineStart ?? 1);
  const endLine = Math.max(startLine, finding.lineEnd ?? startLine);
  const uri =
    finding.filePath === null
      ? `.securescan/${sarifUri(finding.scanner)}`
      : sarifUri(finding.filePath);
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: SOURCE_ROOT },
      region: { startLine, endLine },
    },
    ...(finding.filePath === null
      ? { logicalLocations: [{ name: finding.title.toWellFormed(), kind: 'resource' }] }
      : {}),
  };
}
