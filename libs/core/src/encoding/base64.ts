const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = bytes.slice(index, index + 3);
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    for (let digit = 0; digit < 4; digit += 1) {
      text += digit <= group.length ? (DIGITS[(bits >> (18 - 6 * digit)) & 63] ?? '') : '=';
    }
  }
  return text;
}

/** The bytes of base64 with or without its padding; `null` for what is none. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let bits = 0;
  let width = 0;
  for (const digit of text.replace(/={0,2}$/u, '')) {
    const value = DIGITS.indexOf(digit);
    if (value === -1) return null;
    bits = (bits << 6) | value;
    width += 6;
    if (width >= 8) {
      width -= 8;
      bytes.push((bits >> width) & 0xff);
      bits &= (1 << width) - 1;
    }
  }
  return Uint8Array.from(bytes);
}
