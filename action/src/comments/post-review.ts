import { objectOf, textOf } from '@securescan/core';
import { keysIn, type Comparison } from '../findings';
import type { GitHubApi } from '../github/github-api';
import { GitHubError } from '../github/github-error';
import { commentOf, isOwn, type Author, type Comment } from './comment';
import type { LineComment, ReviewReport } from './line-comment';
import { planReview } from './plan-review';
import type { Place } from './summary-comment';

export interface ReviewOrder {
  readonly place: Place;
  readonly report: ReviewReport;
  /** The comments to have, footnotes and all. */
  readonly comments: readonly LineComment[];
  /** Findings for which there was no room among them. */
  readonly unplaced: number;
  readonly comparison: Comparison;
  readonly event: 'COMMENT' | 'REQUEST_CHANGES';
  /** Whether the review tells what stands on no line of the change: nothing else does. */
  readonly tellsTheRest: boolean;
  readonly marker: string;
  readonly self: Author;
}

export interface ReviewOutcome {
  readonly posted: number;
  readonly edited: number;
  /** Lines that GitHub takes no comment for. */
  readonly refused: number;
}

const SHORT_COMMIT = 7;
const REVIEW = '<!-- securescan:diff-review -->';

/**
 * Comments on the lines that nobody has told of, in one review, and brings the earlier comments of the job up to date. Rejects
 * with GitHubError; what has been done by then is found again by the next run.
 */
export async function postReview(api: GitHubApi, order: ReviewOrder): Promise<ReviewOutcome> {
  const { place, comparison, marker, self, report } = order;
  const pull = `/repos/${place.repository}/pulls/${String(place.number)}`;
  const existing = (await api.list(`${pull}/comments`)).map(commentOf);
  const commit = report.commit.slice(0, SHORT_COMMIT);
  const { comments } = order;
  const plan = planReview(existing, { comments, comparison, marker, self, commit });
  const reviews = await earlierReviews(api, pull, order);
  const body = bodyOf(plan.post, reviews, order);
  const refused = body === null ? 0 : await send(api, pull, { order, body, comments: plan.post });
  for (const { id, body: text } of plan.edit) {
    const path = `/repos/${place.repository}/pulls/comments/${String(id)}`;
    await api.write('PATCH', path, { body: text });
  }
  await withdraw(api, pull, { reviews, comparison });
  return { posted: plan.post.length - refused, edited: plan.edit.length, refused };
}

interface EarlierReview {
  readonly comment: Comment;
  readonly state: string;
}

/** Reviews of this job; they are asked for only where something hangs on them. */
async function earlierReviews(
  api: GitHubApi,
  pull: string,
  { event, tellsTheRest, marker, self }: ReviewOrder,
): Promise<readonly EarlierReview[]> {
  if (event === 'COMMENT' && !tellsTheRest) return [];
  const reviews = await api.list(`${pull}/reviews`);
  return reviews
    .map((value) => ({
      comment: commentOf(value),
      state: textOf(objectOf(value)['state']) ?? '',
    }))
    .filter(({ comment }) => isOwn(comment, self, marker));
}

/** What the review itself says; `null` where there is nothing that was not said before. */
function bodyOf(
  post: readonly LineComment[],
  reviews: readonly EarlierReview[],
  { report, tellsTheRest, marker, unplaced }: ReviewOrder,
): string | null {
  const told = new Set(reviews.flatMap(({ comment }) => keysIn(comment.body)));
  const isRestNew = tellsTheRest && keysIn(report.body).some((key) => !told.has(key));
  // Where there is a summary comment, it has all of them.
  const more =
    tellsTheRest && unplaced > 0
      ? `\n\nThe summary of the job tells of ${String(unplaced)} more.`
      : '';
  if (isRestNew) return `${report.body.replace(REVIEW, `${REVIEW}\n${marker}`).trimEnd()}${more}`;
  if (post.length === 0) return null;
  const count = post.length === 1 ? 'one line' : `${String(post.length)} lines`;
  return `${REVIEW}\n${marker}\nSecureScan has something to say about ${count} of this change.${more}`;
}

interface Sending {
  readonly order: ReviewOrder;
  readonly body: string;
  readonly comments: readonly LineComment[];
}

/** Gives the number of comments that GitHub refused. */
async function send(api: GitHubApi, pull: string, sending: Sending): Promise<number> {
  const { order, body, comments } = sending;
  const commit_id = order.report.commit;
  const { event } = order;
  const bodies = comments.map((comment) => ({ ...comment.place, body: comment.body }));
  try {
    await api.write('POST', `${pull}/reviews`, { commit_id, event, body, comments: bodies });
    return 0;
  } catch (error) {
    // Expected: one line that the pull request does not show takes all comments of the review with it.
    if (!(error instanceof GitHubError) || error.refusal !== 'invalid' || comments.length === 0) {
      throw error;
    }
  }
  let refused = 0;
  for (const comment of bodies) {
    if (!(await isTaken(api, pull, { ...comment, commit_id }))) refused += 1;
  }
  if (order.tellsTheRest || event === 'REQUEST_CHANGES') {
    await api.write('POST', `${pull}/reviews`, { commit_id, event, body });
  }
  return refused;
}

async function isTaken(api: GitHubApi, pull: string, comment: object): Promise<boolean> {
  try {
    await api.write('POST', `${pull}/comments`, comment);
    return true;
  } catch (error) {
    // Expected: the line is not one of the change. The summary tells of the finding all the same.
    if (error instanceof GitHubError && error.refusal === 'invalid') return false;
    throw error;
  }
}

/** A review that asks for changes would stand in the way for ever. */
async function withdraw(
  api: GitHubApi,
  pull: string,
  {
    reviews,
    comparison,
  }: { readonly reviews: readonly EarlierReview[]; readonly comparison: Comparison },
): Promise<void> {
  const standings = [...comparison.standings.values()];
  if (standings.some((standing) => standing === 'new' || standing === 'not-assessed')) return;
  if (comparison.reliable.size === 0) return;
  for (const { comment, state } of reviews) {
    if (state !== 'CHANGES_REQUESTED') continue;
    const message = 'Nothing of this change is new to SecureScan any more.';
    const path = `${pull}/reviews/${String(comment.id)}/dismissals`;
    await api.write('PUT', path, { message, event: 'DISMISS' });
  }
}
