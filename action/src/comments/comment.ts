import { objectOf, textOf, type Untyped } from '@securescan/core';
import { GitHubError } from '../github/github-error';

/** A comment on a pull request, or on one of its lines. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: Author | null;
  /** Of a comment on a line: what it answers. */
  readonly answers: number | null;
  readonly path: string | null;
}

export interface Author {
  readonly login: string;
  readonly isBot: boolean;
}

/** Reads what GitHub lists. Throws GitHubError: what cannot be read must not be taken for nothing. */
export function commentOf(value: unknown): Comment {
  const comment = objectOf(value);
  const { id } = comment;
  if (typeof id !== 'number')
    throw new GitHubError('failed', 'GitHub listed a comment without id.');
  const answered = comment['in_reply_to_id'];
  return {
    id,
    // Edited in a form, its lines end as forms have it; one of nothing but white space comes as null.
    body: (textOf(comment['body']) ?? '').replaceAll('\r\n', '\n'),
    author: authorOf(objectOf(comment['user'])),
    answers: typeof answered === 'number' ? answered : null,
    path: textOf(comment['path']),
  };
}

/** Whether the body is ours, and of this job. Anybody can write a marker, so the author counts as well. */
export function isOwn(comment: Comment, self: Author, marker: string): boolean {
  return isSame(comment.author, self) && comment.body.includes(marker);
}

/** GitHub gives back what it was given, but for white space around it. */
export function isSameText(a: string, b: string): boolean {
  return a.trim() === b.trim();
}

/** A name may be that of a person or of an app, which its `[bot]` tells apart. */
export function authorNamed(login: string): Author {
  const isBot = login.endsWith('[bot]');
  return { login: isBot ? login.slice(0, -'[bot]'.length) : login, isBot };
}

function authorOf(user: Untyped): Author | null {
  const login = textOf(user['login']);
  if (login === null) return null;
  const { isBot, ...author } = authorNamed(login);
  return { ...author, isBot: isBot || user['type'] === 'Bot' };
}

function isSame(author: Author | null, self: Author): boolean {
  return author?.login === self.login && author.isBot === self.isBot;
}
