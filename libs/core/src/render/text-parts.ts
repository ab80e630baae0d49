import type { Severity } from '@securescan/contracts';
import type { Finding } from '../model/finding';
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

export const SEVERITY_LABELS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** A finding in full: title, place, rule and what to do. */
export function findingLines(finding: Finding, palette: Palette): string[] {
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
    ...(place === null ? [] : [`    ${escapeControls(place)}`]),
    `    ${palette.faint(escapeControls(rule))}`,
    ...(finding.remediation === null ? [] : [`    Fix: ${escapeControls(finding.remediation)}`]),
  ];
}

function placeOf({ filePath, lineStart }: Finding): string | null {
  if (filePath === null) return null;
  return lineStart === null ? filePath : `${filePath}:${String(lineStart)}`;
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

/** A notice in one line. */
export function noticeLine({ kind, filePath, line, message }: SuppressionNotice): string {
  const place = `${filePath ?? 'configuration'}:${String(line)}`;
  return escapeControls(`${place}  ${kind}: ${message}`);
}
