import type { Finding } from '../../model/finding';
import { suppressionOf } from '../../model/suppression';
import { originalSeverityOf } from '../../policy/override-severity';
import type { SuppressionNotice } from '../../suppression/suppression-notice';
import { codeSpan, cutText, inShort, markdownText } from '../markdown-text';
import { SEVERITY_LABELS } from '../text-parts';
import { placeMarkdown, type GitHubPlace, type Side } from './github-place';

const MAX_TITLE = 200;
const MAX_RULE = 120;
const MAX_NAME = 60;
const MAX_NAMES = 12;
const MAX_DESCRIPTION = 200;
const MAX_REMEDIATION = 400;
const MAX_REASON = 200;

/** What `findingItem` shows beside a finding. */
export interface ItemOptions {
  readonly github: GitHubPlace;
  readonly side: Side;
  /** Stands before the title: Markdown of ours. */
  readonly label?: string;
}

/** A finding in full as an item of a list: title, place, rule, what it is and what to do. Ends with a newline. */
export function findingItem(finding: Finding, { github, side }: ItemOptions): string {
  const place = placeMarkdown(finding, github, side);
  const lines = [
    `**${titleOf(finding)}**`,
    [...(place === null ? [] : [place]), ruleLine(finding)].join(' · '),
    ...textLines(finding),
  ];
  // Two spaces continue the item, and a backslash at the end of a line breaks it.
  return `- ${lines.join('\\\n  ')}\n`;
}

/** A finding in one line, as an item of a list where nothing has to be done. Ends with a newline. */
export function findingLineItem(finding: Finding, { github, side, label }: ItemOptions): string {
  const place = placeMarkdown(finding, github, side);
  const parts = [
    `${label ?? `${SEVERITY_LABELS[finding.severity]}:`} ${titleOf(finding)}`,
    ...(place === null ? [] : [place]),
    codeOf(finding.ruleId, MAX_RULE),
  ];
  return `- ${parts.join(' · ')}\n`;
}

/** A suppressed finding in one line: who decided so and why. */
export function suppressedItem(finding: Finding, options: ItemOptions): string {
  const suppression = suppressionOf(finding);
  const reason = suppression?.reason ?? 'no reason given';
  const line = findingLineItem(finding, options).trimEnd();
  return `${line} · ${suppression?.kind ?? 'active'}: ${markdownText(inShort(reason, MAX_REASON))}\n`;
}

/** A notice in one line. */
export function noticeItem({ kind, filePath, line, message }: SuppressionNotice): string {
  const place = codeSpan(`${cutText(filePath ?? 'configuration', MAX_REASON)}:${String(line)}`);
  return `- ${place} ${kind}: ${markdownText(cutText(message, MAX_DESCRIPTION))}\n`;
}

/** The title, cut; the rule where there is none. */
export function titleOf({ title, ruleId }: Finding): string {
  const shown = markdownText(cutText(title, MAX_TITLE));
  return shown || markdownText(cutText(ruleId, MAX_RULE)) || 'Finding';
}

/** Rule, reporters, weakness, controls and an overruled severity. */
export function ruleLine(finding: Finding): string {
  const others = [...new Set(finding.aliases.map(({ scanner }) => scanner))].filter(
    (scanner) => scanner !== finding.scanner,
  );
  const original = originalSeverityOf(finding);
  const reporters = `${codeOf(finding.ruleId, MAX_RULE)} of ${nameOf(finding.scanner)}`;
  return [
    others.length === 0 ? reporters : `${reporters}, also ${namesOf(others)}`,
    ...(finding.cwe === null ? [] : [nameOf(finding.cwe)]),
    namesOf(finding.complianceTags),
    ...(original === null ? [] : [`${original} before the project's override`]),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** What it is and what to do, each where it is known. */
export function textLines({ description, remediation }: Finding): string[] {
  const told = markdownText(inShort(description, MAX_DESCRIPTION));
  const fix = remediation === null ? '' : markdownText(cutText(remediation, MAX_REMEDIATION));
  return [...(told === '' ? [] : [told]), ...(fix === '' ? [] : [`_Fix:_ ${fix}`])];
}

/** A few words of strangers in code, cut. */
export function codeOf(text: string, limit: number): string {
  return codeSpan(cutText(text, limit));
}

function nameOf(name: string): string {
  return markdownText(cutText(name, MAX_NAME));
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(nameOf);
  const rest = names.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${String(rest)} more`] : [])].join(', ');
}
