import type { Comparison } from '../findings';
import { keysIn } from '../findings';
import { isOwn, type Author, type Comment } from './comment';
import { saysSame, scannersIn, type LineComment } from './line-comment';

/** What to do about the comments on lines. */
export interface ReviewPlan {
  readonly post: readonly LineComment[];
  readonly edit: readonly { readonly id: number; readonly body: string }[];
}

export interface ReviewWish {
  readonly comments: readonly LineComment[];
  readonly comparison: Comparison;
  /** Of the job. */
  readonly marker: string;
  readonly self: Author;
  /** Of the head, shortened. */
  readonly commit: string;
}

const RESOLVED = '<!-- securescan:resolved -->';
const SUGGESTION = /^(`{3,})suggestion$/gm;
const FOOTNOTES = /(?:\s*<!-- securescan:(?:fp|job|by):[^>]* -->)+\s*$/;

/**
 * What is told already is left alone, wherever its line has gone by now: a second comment would be noise, and the first may have
 * answers. What is gone is said to be so, once, and only if whoever found it looked again. Nothing is removed. Pure.
 */
export function planReview(existing: readonly Comment[], wish: ReviewWish): ReviewPlan {
  const own = existing
    .filter((comment) => comment.answers === null && isOwn(comment, wish.self, wish.marker))
    .map((comment) => ({ comment, keys: keysIn(comment.body) }));
  const left = new Set(own);
  const post: LineComment[] = [];
  const edit: { id: number; body: string }[] = [];
  for (const wanted of wish.comments) {
    const told =
      [...left].find(
        ({ comment, keys }) =>
          keys.includes(wanted.keys[0] ?? '') &&
          (comment.path === null || comment.path === wanted.path),
      ) ?? [...left].find(({ keys }) => wanted.keys.every((key) => keys.includes(key)));
    if (told === undefined) post.push(wanted);
    else {
      left.delete(told);
      if (!saysSame(told.comment.body, wanted.body)) {
        edit.push({ id: told.comment.id, body: wanted.body });
      }
    }
  }
  for (const { comment, keys } of left) {
    const words = endOf(comment.body, keys, wish.comparison);
    if (words !== null && !comment.body.startsWith(RESOLVED)) {
      edit.push({ id: comment.id, body: resolved(comment.body, words, wish.commit) });
    }
  }
  return { post, edit };
}

/** Why nothing has to be done about a comment any more; `null` where something has, or nobody can say. */
function endOf(body: string, keys: readonly string[], comparison: Comparison): string | null {
  const standings = keys.map((key) => comparison.standings.get(key) ?? 'gone');
  if (standings.some((standing) => standing === 'new' || standing === 'not-assessed')) return null;
  if (standings.includes('gone')) {
    const scanners = scannersIn(body);
    const isSure = scanners?.every((scanner) => comparison.reliable.has(scanner)) ?? false;
    return isSure ? 'it is not there any more' : null;
  }
  return standings.includes('suppressed') ? 'it is suppressed' : 'the base has it, too';
}

/** What it said stays below, without its offers. */
function resolved(body: string, words: string, commit: string): string {
  const footnotes = FOOTNOTES.exec(body)?.[0].trim() ?? '';
  const said = body.replace(FOOTNOTES, '').replace(SUGGESTION, '$1text').trim();
  return [
    `${RESOLVED}\n**Resolved** in \`${commit}\`: ${words}.`,
    `<details>\n<summary>What it said</summary>\n\n${said}\n\n</details>`,
    footnotes,
  ].join('\n\n');
}
