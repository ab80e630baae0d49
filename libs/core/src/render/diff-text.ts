import { SEVERITIES } from '@securescan/contracts';
import type { ScannerComparison } from '../diff/scanner-coverage';
import type { Finding } from '../model/finding';
import { countBySeverity } from '../severity/severity-rank';
import type { DiffDocument, DiffEnd } from './diff-document';
import { escapeControls } from './escape-controls';
import {
  countOf,
  findingLine,
  findingLines,
  noticeLine,
  PLAIN_STYLE,
  SEVERITY_LABELS,
  suppressedLine,
  type Palette,
  type TextStyle,
} from './text-parts';

const SHORT_COMMIT = 12;

/** The words that a command has for what came, went and stayed. */
const WORDS = {
  diff: { new: 'New', fixed: 'Fixed', unchanged: 'unchanged' },
  compare: {
    new: 'New since the baseline',
    fixed: 'Disappeared since the baseline',
    unchanged: 'still present',
  },
} as const;

/** The comparison for people, in pieces of whole lines: what is new in full, the rest in lists, then the counts. */
export function* diffTextChunks(
  document: DiffDocument,
  style: TextStyle = PLAIN_STYLE,
): Generator<string> {
  const { diff } = document;
  const { palette } = style;
  const words = WORDS[document.command];
  yield* newChunks(diff.new, words.new, style);
  yield* listChunks(words.fixed, diff.fixed.map(findingLine), palette);
  if (document.showsSuppressed) {
    yield* listChunks('Newly suppressed', diff.newlySuppressed.map(suppressedLine), palette);
  }
  yield* listChunks('Of another severity', severityLines(document), palette);
  yield* listChunks(
    'Not assessed',
    diff.notAssessed.map(({ finding, side }) => `only at ${side}: ${findingLine(finding)}`),
    palette,
  );
  yield* listChunks('About suppressions', document.notices.map(noticeLine), palette);
  yield* listChunks(
    'Policy that takes effect after the merge',
    document.pendingPolicy.map(escapeControls),
    palette,
  );
  yield `${summaryLines(document, palette).join('\n')}\n`;
}

function* newChunks(
  findings: readonly Finding[],
  heading: string,
  style: TextStyle,
): Generator<string> {
  const { palette } = style;
  if (findings.length === 0) return;
  yield `${palette.strong(`${heading} (${String(findings.length)})`)}\n\n`;
  for (const finding of findings) {
    const { severity } = finding;
    yield `  ${palette.severity(severity, SEVERITY_LABELS[severity])}\n${findingLines(finding, style).join('\n')}\n\n`;
  }
}

function* listChunks(
  heading: string,
  lines: readonly string[],
  palette: Palette,
): Generator<string> {
  if (lines.length === 0) return;
  yield `${palette.strong(`${heading} (${String(lines.length)})`)}\n\n`;
  for (const line of lines) yield `  ${palette.faint(line)}\n`;
  yield '\n';
}

function severityLines({ diff }: DiffDocument): string[] {
  return diff.unchanged.flatMap(({ finding, previousSeverity }) =>
    previousSeverity === null
      ? []
      : [`${previousSeverity} is ${finding.severity} now: ${findingLine(finding)}`],
  );
}

function summaryLines(document: DiffDocument, palette: Palette): string[] {
  const { diff, base, head, policy } = document;
  const words = WORDS[document.command];
  const bySeverity = countBySeverity(diff.new);
  const severities = SEVERITIES.filter((severity) => bySeverity[severity] > 0).map((severity) =>
    palette.severity(severity, `${String(bySeverity[severity])} ${severity}`),
  );
  const counts = [
    `${String(diff.new.length)} ${words.new.toLowerCase()}${severities.length === 0 ? '' : ` (${severities.join(', ')})`}`,
    `${String(diff.fixed.length)} ${words.fixed.toLowerCase()}`,
    `${String(diff.unchanged.length)} ${words.unchanged}`,
  ];
  const unassessed = diff.notAssessed.length;
  return [
    palette.strong(`SecureScan ${document.command}: ${counts.join(', ')}`),
    `Suppressed: ${String(diff.newlySuppressed.length)} newly, ${String(diff.suppressed.length)} as before`,
    ...(unassessed === 0 ? [] : [`Not assessed: ${countOf(unassessed, 'finding')}`]),
    escapeControls(`Compared: ${endText(base)} with ${endText(head)}`),
    escapeControls(`Policy: ${policy}`),
    ...scannerLines(diff.scanners).map(escapeControls),
  ];
}

function endText({ name, commit }: DiffEnd): string {
  if (commit === null || commit === name) return name.slice(0, 200);
  return `${name} (${commit.slice(0, SHORT_COMMIT)})`;
}

function scannerLines(scanners: readonly ScannerComparison[]): string[] {
  const compared = scanners.filter(({ reason }) => reason === null).map(({ scanner }) => scanner);
  return [
    `Scanners compared: ${compared.join(', ') || 'none'}`,
    ...scanners.flatMap(({ scanner, reason, isIncomplete }) =>
      reason === null
        ? []
        : [
            `  ${scanner} ${isIncomplete ? 'could not be compared' : 'ran on neither side'}: ${reason}`,
          ],
    ),
    ...scanners
      .filter(({ hasOtherRules }) => hasOtherRules)
      .map(
        ({ scanner }) =>
          `  ${scanner} had other rules on the two sides: what is new may be new to the rules alone`,
      ),
  ];
}
