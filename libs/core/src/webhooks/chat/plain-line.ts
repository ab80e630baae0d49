import { cutText } from '../../render/markdown-text';

/** What no screen shows, and what turns the direction of text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]+/gu;
/** Texts are cut long before this; what comes behind costs time alone. */
const MOST_READ = 4000;

/** A text of strangers in one line of at most so many characters, the last an ellipsis where something is missing. */
export function plainLine(text: string, limit: number): string {
  const line = text.slice(0, MOST_READ).toWellFormed().replace(UNSEEN, ' ');
  return cutText(line.replace(/\s+/gu, ' ').trim(), limit);
}

/** Escapes a text as far as a limit of the receiver's allows: no escape is cut through, and what is missing is marked. */
export function escapedWithin(
  text: string,
  limit: number,
  escape: (character: string) => string,
): string {
  let escaped = '';
  let cut = 0;
  for (const character of text) {
    const next = escape(character);
    if (escaped.length + next.length > limit) return `${escaped.slice(0, cut)}…`;
    escaped += next;
    if (escaped.length < limit) cut = escaped.length;
  }
  return escaped;
}
