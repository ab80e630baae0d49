const NEWLINE = 0x0a;

/** Text that begins on the next line: until a line that begins with the word, or while lines are indented more deeply. */
export type TextBody = { readonly word: string } | { readonly deeperThan: number };

const KEY_COLUMN = / {0,400}(?:- {1,40}(?![ |>]))*/y;
const BLOCK_HEADER = /[|>][-+\d]{0,2}[ \t]*(?:#[^\n]*)?(?=\n)/y;

/** The indented text of which the header stands at `position` of a line that begins at `lineStart`; else `null`. */
export function blockScalarAt(
  source: string,
  position: number,
  lineStart: number,
): TextBody | null {
  BLOCK_HEADER.lastIndex = position;
  if (!BLOCK_HEADER.test(source)) return null;
  KEY_COLUMN.lastIndex = lineStart;
  return { deeperThan: KEY_COLUMN.exec(source)?.[0].length ?? 0 };
}

/** The index behind a text that begins with the line at `from`: behind its word, or at the end of its last line. Linear. */
export function textBodyEnd(source: string, from: number, body: TextBody): number {
  let end = from;
  for (let start = from; start < source.length; start = end + 1) {
    const first = firstInk(source, start);
    if ('word' in body && isWordAt(source, first, body.word)) return first + body.word.length;
    const isBlank = first === source.length || source.charCodeAt(first) === NEWLINE;
    if ('deeperThan' in body && !isBlank && first - start <= body.deeperThan) {
      return Math.max(from, start - 1);
    }
    const lineEnd = source.indexOf('\n', first);
    end = lineEnd === -1 ? source.length : lineEnd;
  }
  return Math.min(end, source.length);
}

function firstInk(source: string, start: number): number {
  let index = start;
  while (source.charCodeAt(index) === 0x20 || source.charCodeAt(index) === 0x09) index += 1;
  return index;
}

function isWordAt(source: string, index: number, word: string): boolean {
  return source.startsWith(word, index) && !/^\w/.test(source.charAt(index + word.length));
}
