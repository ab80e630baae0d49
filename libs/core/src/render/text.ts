import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';
import { assertNever } from '../errors';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { isActive, suppressionOf } from '../model/suppression';
import { riskBand } from '../severity/risk-score';
import type { ScanDocument } from './document';
import { escapeControls } from './escape-controls';

/** How a terminal emphasises. Every function gets finished text and may only add to it. */
export interface Palette {
  readonly severity: (severity: Severity, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** No emphasis: files, pipes and terminals without colour. */
export const PLAIN_PALETTE: Palette = {
  severity: (_severity, text) => text,
  strong: (text) => text,
  faint: (text) => text,
};

const LABELS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** The report for people: findings by severity, then counts, score and the scanners that did not complete. */
export function renderText(document: ScanDocument, palette: Palette = PLAIN_PALETTE): string {
  return [...textChunks(document, palette)].join('');
}

/** The same text in pieces of whole lines. */
export function* textChunks(
  document: ScanDocument,
  palette: Palette = PLAIN_PALETTE,
): Generator<string> {
  let severity: Severity | null = null;
  for (const finding of document.findings.filter(isActive)) {
    if (finding.severity !== severity) {
      severity = finding.severity;
      const count = document.summary.bySeverity[severity];
      yield `${palette.severity(severity, `${LABELS[severity]} (${String(count)})`)}\n\n`;
    }
    yield `${findingLines(finding, palette).join('\n')}\n\n`;
  }
  yield* suppressedChunks(document, palette);
  yield `${summaryLines(document, palette).join('\n')}\n`;
}

/** What somebody decided not to count, a line each: it is never hidden altogether. */
function* suppressedChunks(document: ScanDocument, palette: Palette): Generator<string> {
  const { suppressedFindings } = document.summary;
  if (suppressedFindings === 0) return;
  yield `${palette.strong(`Suppressed (${String(suppressedFindings)})`)}\n\n`;
  for (const finding of document.findings) {
    const suppression = suppressionOf(finding);
    if (suppression === null) continue;
    const place = placeOf(finding) ?? finding.title;
    const reason = suppression.reason ?? 'no reason given';
    const line = `${place}  ${finding.scanner} ${finding.ruleId}, ${suppression.kind}: ${reason}`;
    yield `  ${palette.faint(escapeControls(line))}\n`;
  }
  yield '\n';
}

function findingLines(finding: Finding, palette: Palette): string[] {
  const reporters = [...new Set(finding.aliases.map(({ scanner }) => scanner))].filter(
    (scanner) => scanner !== finding.scanner,
  );
  const also = reporters.length === 0 ? '' : `, also ${reporters.join(', ')}`;
  const rule = `${finding.scanner} ${finding.ruleId}${finding.cwe === null ? '' : ` ${finding.cwe}`}${also}`;
  const place = placeOf(finding);
  return [
    `  ${palette.strong(escapeControls(finding.title))}`,
    ...(place === null ? [] : [`    ${escapeControls(place)}`]),
    `    ${palette.faint(escapeControls(rule))}`,
    ...(finding.remediation === null ? [] : [`    Fix: ${escapeControls(finding.remediation)}`]),
  ];
}

function placeOf({ filePath, lineStart }: Finding): string | null {
  if (filePath === null) return null;
  return lineStart === null ? filePath : `${filePath}:${String(lineStart)}`;
}

function summaryLines(document: ScanDocument, palette: Palette): string[] {
  const { summary, outcomes } = document;
  const counts = SEVERITIES.map((severity) =>
    palette.severity(severity, `${String(summary.bySeverity[severity])} ${severity}`),
  );
  const total = `${String(summary.totalFindings)} ${summary.totalFindings === 1 ? 'finding' : 'findings'}`;
  const hidden = summary.suppressedFindings;
  const suppressed = hidden === 0 ? '' : `; ${String(hidden)} suppressed`;
  const score = `${summary.riskScore.toFixed(1)} of 100 (${riskBand(summary.riskScore)})`;
  const unfinished = outcomes.filter(({ status }) => status !== 'completed');
  return [
    `${palette.strong(total)}: ${counts.join(', ')}${suppressed}`,
    `Risk score: ${score}`,
    `Scanners completed: ${summary.scannersRun.join(', ') || 'none'}`,
    ...(unfinished.length === 0 ? [] : ['Scanners not completed:']),
    ...unfinished.map((outcome) => `  ${escapeControls(outcomeText(outcome))}`),
  ];
}

function outcomeText(outcome: ScannerOutcome): string {
  const reason = outcome.reason ?? 'no reason given';
  const hint = outcome.installHint === null ? '' : ` (${outcome.installHint})`;
  return `${outcome.scanner} ${statusText(outcome.status)}: ${reason}${hint}`;
}

function statusText(status: ScannerOutcome['status']): string {
  switch (status) {
    case 'completed':
      return 'completed';
    case 'failed':
      return 'failed';
    case 'timed_out':
      return 'timed out';
    case 'skipped':
      return 'was skipped';
    default:
      return assertNever(status);
  }
}
