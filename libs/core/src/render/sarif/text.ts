const NO_TEXT = 'no text';

/** SARIF 3.11.5: in a message string `{0}` stands for an argument. */
const PLACEHOLDER = /\{(\d+)\}/g;
/** SARIF 3.11.6: in a message string `[text](target)` is a link. */
const LINK = /\[(?=[^\]]*\]\()/g;

/**
 * A text that comes from a tool or a tree as a SARIF message string: nothing in it is a placeholder or a link (ADR 0031), and it
 * is at most `mostCharacters` long. Never blank, as code scanning refuses that.
 */
export function sarifText(text: string, mostCharacters: number): string {
  if (text.trim() === '') return NO_TEXT;
  const escaped = text.toWellFormed().replace(PLACEHOLDER, '{{$1}}').replace(LINK, '\\[');
  if (escaped.length <= mostCharacters) return escaped;
  return `${escaped.slice(0, mostCharacters - 1).toWellFormed()}…`;
}

/** Nothing to encode. */
const PLAIN_PATH = /^[\w./-]*$/;

/** A path as a URI reference, percent-encoded by segment (RFC 3986); a lone surrogate, which no URI can hold, becomes U+FFFD. */
export function sarifUri(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join('/');
}
