import { SEVERITIES, type Severity } from '@securescan/contracts';
import type { Finding } from '../../model/finding';
import { suggestIgnore } from '../../suppression/suggest-ignore';
import { codeFence } from '../markdown-text';
import { SEVERITY_LABELS } from '../text-parts';
import { ruleLine, textLines, titleOf } from './finding-markdown';

/** Passwords and keys that stand in the code, or unprotected elsewhere. */
const SECRET_WEAKNESSES: ReadonlySet<string> = new Set(
  [256, 257, 259, 260, 312, 321, 522, 798].map((number) => `CWE-${String(number)}`),
);
const SECRET_RULE = /secret|passw|credential|token|(?:private|api|access)[-_.]?key/i;

/** Findings that begin on one line of a file, the worst first. */
export interface LineFindings {
  readonly filePath: string;
  readonly line: number;
  /** Of the longest of them, within the hunk. */
  readonly lastLine: number;
  readonly findings: readonly Finding[];
}

/** A comment of a review as GitHub's API takes it, its keys in the order of their names. */
export interface ReviewComment {
  readonly body: string;
  readonly line: number;
  readonly path: string;
  readonly side: 'RIGHT';
  readonly start_line?: number;
  readonly start_side?: 'RIGHT';
}

/** By which whoever posts reviews finds the comment on a finding again. */
export function findingMarker({ fingerprint, occurrence }: Finding): string {
  const copy = occurrence > 1 ? `:${String(occurrence)}` : '';
  // A stored scan is a file that anybody may have written.
  const digits = fingerprint.toLowerCase().replace(/[^\da-f]/g, '');
  return `<!-- securescan:fp:${digits}${copy} -->`;
}

/** The comment on all findings of a line. With the text of the file it may offer to ignore them. */
export function reviewComment(
  group: LineFindings,
  { text, hasSuggestions }: { readonly text: string | null; readonly hasSuggestions: boolean },
): ReviewComment {
  const { filePath, line, lastLine, findings } = group;
  const replacement = hasSuggestions && text !== null ? replacementOf(group, text) : null;
  const blocks = [
    ...findings.map(findingBlock),
    ...(replacement === null ? [] : [suggestionBlock(replacement)]),
    ...(hasSuggestions ? pinBlocks(findings) : []),
    findings.map(findingMarker).join('\n'),
  ];
  // A suggestion replaces all lines of its comment.
  const isRange = lastLine > line && replacement === null;
  return {
    body: blocks.join('\n\n'),
    line: isRange ? lastLine : line,
    path: filePath,
    side: 'RIGHT',
    ...(isRange ? { start_line: line, start_side: 'RIGHT' } : {}),
  };
}

function findingBlock(finding: Finding): string {
  const number = /^CWE-(\d{1,6})$/.exec(finding.cwe ?? '')?.[1];
  const weakness =
    number === undefined
      ? ''
      : ` · [what it is](https://cwe.mitre.org/data/definitions/${number}.html)`;
  return [
    `**${SEVERITY_LABELS[finding.severity]}: ${titleOf(finding)}**`,
    `${ruleLine(finding)}${weakness}`,
    ...textLines(finding),
  ].join('\\\n');
}

function suggestionBlock(replacement: string): string {
  const fence = codeFence(replacement);
  return `If this is no defect, this suggestion ignores it on this line; a \`reason="…"\` behind it tells others why.\n\n${fence}suggestion\n${replacement}\n${fence}`;
}

/** Every reporter's rule: a merged finding is suppressed only if all of them are. */
function replacementOf({ filePath, line, findings }: LineFindings, text: string): string | null {
  if (!findings.every((finding) => isShown(finding, text))) return null;
  const rules = findings.flatMap(({ ruleId, aliases }) => [
    ruleId,
    ...aliases.map((alias) => alias.ruleId),
  ]);
  return suggestIgnore({ text, filePath, line, rules: [...new Set(rules)] });
}

/**
 * Whether the finding's line is the one that was scanned, and holds nothing that must not be shown: the stored code, which is
 * without secrets, has it byte by byte. Of what may stand beside secrets no code is stored.
 */
function isShown(finding: Finding, text: string): boolean {
  const { metadata, lineStart } = finding;
  const { snippet } = metadata;
  if (lineStart === null || isAboutSecrets(finding)) return false;
  if (snippet === null || typeof snippet !== 'object' || Array.isArray(snippet)) return false;
  const { start_line: start, lines } = snippet;
  if (typeof start !== 'number' || !Array.isArray(lines)) return false;
  const line = text.split('\n')[lineStart - 1]?.replace(/\r+$/, '');
  return line !== undefined && lines[lineStart - start] === line;
}

/** What another tool takes for a secret may look like one to nobody else. */
function isAboutSecrets({ cwe, aliases }: Finding): boolean {
  if (cwe !== null && SECRET_WEAKNESSES.has(cwe)) return true;
  return aliases.some(({ scanner, ruleId }) => scanner === 'secrets' || SECRET_RULE.test(ruleId));
}

/** For findings that are real and matter less here. Not a suggestion: it belongs into another file. */
function pinBlocks(findings: readonly Finding[]): string[] {
  const pins = new Map<string, Severity>();
  for (const { ruleId, severity } of findings) {
    const lower = SEVERITIES[SEVERITIES.indexOf(severity) + 1];
    const isWritable = /^[\x20-\x7e]{1,300}$/.test(ruleId) && !ruleId.includes('<!--');
    if (lower !== undefined && isWritable && !pins.has(ruleId)) pins.set(ruleId, lower);
  }
  if (pins.size === 0) return [];
  const lines = [...pins].map(([rule, severity]) => `  ${JSON.stringify(rule)}: ${severity}`);
  const yaml = ['severity_overrides:', ...lines].join('\n');
  const fence = codeFence(yaml);
  return [
    `If the rule matters less in this project, say so in \`.securescan.yml\`:\n\n${fence}yaml\n${yaml}\n${fence}`,
  ];
}
