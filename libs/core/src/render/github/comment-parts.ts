import { SEVERITIES, type Severity } from '@securescan/contracts';
import type { Finding } from '../../model/finding';
import { SUPPRESSION_KINDS, suppressionOf } from '../../model/suppression';
import { codeSpan, cutText, markdownText, utf8Length } from '../markdown-text';
import { SEVERITY_LABELS } from '../text-parts';
import { fillSections, MAX_BODY_BYTES, type Section } from './sections';

const MAX_REASON = 300;
const MAX_SCANNERS = 30;
/** For the line that tells what was left out. */
const TAIL_BYTES = 1_000;
/** What can stand in a line of a shell as it is. */
const PLAIN_WORD = /^[\w./@:~+,][\w./@:~+,-]{0,199}$/;

/** Ranks of the sections: what somebody has to see comes first. */
export const RANKS = { worst: 0, silenced: 1, new: 2, rest: 3 } as const;

/** What surrounds the sections of a comment. */
export interface CommentFrame {
  /** The first line, by which whoever posts comments finds it again. */
  readonly marker: string;
  /** Blocks of Markdown above the sections. */
  readonly head: readonly string[];
  /** Blocks below them. */
  readonly foot: readonly string[];
}

/** A whole comment: never longer than GitHub takes. */
export function* commentChunks(
  { marker, head, foot }: CommentFrame,
  sections: readonly Section[],
): Generator<string> {
  const above = `${marker}\n\n${head.join('\n\n')}\n`;
  const below = foot.map((block) => `\n${block}\n`).join('');
  const bytes = MAX_BODY_BYTES - TAIL_BYTES - utf8Length(above) - utf8Length(below);
  const { chunks, missing } = fillSections(sections, bytes);
  yield above;
  yield* chunks;
  if (missing.length > 0) {
    const words = missing.map(({ title, count }) => `${String(count)} ${title.toLowerCase()}`);
    yield `\n**Left out for length:** ${words.join(', ')}. The reports as JSON and SARIF hold all of them.\n`;
  }
  yield below;
}

/** A section for each severity, those that are likely to be acted on unfolded. */
export function severitySections(
  findings: readonly Finding[],
  render: (finding: Finding) => string,
): Section[] {
  return SEVERITIES.map((severity) => {
    const isWorst = severity === 'critical' || severity === 'high';
    return {
      title: SEVERITY_LABELS[severity],
      isOpen: isWorst,
      rank: isWorst ? RANKS.worst : RANKS.new,
      items: findings
        .filter((finding) => finding.severity === severity)
        .map((finding) => () => render(finding)),
    };
  });
}

/** A table of counts: a row for each severity that has any, and the sums. */
export function severityTable(
  columns: readonly (readonly [title: string, counts: Readonly<Record<Severity, number>>])[],
): string {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const severities = SEVERITIES.filter((severity) =>
    columns.some(([, counts]) => counts[severity] > 0),
  );
  return [
    row(['Severity', ...columns.map(([title]) => title)]),
    row(['---', ...columns.map(() => '---:')]),
    ...severities.map((severity) =>
      row([SEVERITY_LABELS[severity], ...columns.map(([, counts]) => counts[severity])]),
    ),
    row(['**All**', ...columns.map(([, counts]) => sum(Object.values(counts)))]),
  ].join('\n');
}

/** `3 (2 inline, 1 baseline)`; the total is given where only some of them are at hand. */
export function suppressedCount(findings: readonly Finding[], total = findings.length): string {
  const kinds = SUPPRESSION_KINDS.map((kind) => {
    const count = findings.filter((finding) => suppressionOf(finding)?.kind === kind).length;
    return { kind, count };
  }).filter(({ count }) => count > 0);
  const words = kinds.map(({ kind, count }) => `${String(count)} ${kind}`);
  return `${String(total)}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}

/** Scanners and what became of them, an item each, as far as a comment has room. */
export function scannerList(
  scanners: readonly { readonly name: string; readonly words: string }[],
): string {
  const shown = scanners
    .slice(0, MAX_SCANNERS)
    .map(({ name, words }) => `- ${markdownText(cutText(`${name} ${words}`, MAX_REASON))}`);
  const rest = scanners.length - shown.length;
  return [...shown, ...(rest > 0 ? [`- ${String(rest)} more`] : [])].join('\n');
}

/** How to see the same on one's own machine; nothing where a word would need quoting. */
export function reproduceHint(words: readonly (string | null)[]): string[] {
  const line = words.filter((word) => word !== null);
  if (!line.every((word) => word.startsWith('--') || PLAIN_WORD.test(word))) return [];
  return [`See the same on your machine: ${codeSpan(['securescan', ...line].join(' '))}`];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
