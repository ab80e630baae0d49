import type { GitHubApi } from '../github/github-api';
import { commentOf, isOwn, isSameText, type Author, type Comment } from './comment';

/** What the summary of this run is. */
export interface Summary {
  /** Markdown, the marker of its job among its lines. */
  readonly body: string;
  /** By which it is found again, together with its author. */
  readonly marker: string;
  /** True where there is nothing to tell: then nobody is told. */
  readonly isNothing: boolean;
}

export interface SummaryPlan {
  readonly post: string | null;
  readonly edit: { readonly id: number; readonly body: string } | null;
  /** Where two runs posted at the same time, all but the first. */
  readonly remove: readonly number[];
  /** That is there already. */
  readonly kept: number | null;
}

/** Where the pull request is. */
export interface Place {
  readonly repository: string;
  readonly number: number;
}

const SERVER_LINK = /\n\[This scan on the server\]\([^)\s]*\)\s*$/;

/** What to do about the comments that there are. Pure. */
export function planSummary(
  comments: readonly Comment[],
  { body, marker, isNothing }: Summary,
  self: Author,
): SummaryPlan {
  const [first, ...others] = comments
    .filter((comment) => isOwn(comment, self, marker))
    .sort((a, b) => a.id - b.id);
  const remove = others.map(({ id }) => id);
  if (first === undefined) {
    return { post: isNothing ? null : body, edit: null, remove, kept: null };
  }
  const edit = isSameText(withoutLink(first.body), withoutLink(body))
    ? null
    : { id: first.id, body };
  return { post: null, edit, remove, kept: first.id };
}

/** The same result is another scan of the server on each run; that alone is no reason to write. */
function withoutLink(body: string): string {
  return body.replace(SERVER_LINK, '');
}

/** The line below a summary that leads to a scan on a server. */
export function serverLink(address: string): string {
  return `\n[This scan on the server](${address})\n`;
}

/** Brings the one comment of this job up to date and gives its address; `null` where there is none. Rejects with GitHubError. */
export async function updateSummary(
  api: GitHubApi,
  { repository, number }: Place,
  summary: Summary,
  self: Author,
): Promise<number | null> {
  const list = `/repos/${repository}/issues/${String(number)}/comments`;
  const one = (id: number): string => `/repos/${repository}/issues/comments/${String(id)}`;
  const comments = (await api.list(list)).map(commentOf);
  const { post, edit, remove, kept } = planSummary(comments, summary, self);
  for (const id of remove) await api.write('DELETE', one(id));
  if (edit !== null) await api.write('PATCH', one(edit.id), { body: edit.body });
  if (post === null) return kept;
  return commentOf(await api.write('POST', list, { body: post })).id;
}
