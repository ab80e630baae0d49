import { DefectError } from '../../errors';
import type { Finding } from '../../model/finding';
import { isActive } from '../../model/suppression';
import { compareCodePoints } from '../../order/compare-code-points';
import { utf8Length } from '../markdown-text';
import type { DiffDocument } from '../diff-document';
import { countOf } from '../text-parts';
import { commentChunks, severitySections } from './comment-parts';
import { COMPARISON_WORDS, comparisonHead, placeOfComparison } from './diff-comment';
import { findingItem, findingLineItem } from './finding-markdown';
import type { GitHubPlace } from './github-place';
import {
  findingMarker,
  reviewComment,
  type LineFindings,
  type ReviewComment,
} from './review-comment';
import type { ReviewEvent, ReviewRequest } from './review-request';
import type { LineRange } from './reviewable-lines';
import { MAX_BODY_BYTES } from './sections';

/** More than this nobody reads, and GitHub may refuse. */
const MAX_COMMENTS = 50;
/** Of the files in which suggestions are proved, one after the other: about five seconds of work. */
const MAX_PROVED_CHARACTERS = 3_000_000;
/** On one line. */
const MAX_FINDINGS = 10;

/** A review as GitHub's API takes it, its keys in the order of their names. */
interface ReviewBody {
  readonly body: string;
  readonly comments: readonly ReviewComment[];
  readonly commit_id: string;
  readonly event: ReviewEvent;
}

/**
 * A comparison as the review of a pull request: what is new on the lines that the pull request shows, the rest in the body. JSON,
 * two spaces, one newline at the end.
 */
export function* reviewChunks(
  document: DiffDocument,
  options: ReviewRequest & { readonly github?: GitHubPlace | undefined } = {},
): Generator<string> {
  yield `${JSON.stringify(reviewOf(document, options), null, 2)}\n`;
}

function reviewOf(
  document: DiffDocument,
  request: ReviewRequest & { readonly github?: GitHubPlace | undefined },
): ReviewBody {
  const { event = 'COMMENT', hasSuggestions = false, lines = NOTHING, texts } = request;
  const commit = request.commit ?? document.head.commit;
  if (commit === null)
    throw new DefectError('INVARIANT_BROKEN', 'A review needs the commit that it is about.');
  const active = document.diff.new.filter(isActive);
  const groups = placedFindings(active, lines);
  let left = MAX_PROVED_CHARACTERS;
  const comments = groups.map((group) => {
    const text = texts?.get(group.filePath) ?? null;
    left -= text?.length ?? 0;
    const readable = left >= 0 ? text : null;
    return { group, comment: reviewComment(group, { text: readable, hasSuggestions }) };
  });
  const posted = comments.filter(({ comment }) => utf8Length(comment.body) <= MAX_BODY_BYTES);
  const placed = new Set(posted.flatMap(({ group }) => group.findings));
  const github = placeOfComparison(document, { ...request.github, headCommit: commit });
  return {
    body: bodyOf(document, github, {
      placed: placed.size,
      comments: posted.length,
      others: active.filter((finding) => !placed.has(finding)),
    }),
    comments: posted.map(({ comment }) => comment),
    commit_id: commit,
    event,
  };
}

type LinesOfFiles = NonNullable<ReviewRequest['lines']>;

const NOTHING: LinesOfFiles = new Map();

/** By file and line, as many as there is room for, the worst taken first. */
function placedFindings(
  findings: readonly Finding[],
  lines: LinesOfFiles,
): readonly LineFindings[] {
  const groups = new Map<string, LineFindings>();
  for (const finding of findings) {
    const place = placeOf(finding, lines);
    if (place === null) continue;
    const key = `${String(place.line)}:${place.filePath}`;
    const known = groups.get(key);
    if (known === undefined && groups.size < MAX_COMMENTS) {
      groups.set(key, { ...place, findings: [finding] });
    } else if (known !== undefined && known.findings.length < MAX_FINDINGS) {
      const lastLine = Math.max(known.lastLine, place.lastLine);
      groups.set(key, { ...known, lastLine, findings: [...known.findings, finding] });
    }
  }
  return [...groups.values()].sort(
    (a, b) => compareCodePoints(a.filePath, b.filePath) || a.line - b.line,
  );
}

/** The lines of a finding within one hunk; `null` where none shows its first one. */
function placeOf(
  { filePath, lineStart, lineEnd }: Finding,
  lines: LinesOfFiles,
): Omit<LineFindings, 'findings'> | null {
  if (filePath === null || lineStart === null) return null;
  const hunk = hunkAt(lineStart, lines.get(filePath) ?? []);
  if (hunk === null) return null;
  const lastLine = Math.min(hunk.end, Math.max(lineStart, lineEnd ?? lineStart));
  return { filePath, line: lineStart, lastLine };
}

function hunkAt(line: number, hunks: readonly LineRange[]): LineRange | null {
  return hunks.find(({ start, end }) => line >= start && line <= end) ?? null;
}

interface Told {
  readonly placed: number;
  readonly comments: number;
  /** What is new and on no line of the pull request. */
  readonly others: readonly Finding[];
}

function bodyOf(
  document: DiffDocument,
  github: GitHubPlace,
  { placed, comments, others }: Told,
): string {
  const { diff, command } = document;
  const atHead = { github, side: 'head' } as const;
  const where = `On lines of this change: ${String(placed)} in ${countOf(comments, 'comment')} · below: ${String(others.length)}`;
  const frame = {
    marker: `<!-- securescan:${command}-review -->`,
    head: [...comparisonHead(document), where],
    foot: [],
  };
  const sections = [
    ...severitySections(others, (finding) => marked(findingItem(finding, atHead), finding)),
    {
      title: COMPARISON_WORDS[command].fixed,
      isOpen: false,
      rank: 3,
      items: diff.fixed.map((finding) => () => findingLineItem(finding, { github, side: 'base' })),
    },
    {
      title: 'Not assessed',
      isOpen: false,
      rank: 3,
      items: diff.notAssessed.map(({ finding, side }) => () => {
        const label = `only at ${side}:`;
        return marked(findingLineItem(finding, { github, side, label }), finding);
      }),
    },
  ];
  return [...commentChunks(frame, sections)].join('');
}

/** Within its item, so that whoever posts reviews knows that the finding is still there although its line is not shown. */
function marked(item: string, finding: Finding): string {
  return `${item.trimEnd()} ${findingMarker(finding)}\n`;
}
