import type { ConfigNode } from './config-node';

/** Control characters, line and paragraph separators, and what turns the order of writing around on a screen. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * A text of one line that shows what it holds, at most `max` characters, neither empty nor with a space at either end; `null`,
 * and an error, where it is anything else.
 */
export function readLine(node: ConfigNode, max: number): string | null {
  const text = node.text();
  if (text === null) return null;
  const problem =
    problemOfLine(text, max) ??
    (text.trim() === text ? null : 'must not begin or end with a space');
  if (problem === null) return text;
  node.wrong(problem);
  return null;
}

/** Ends a sentence that begins with what the text is; `null` where it is such a line. */
export function problemOfLine(text: string, max: number): string | null {
  return (
    problemOfUntrimmed(text, max) ??
    (text.trim() === text ? null : 'must not begin or end with a space')
  );
}

/** The same for a line that may have spaces at its ends. */
export function problemOfUntrimmed(text: string, max: number): string | null {
  if (text.trim() === '') return 'must not be empty';
  if (text.length > max) return `must have at most ${max} characters`;
  return UNSEEN.test(text) ? 'must be one line without control characters' : null;
}
