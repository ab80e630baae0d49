import type { FindingAliasBody, FindingBody, ScannerOutcomeBody } from '@securescan/contracts';
import type { Finding, FindingAlias } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { toFindingBody, toNoticeBody, toOutcomeBody, toSummaryBody } from '../model/wire';
import { sortedObject } from '../order/sorted-json';
import { redactSecrets } from '../secrets/redact';
import { riskBand } from '../severity/risk-score';
import type { ScanDocument } from './document';
import { isComplete } from './document';
import { indentedBy } from './indented';

/** Of the envelope, not of the product: it grows when a field changes its meaning. */
export const REPORT_VERSION = 1;

/** The whole report as JSON: fields in a fixed order, two spaces, one newline at the end. */
export function renderJson(document: ScanDocument): string {
  return [...jsonChunks(document)].join('');
}

/** The same text in pieces, one for each finding, for reports that need not be in memory at once. */
export function* jsonChunks(document: ScanDocument): Generator<string> {
  const envelope = JSON.stringify({ ...envelopeOf(document), findings: [] }, null, 2);
  const opening = envelope.slice(0, envelope.lastIndexOf(']'));
  yield opening;
  let separator = '\n';
  for (const finding of document.findings) {
    yield separator + indentedBy(4, JSON.stringify(findingJson(finding), null, 2));
    separator = ',\n';
  }
  yield document.findings.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

function envelopeOf(document: ScanDocument): object {
  const { outcomes } = document;
  return {
    version: REPORT_VERSION,
    tool: { name: 'SecureScan', version: document.toolVersion },
    target: document.target,
    project: document.project,
    scan_types: document.scanTypes,
    complete: isComplete(outcomes),
    summary: {
      ...toSummaryBody(document.summary),
      risk_band: riskBand(document.summary.riskScore),
    },
    scanners_skipped: outcomes
      .filter(({ status }) => status === 'skipped')
      .map(({ scanner, reason, installHint }) => ({
        name: scanner,
        reason,
        install_hint: installHint,
      })),
    scanner_outcomes: outcomes.map(outcomeBody),
    suppression_notices: document.notices.map(toNoticeBody),
  };
}

/** A duration is never the same twice, nor is what a tool says beside its report, so they stay out. */
function outcomeBody(
  outcome: ScannerOutcome,
): Omit<ScannerOutcomeBody, 'duration_ms' | 'stderr_tail'> {
  const { duration_ms: _duration, stderr_tail: _tail, ...body } = toOutcomeBody(outcome);
  return body;
}

/** A finding as reports in JSON show it. */
export function findingJson(finding: Finding): FindingBody {
  return {
    ...toFindingBody(finding),
    metadata: sortedObject(finding.metadata),
    aliases: finding.aliases.map(toAliasBody),
  };
}

/**
 * A reporter, so that whoever reads it can make its fingerprint again. Secrets in a line context are masked, but a key in armour is
 * not: identity only hashes it. So it is shown where redaction finds nothing to take away.
 */
export function toAliasBody({
  scanner,
  ruleId,
  fingerprint,
  lineContext,
  cwe,
}: FindingAlias): FindingAliasBody {
  const isShown = lineContext !== undefined && redactSecrets(lineContext) === lineContext;
  return {
    scanner,
    rule_id: ruleId,
    fingerprint,
    ...(cwe === undefined ? {} : { cwe }),
    ...(isShown ? { line_context: lineContext } : {}),
  };
}
