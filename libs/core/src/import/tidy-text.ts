import type { JsonReader } from '../json/json-reader';
import { MAX_NOTE_CHARACTERS } from './import-limits';

/** A stranger's text as it may be stored: well-formed, without NUL, no longer than `limit`. */
export function tidyText(text: string, limit: number): string {
  // Cut before it is looked at: the rest costs nothing.
  const whole = text
    .slice(0, limit + 1)
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
    .trim();
  return whole.length > limit ? `${whole.slice(0, limit - 1).toWellFormed()}…` : whole;
}

/** The same of a field; `null` where there is no text. */
export function tidyField(field: JsonReader, limit: number): string | null {
  const text = field.isAbsent ? '' : tidyText(field.string(), limit);
  return text === '' ? null : text;
}

/** One line, short. */
export function tidyNote(text: string): string {
  return tidyText(
    text.slice(0, MAX_NOTE_CHARACTERS * 2).replace(/\s+/gu, ' '),
    MAX_NOTE_CHARACTERS,
  );
}

/** What stands before the first full stop or line end. */
export function firstSentenceOf(text: string): string {
  const line = text.trimStart().split('\n', 1)[0] ?? '';
  const end = line.indexOf('. ');
  return (end === -1 ? line : line.slice(0, end)).trim().replace(/\.$/, '');
}
