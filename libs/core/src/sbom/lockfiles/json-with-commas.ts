const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** A text of JSON without the commas that stand behind the last item of a list or object; texts within are kept as they are. */
export function withoutTrailingCommas(text: string): string {
  const parts: string[] = [];
  let start = 0;
  let comma = -1;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) index = endOfText(text, index);
    if (unit === COMMA) comma = index;
    else if (comma !== -1 && (unit === 0x5d || unit === 0x7d)) {
      parts.push(text.slice(start, comma));
      start = comma + 1;
      comma = -1;
    } else if (!isSpace(unit)) comma = -1;
  }
  parts.push(text.slice(start));
  return parts.join('');
}

/** The index of the quote that ends a text, or of the last character where none does. */
function endOfText(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === BACKSLASH) index += 1;
    else if (unit === QUOTE) return index;
  }
  return text.length - 1;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
