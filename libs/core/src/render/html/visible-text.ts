import { escapeControls } from '../escape-controls';

// An HTML parser calls them an error.
const NO_CHARACTERS = /\p{Noncharacter_Code_Point}/gu;
const CUT_MARK = '…';

/**
 * Text of tools and trees as a page may show it: `escapeControls` that leaves line feeds and tabs in place, with every noncharacter
 * made visible too.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n]+/g, escapeControls)
    .replace(NO_CHARACTERS, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** At most so many UTF-16 units and a mark that something is missing; no character is cut in two. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const isWithinPair = /[\uD800-\uDBFF]/.test(text[most - 1] ?? '');
  return text.slice(0, isWithinPair ? most - 1 : most) + CUT_MARK;
}

/** A whole number with a comma between thousands. */
export function grouped(count: number): string {
  const digits = String(count);
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) {
    parts.unshift(digits.slice(Math.max(0, end - 3), end));
  }
  return parts.join(',');
}

/** `1 finding`, `2,000 findings`. */
export function counted(count: number, word: string): string {
  return `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;
}
