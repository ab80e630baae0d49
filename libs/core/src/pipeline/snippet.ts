import type { JsonObject } from '@securescan/contracts';
import { redactSecrets } from '../secrets/redact';

/** Code around a finding as the engine read it. */
export interface SourceSnippet {
  /** 1-based. */
  readonly startLine: number;
  readonly lines: readonly string[];
}

const MAX_LINES = 7;
/** Seven of them stay below 2 kB. */
const MAX_LINE_BYTES = 280;
/** Of UTF-8, for one unit of UTF-16. */
const MAX_UNIT_BYTES = 3;
/** Redaction looks a little further than what is kept, so that a secret on the edge is still recognised. */
const MAX_READ_CHARACTERS = 1_000;

/** What is stored of a snippet: at most 7 lines and 2 kB, without secrets. Lines are cut, never dropped. */
export function toStoredSnippet(snippet: SourceSnippet): JsonObject {
  const readable = snippet.lines
    .slice(0, MAX_LINES)
    .map((line) => line.slice(0, MAX_READ_CHARACTERS).replace(/\r+$/, ''));
  const lines = redactSecrets(readable.join('\n')).split('\n');
  return { start_line: snippet.startLine, lines: lines.map(cut) };
}

function cut(line: string): string {
  if (line.length * MAX_UNIT_BYTES <= MAX_LINE_BYTES) return line;
  let bytes = 0;
  let end = 0;
  for (const character of line) {
    bytes += utf8Length(character);
    if (bytes > MAX_LINE_BYTES) return `${line.slice(0, end)}…`;
    end += character.length;
  }
  return line;
}

function utf8Length(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
