import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';
import { assertNever } from '../errors';
import type { ScannerOutcome } from '../model/outcome';
import { isActive } from '../model/suppression';
import { riskBand } from '../severity/risk-score';
import type { ScanDocument } from './document';
import { escapeControls } from './escape-controls';
import {
  countOf,
  findingLines,
  noticeLine,
  PLAIN_PALETTE,
  SEVERITY_LABELS,
  suppressedLine,
  type Palette,
} from './text-parts';

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
      yield `${palette.severity(severity, `${SEVERITY_LABELS[severity]} (${String(count)})`)}\n\n`;
    }
    yield `${findingLines(finding, palette).join('\n')}\n\n`;
  }
  yield* suppressedChunks(document, palette);
  yield* noticeChunks(document, palette);
  yield `${summaryLines(document, palette).join('\n')}\n`;
}

/** What somebody decided not to count, a line each. */
function* suppressedChunks(document: ScanDocument, palette: Palette): Generator<string> {
  const suppressed = document.findings.filter((finding) => !isActive(finding));
  if (suppressed.length === 0) return;
  yield `${palette.strong(`Suppressed (${String(suppressed.length)})`)}\n\n`;
  for (const finding of suppressed) yield `  ${palette.faint(suppressedLine(finding))}\n`;
  yield '\n';
}

function* noticeChunks({ notices }: ScanDocument, palette: Palette): Generator<string> {
  if (notices.length === 0) return;
  yield `${palette.strong(`About suppressions (${String(notices.length)})`)}\n\n`;
  for (const notice of notices) yield `  ${noticeLine(notice)}\n`;
  yield '\n';
}

function summaryLines(document: ScanDocument, palette: Palette): string[] {
  const { summary, outcomes } = document;
  const counts = SEVERITIES.map((severity) =>
    palette.severity(severity, `${String(summary.bySeverity[severity])} ${severity}`),
  );
  const total = countOf(summary.totalFindings, 'finding');
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
