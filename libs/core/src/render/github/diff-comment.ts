import { countBySeverity } from '../../severity/severity-rank';
import { isDiffComplete, type DiffDocument, type DiffEnd } from '../diff-document';
import { cutText, markdownText } from '../markdown-text';
import { countOf, SEVERITY_LABELS } from '../text-parts';
import {
  commentChunks,
  RANKS,
  reproduceHint,
  scannerList,
  severitySections,
  severityTable,
  suppressedCount,
} from './comment-parts';
import {
  findingItem,
  findingLineItem,
  noticeItem,
  suppressedItem,
  type ItemOptions,
} from './finding-markdown';
import type { GitHubPlace } from './github-place';
import type { Section } from './sections';

const SHORT_COMMIT = 12;
const MAX_NAME = 200;
const MAX_LINE = 300;

/** The words that a command has for what came, went and stayed. */
export const COMPARISON_WORDS = {
  diff: { new: 'New', fixed: 'Fixed', unchanged: 'unchanged' },
  compare: {
    new: 'New since the baseline',
    fixed: 'Disappeared since the baseline',
    unchanged: 'still present',
  },
} as const;

/**
 * A comparison as the comment of a pull request, in GitHub's Markdown: at most 65,536 bytes, what is new in full and the worst
 * first. Where nothing came, went or is to be told it is the marker and one line.
 */
export function* diffCommentChunks(
  document: DiffDocument,
  github: GitHubPlace = {},
): Generator<string> {
  const marker = `<!-- securescan:${document.command} -->`;
  if (isQuiet(document)) {
    yield `${marker}\n_${quietLine(document)}_\n`;
    return;
  }
  const frame = { marker, head: comparisonHead(document), foot: footBlocks(document) };
  yield* commentChunks(frame, sectionsOf(document, placeOfComparison(document, github)));
}

/** Links to the commits that were compared, where nobody says otherwise. */
export function placeOfComparison({ head, base }: DiffDocument, github: GitHubPlace): GitHubPlace {
  return {
    ...github,
    headCommit: github.headCommit ?? head.commit ?? undefined,
    baseCommit: github.baseCommit ?? base.commit ?? undefined,
  };
}

function isQuiet({ diff, notices, pendingPolicy }: DiffDocument): boolean {
  const told = [diff.new, diff.fixed, diff.notAssessed, diff.newlySuppressed];
  const isSame = diff.unchanged.every(({ previousSeverity }) => previousSeverity === null);
  const isEmpty = [...told, notices, pendingPolicy].every(({ length }) => length === 0);
  return isEmpty && isSame && isDiffComplete(diff);
}

function quietLine({ command, diff }: DiffDocument): string {
  const words = COMPARISON_WORDS[command];
  const first = command === 'diff' ? 'Nothing new, nothing fixed' : 'No drift from the baseline';
  return `${first}: ${String(diff.unchanged.length)} ${words.unchanged}, ${suppressedCount(diff.suppressed)} suppressed.`;
}

/** Blocks of Markdown: heading, counts and what is missing. */
export function comparisonHead(document: DiffDocument): string[] {
  const { diff, command } = document;
  const words = COMPARISON_WORDS[command];
  return [
    `## SecureScan: ${headingText(document)}`,
    severityTable([
      [words.new, countBySeverity(diff.new)],
      [words.fixed, countBySeverity(diff.fixed)],
    ]),
    countsLine(document),
    ...incompleteBlocks(document),
  ];
}

function headingText({ diff, command }: DiffDocument): string {
  const count = diff.new.length;
  const since = command === 'compare' ? ' since the baseline' : '';
  return count === 0 ? `nothing new${since}` : `${countOf(count, 'new finding')}${since}`;
}

function countsLine({ diff, command }: DiffDocument): string {
  const changed = diff.unchanged.filter(({ previousSeverity }) => previousSeverity !== null).length;
  const unchanged = `${String(diff.unchanged.length)} ${COMPARISON_WORDS[command].unchanged}`;
  return [
    changed === 0 ? unchanged : `${unchanged} (${String(changed)} of another severity)`,
    `newly suppressed: ${suppressedCount(diff.newlySuppressed)}`,
    `suppressed as before: ${suppressedCount(diff.suppressed)}`,
    `not assessed: ${String(diff.notAssessed.length)}`,
  ].join(' · ');
}

