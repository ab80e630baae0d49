import { escapedWithin } from './plain-line';

/** Whatever begins markup, a time stamp or a link with a text of its own; both receivers take a backslash before it. */
const MARKUP = /[&*<[\\\]_`{|}~]/u;

/** A zero-width space. */
const BREAK = '\u200b';

/** A text of strangers for receivers that read Markdown: it shows what it says, and neither formats, mentions nor links. */
export function chatMarkdown(text: string, limit: number): string {
  return escapedWithin(parted(text), limit, (character) =>
    MARKUP.test(character) ? `\\${character}` : character,
  );
}

/** Addresses become links, names mentions, and what stands first a list or a heading: a space that nobody sees keeps them from it. */
function parted(text: string): string {
  return text
    .replace(/:(?=\/\/)|@|^\d{1,9}(?=[.)])/gu, `$&${BREAK}`)
    .replace(/www(?=\.)/giu, `$&${BREAK}`)
    .replace(/^[-+#>=]/u, `${BREAK}$&`);
}
