import { escapeControls } from './escape-controls';

/** A zero-width space, as a reference: it is seen in the source, and nothing of it on the page. */
const BREAK = '&#8203;';
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** Punctuation that means something within a line to some dialect: a backslash makes text of it (CommonMark 2.4). */
const PUNCTUATION = /[!&*<>[\\\]_`|~]/g;
/** What begins a heading, an underline of one or an item of a list, where it stands first. */
const LINE_START = /^[#=+-]|^(\d{1,9})(?=[.)])/;
/** Dollars begin mathematics on GitHub, which knows no backslash before them. */
const DOLLAR = /\$/g;
/** As many hexadecimal digits as may name a commit. */
const HEX_RUN = /[0-9A-Fa-f]{7,}/g;
const MAX_HEX = 6;

/**
 * A text of strangers as one line of GitHub's Markdown that shows what it says and does nothing: no markup, HTML, links, images,
 * mentions, references to issues or commits, emoji, footnotes or formulas, and no marker. GitHub looks for mentions, references
 * and emoji in the finished page, where neither backslashes nor character references are left to see, so those are parted by a
 * zero-width space.
 */
export function markdownText(text: string): string {
  return escaped(parted(visible(text))).replaceAll(MARK, BREAK);
}

/**
 * A text of strangers as a code span, in which GitHub looks for nothing; one that would hold the beginning of an HTML comment
 * is parted there, because markers are looked for in the source.
 */
export function codeSpan(text: string): string {
  const shown = visible(text).replace(/<!--/g, '<\u200b!--') || ' ';
  const fence = '`'.repeat(longestRun(shown, '`') + 1);
  const isPadded = /^`|`$/.test(shown) || /^ .*[^ ].* $/.test(shown);
  return isPadded ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** A fence that no line of the text closes. */
export function codeFence(text: string): string {
  return '`'.repeat(Math.max(3, longestRun(text, '`') + 1));
}

/** What a text says first: white space collapsed, its first sentence if that is short enough, else cut. */
export function inShort(text: string, limit: number): string {
  const line = text.slice(0, MAX_READ).trim().replace(/\s+/g, ' ');
  const end = line.search(/[.!?](?:\s|$)/);
  const sentence = end === -1 || end >= limit ? line : line.slice(0, end + 1);
  return cutText(sentence, limit);
}

/** The first so many characters, the last of them an ellipsis where something is missing. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
  return `${text.slice(0, end)}…`;
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    // Each half of a pair stands for two of its four bytes.
    else bytes += unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

const MAX_READ = 4_000;
/** Stands for a break until all else is escaped; a control character, so that no text holds it by then. */
const MARK = '\u0000';

function visible(text: string): string {
  return escapeControls(text.replace(LONE_SURROGATE, '\ufffd').trim().replace(/\s+/g, ' '));
}

function parted(text: string): string {
  return text
    .replace(/@/g, `@${MARK}`)
    .replace(/#(?=\d)/g, `#${MARK}`)
    .replace(/gh-(?=\d)/gi, `$&${MARK}`)
    .replace(/:(?=[\w+/-])/g, `:${MARK}`)
    .replace(/www(?=\.)/gi, `$&${MARK}`)
    .replace(HEX_RUN, (run) => (run.match(PIECES) ?? []).join(MARK));
}

const PIECES = new RegExp(`.{1,${String(MAX_HEX)}}`, 'g');

function escaped(text: string): string {
  return text
    .replace(PUNCTUATION, '\\$&')
    .replace(DOLLAR, '&#36;')
    .replace(LINE_START, (mark, number?: string) =>
      number === undefined ? `\\${mark}` : `${number}\\`,
    );
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
