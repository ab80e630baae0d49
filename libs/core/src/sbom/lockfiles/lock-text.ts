import type { LockNotes } from './lock-notes';

const CONFLICT = /^(?:<{7} |={7}$|>{7} )/mu;
/** Longer than what any tool writes into one line. */
const MAX_LINE = 20_000;

/** Without a byte order mark, and with line feeds alone; `null` for a text in the middle of a merge, which pins nothing. */
export function plainText(text: string): string | null {
  const plain = (text.startsWith('\ufeff') ? text.slice(1) : text).replaceAll('\r\n', '\n');
  return CONFLICT.test(plain) ? null : plain;
}

/** The lines of a plain text. */
export function linesOf(text: string, notes: LockNotes): string[] {
  const all = text.split('\n');
  const lines = all.filter((line) => line.length <= MAX_LINE);
  for (let count = lines.length; count < all.length; count += 1) {
    notes.said('line', 'too long to be read');
  }
  return lines;
}
