import type { Severity } from '@securescan/contracts';
import { adviceOn } from '../model/advice';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { suppressionOf } from '../model/suppression';
import { originalSeverityOf } from '../policy/override-severity';
import type { SuppressionNotice } from '../suppression/suppression-notice';
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

const STATUS_WORDS: Readonly<Record<ScannerOutcome['status'], string>> = {
  completed: 'completed',
  failed: 'failed',
  timed_out: 'timed out',
  skipped: 'was skipped',
};

export const SEVERITY_LABELS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** How a text is shown: its emphasis, and how wide a line may be; `null` where it need not be cut. */
export interface TextStyle {
  readonly palette: Palette;
  readonly columns: number | null;
}

/** As files and pipes get it. */
export const PLAIN_STYLE: TextStyle = { palette: PLAIN_PALETTE, columns: null };

const PLACE_INDENT = '    ';
/** Below this a place says nothing any more. */
const MIN_PLACE_CHARACTERS = 20;

/** A finding in full: title, place, rule and what to do. */
export function findingLines(finding: Finding, { palette, columns }: TextStyle): string[] {
  const reporters = [...new Set(finding.aliases.map(({ scanner }) => scanner))].filter(
    (scanner) => scanner !== finding.scanner,
  );
  const also = reporters.length === 0 ? '' : `, also ${reporters.join(', ')}`;
  const original = originalSeverityOf(finding);
  const overruled = original === null ? '' : `, ${original} before the project's override`;
  const rule = `${finding.scanner} ${finding.ruleId}${finding.cwe === null ? '' : ` ${finding.cwe}`}${also}${overruled}`;
  const place = placeOf(finding);
  return [
    `  ${palette.strong(escapeControls(finding.title))}`,
    ...(place === null ? [] : [`${PLACE_INDENT}${cutPlace(escapeControls(place), columns)}`]),
    `    ${palette.faint(escapeControls(rule))}`,
    ...(finding.remediation === null ? [] : [`    Fix: ${escapeControls(finding.remediation)}`]),
    ...adviceLines(finding),
  ];
}

/** Marked as what it is, line by line. */
function adviceLines(finding: Finding): string[] {
  const advice = adviceOn(finding);
  if (advice === null) return [];
  const lines = advice.text.split('\n').map((line) => `      ${escapeControls(line)}`.trimEnd());
  return [`    Unchecked advice of the language model ${escapeControls(advice.model)}:`, ...lines];
}

/** `path:line`, or the path alone; `null` for a finding that is in no file. */
export function placeOf({ filePath, lineStart }: Finding): string | null {
  if (filePath === null) return null;
  return lineStart === null ? filePath : `${filePath}:${String(lineStart)}`;
}

/** Cut at its beginning, at a directory where there is one: the name of the file and the line are what people look for. */
function cutPlace(place: string, columns: number | null): string {
  if (columns === null) return place;
  const room = Math.max(columns - PLACE_INDENT.length, MIN_PLACE_CHARACTERS);
  if (place.length <= room) return place;
  const end = place.slice(1 - room);
  const directory = end.indexOf('/');
  return `…${directory === -1 ? end.toWellFormed() : end.slice(directory)}`;
}

/** A finding in one line, for lists where nothing has to be done. */
export function findingLine(finding: Finding): string {
  const place = placeOf(finding);
  const where = place === null ? '' : `${place}  `;
  return escapeControls(`${where}${finding.scanner} ${finding.ruleId}: ${finding.title}`);
}

/** A suppressed finding in one line: where it is, and who decided so and why. */
export function suppressedLine(finding: Finding): string {
  const suppression = suppressionOf(finding);
  const reason = suppression?.reason ?? 'no reason given';
  const place = placeOf(finding) ?? finding.title;
  const kind = suppression?.kind ?? 'active';
  return escapeControls(`${place}  ${finding.scanner} ${finding.ruleId}, ${kind}: ${reason}`);
}

/** `1 finding`, `2 findings`. */
export function countOf(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** How a scanner ended, and why, in one line that is not escaped. */
export function outcomeText({ scanner, status, reason, installHint }: ScannerOutcome): string {
  const hint = installHint === null ? '' : ` (${installHint})`;
  return `${scanner} ${STATUS_WORDS[status]}: ${reason ?? 'no reason given'}${hint}`;
}

/** A notice in one line. */
export function noticeLine({ kind, filePath, line, message }: SuppressionNotice): string {
  const place = `${filePath ?? 'configuration'}:${String(line)}`;
  return escapeControls(`${place}  ${kind}: ${message}`);
}
