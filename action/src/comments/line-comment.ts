import { SEVERITIES } from '@securescan/contracts';
import { codeSpan, listOf, objectOf, textOf } from '@securescan/core';
import { keysIn, markerOf, type Comparison, type ReportedFinding } from '../findings';
import { isSameText } from './comment';

/** A comment that this run wants to have on a line. */
export interface LineComment {
  /** Line and path as GitHub's API takes them. */
  readonly place: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly body: string;
  /** Of all findings that it tells of, the worst of its line first. */
  readonly keys: readonly string[];
}

/** What a review says, by the report that was written for it. */
export interface ReviewReport {
  readonly body: string;
  readonly commit: string;
  readonly comments: readonly LineComment[];
}

export interface CommentLimits {
  /** In all. */
  readonly most: number;
  /** Of one rule; the last of them names the places of the others. */
  readonly ofOneRule: number;
}

export interface KeptComments {
  readonly comments: readonly LineComment[];
  /** Findings for which there was no room. */
  readonly unplaced: readonly string[];
}

const SCANNERS = /<!-- securescan:by:([\w.,-]{1,1000}) -->/;
const FIRST_MARKER = /<!-- securescan:fp:/;
const SERVER_LINK = /\[On the server\]\([^)\s]*\)\n\n/;

/** Reads the report `github-review`. */
export function reviewReportOf(value: unknown): ReviewReport {
  const review = objectOf(value);
  return {
    body: textOf(review['body']) ?? '',
    commit: textOf(review['commit_id']) ?? '',
    comments: listOf(review['comments']).map((item) => {
      const { body, ...place } = objectOf(item);
      const text = textOf(body) ?? '';
      return { place, path: textOf(place['path']) ?? '', body: text, keys: keysIn(text) };
    }),
  };
}

/**
 * As few comments as tell everything: the worst first, a few of each rule, whose last one lists the other places, and no more
 * than there is room for. The same report gives the same comments. Pure.
 */
export function keptComments(
  comments: readonly LineComment[],
  comparison: Comparison,
  limits: CommentLimits,
): KeptComments {
  const { found } = comparison;
  const byRule = new Map<string, LineComment[]>();
  for (const comment of [...comments].sort((a, b) => rankOf(a, found) - rankOf(b, found))) {
    const rule = ruleOf(comment, found);
    byRule.set(rule, [...(byRule.get(rule) ?? []), comment]);
  }
  const kept = [...byRule.values()]
    .flatMap((ofRule) => folded(ofRule, comparison, limits.ofOneRule))
    .sort((a, b) => rankOf(a, found) - rankOf(b, found));
  return {
    comments: kept.slice(0, limits.most),
    unplaced: kept.slice(limits.most).flatMap(({ keys }) => keys),
  };
}

/** With what later runs need to know: the job, and whose silence will mean that the finding is gone. */
export function withFootnotes(
  comment: LineComment,
  { found }: Comparison,
  footnotes: readonly string[],
): LineComment {
  const scanners = new Set(comment.keys.flatMap((key) => found.get(key)?.scanners ?? []));
  const by = [...scanners].filter((name) => /^[\w.-]+$/.test(name)).join(',');
  const lines = [...footnotes, ...(by === '' ? [] : [`<!-- securescan:by:${by} -->`])];
  return { ...comment, body: [comment.body, ...lines].join('\n') };
}

/** The scanners that a comment names; `null` where it names none. */
export function scannersIn(body: string): readonly string[] | null {
  return SCANNERS.exec(body)?.[1]?.split(',') ?? null;
}

/** With the way to the page where a verdict can be given; the address of a scan would be another one on each run. */
export function withServerLink(comment: LineComment, server: string): LineComment {
  const fingerprint = comment.keys[0]?.split(':')[0];
  if (fingerprint === undefined) return comment;
  const link = `[On the server](${server}/findings/${fingerprint})`;
  return { ...comment, body: withBlock(comment.body, link) };
}

/** Whether a comment says what is wanted. A server that cannot be reached is no reason to take the way to it out. */
export function saysSame(told: string, wanted: string): boolean {
  return isSameText(told, wanted) || isSameText(told.replace(SERVER_LINK, ''), wanted);
}

/** A block above the markers. */
function withBlock(body: string, block: string): string {
  const at = body.search(FIRST_MARKER);
  return at === -1 ? `${body}\n\n${block}` : `${body.slice(0, at)}${block}\n\n${body.slice(at)}`;
}

function folded(
  comments: readonly LineComment[],
  comparison: Comparison,
  limit: number,
): readonly LineComment[] {
  const shown = [...comments.slice(0, limit)];
  const rest = comments.slice(limit);
  const last = shown.pop();
  if (last === undefined || rest.length === 0) return comments;
  const keys = rest.flatMap((comment) => comment.keys);
  const places = keys.map(
    (key) => `- ${codeSpan(placeOf(comparison.found.get(key)))} ${markerOf(key)}`,
  );
  // A review has room for some, and the change may bring more.
  const others = untoldOfRule(ruleOf(last, comparison.found), comments, comparison);
  if (others > 0) places.push(`- and ${String(others)} more`);
  const count = keys.length + others;
  const block = `<details>\n<summary>The same rule in ${String(count)} more ${count === 1 ? 'place' : 'places'}</summary>\n\n${places.join('\n')}\n\n</details>`;
  const body = withBlock(last.body, block);
  return [...shown, { ...last, body, keys: [...last.keys, ...keys] }];
}

function untoldOfRule(
  rule: string,
  comments: readonly LineComment[],
  { found, standings }: Comparison,
): number {
  const told = new Set(comments.flatMap(({ keys }) => keys));
  return [...found].filter(
    ([key, finding]) =>
      standings.get(key) === 'new' && ruleIdOf(finding) === rule && !told.has(key),
  ).length;
}

function placeOf(finding: ReportedFinding | undefined): string {
  const line = finding?.line ?? null;
  return `${finding?.filePath ?? ''}${line === null ? '' : `:${String(line)}`}`;
}

function ruleOf({ keys }: LineComment, found: Comparison['found']): string {
  return ruleIdOf(found.get(keys[0] ?? ''));
}

function ruleIdOf(finding: ReportedFinding | undefined): string {
  return JSON.stringify([finding?.scanner, finding?.ruleId]);
}

function rankOf({ keys }: LineComment, found: Comparison['found']): number {
  return SEVERITIES.indexOf(found.get(keys[0] ?? '')?.severity ?? 'info');
}
