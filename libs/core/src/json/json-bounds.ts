const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_LIST = 0x5b;
const CLOSING_LIST = 0x5d;
const OPENING_OBJECT = 0x7b;
const CLOSING_OBJECT = 0x7d;

export interface JsonBounds {
  /** Of brackets within brackets. */
  readonly depth: number;
  /** Of lists, objects and what stands behind commas. */
  readonly values: number;
}

/**
 * What of a JSON text goes beyond its bounds; `null` where nothing does. One look at each character, so that a text can be refused
 * before a parser builds all of it: small values take ten times as much memory as text.
 */
export function beyondBounds(text: string, { depth, values }: JsonBounds): keyof JsonBounds | null {
  let level = 0;
  let count = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isInString) {
      if (unit === BACKSLASH) index += 1;
      else isInString = unit !== QUOTE;
      continue;
    }
    if (unit === QUOTE) isInString = true;
    const change = levelChange(unit);
    level += change;
    if (level > depth) return 'depth';
    if (change > 0 || unit === COMMA) count += 1;
    if (count > values) return 'values';
  }
  return null;
}

function levelChange(unit: number): number {
  if (unit === OPENING_LIST || unit === OPENING_OBJECT) return 1;
  return unit === CLOSING_LIST || unit === CLOSING_OBJECT ? -1 : 0;
}
