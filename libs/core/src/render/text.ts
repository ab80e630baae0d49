import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';
import { isActive } from '../model/suppression';
import { riskBand } from '../severity/risk-score';
import type { ScanDocument } from './document';
import { escapeControls } from './escape-controls';
import {
  countOf,
  findingLines,
  noticeLine,
  outcomeText,
  PLAIN_STYLE,
  SEVERITY_LABELS,
  suppressedLine,
  type Palette,
  type TextStyle,
} from './text-parts';

/** The report for people: findings by severity, then counts, score and the scanners that did not complete. */
export function renderText(document: ScanDocument, style: TextStyle = PLAIN_STYLE): string {
  return [...textChunks(document, style)].join('');
}

/** The same text in pieces of whole lines. */
export function* textChunks(
  document: ScanDocument,
  style: TextStyle = PLAIN_STYLE,
): Generator<string> {
  const { palette } = style;
  let severity: Severity | null = null;
  for (const finding of document.findings.filter(isActive)) {
    if (finding.severity !== severity) {
      severity = finding.severity;
      const count = document.summary.bySeverity[severity];
      yield `${palette.severity(severity, `${SEVERITY_LABELS[severity]} (${String(count)})`)}\n\n`;
    }
    yield `${findingLines(finding, style).join('\n')}\n\n`;
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