function incompleteBlocks({ diff }: DiffDocument): string[] {
  const missing = diff.scanners.filter(({ isIncomplete }) => isIncomplete);
  const skipped = diff.scanners.filter(
    ({ isIncomplete, reason }) => !isIncomplete && reason !== null,
  );
  const others = diff.scanners.filter(({ hasOtherRules }) => hasOtherRules);
  const list = (scanners: typeof missing, words: string): string =>
    scannerList(
      scanners.map(({ scanner, reason }) => ({
        name: scanner,
        words: reason === null ? words : `${words}: ${reason}`,
      })),
    );
  return [
    ...(isDiffComplete(diff)
      ? []
      : [
          '**The comparison is incomplete.** What these scanners would have said is missing:',
          missing.length === 0
            ? '- no scanner completed on both sides'
            : list(missing, 'could not be compared'),
        ]),
    ...(skipped.length === 0
      ? []
      : ['Ran on neither side:', list(skipped, 'was left out on both sides')]),
    ...(others.length === 0
      ? []
      : [
          'What is new may be new to the rules alone:',
          list(others, 'had other rules on the two sides'),
        ]),
  ];
}

function sectionsOf(document: DiffDocument, github: GitHubPlace): Section[] {
  const { diff, command, showsSuppressed, notices, pendingPolicy } = document;
  const atHead = { github, side: 'head' } as const;
  const atBase = { github, side: 'base' } as const;
  const folded = { isOpen: false, rank: RANKS.rest };
  return [
    ...severitySections(diff.new, (finding) => findingItem(finding, atHead)),
    {
      title: 'Newly suppressed',
      isOpen: false,
      rank: RANKS.silenced,
      items: showsSuppressed
        ? diff.newlySuppressed.map((finding) => () => suppressedItem(finding, atHead))
        : [],
    },
    {
      ...folded,
      title: COMPARISON_WORDS[command].fixed,
      items: diff.fixed.map((finding) => () => findingLineItem(finding, atBase)),
    },
    { ...folded, title: 'Of another severity', items: severityItems(document, atHead) },
    {
      ...folded,
      title: 'Not assessed',
      items: diff.notAssessed.map(
        ({ finding, side }) =>
          () =>
            findingLineItem(finding, { github, side, label: `only at ${side}:` }),
      ),
    },
    {
      ...folded,
      title: 'About suppressions',
      items: notices.map((notice) => () => noticeItem(notice)),
    },
    {
      ...folded,
      title: 'Policy that takes effect after the merge',
      items: pendingPolicy.map((line) => () => `- ${markdownText(cutText(line, MAX_LINE))}\n`),
    },
  ];
}

function severityItems({ diff }: DiffDocument, options: ItemOptions): (() => string)[] {
  return diff.unchanged.flatMap(({ finding, previousSeverity }) => {
    if (previousSeverity === null) return [];
    const label = `${SEVERITY_LABELS[previousSeverity]} is ${finding.severity} now:`;
    return [() => findingLineItem(finding, { ...options, label })];
  });
}

function footBlocks(document: DiffDocument): string[] {
  const { base, head, policy, diff } = document;
  const compared = diff.scanners.filter(({ reason }) => reason === null);
  const names = compared.map(({ scanner }) => scanner).join(', ');
  const facts = [
    `Compared: ${endText(base)} with ${endText(head)}`,
    `by ${markdownText(cutText(names === '' ? 'no scanner' : names, MAX_LINE))}`,
    `policy: ${markdownText(cutText(policy, MAX_LINE))}`,
  ];
  return [facts.join(' · '), ...reproduceHint(commandWords(document))];
}

function endText({ name, commit }: DiffEnd): string {
  const shown = markdownText(cutText(name, MAX_NAME));
  if (commit === null || commit === name) return shown;
  return `${shown} (\`${commit.slice(0, SHORT_COMMIT)}\`)`;
}

function commandWords({ command, base, head, target }: DiffDocument): (string | null)[] {
  const place = target === '.' ? null : target;
  if (command === 'compare') return ['compare', base.name, place];
  if (base.commit === null || head.commit === null) {
    return ['diff', '--base-snapshot', base.name, '--head-snapshot', head.name];
  }
  return ['diff', '--base-ref', base.commit, '--head-ref', head.commit, place];
}
