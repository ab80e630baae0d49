const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Whether brackets in a JSON text stand within each other more than `limit` times. One look at each character, so that a text can be
 * refused before a parser builds all of it.
 */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isInString) {
      if (unit === BACKSLASH) index += 1;
      else if (unit === QUOTE) isInString = false;
    } else if (unit === QUOTE) isInString = true;
    else if (OPENING.has(unit)) {
      depth += 1;
      if (depth > limit) return true;
    } else if (CLOSING.has(unit)) depth -= 1;
  }
  return false;
}
