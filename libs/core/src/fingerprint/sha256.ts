import { sha256 as hash } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const HEX_DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** SHA-256 of a text's UTF-8, 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return hexOf(hash(utf8Bytes(text)));
}

/** The same of a text in pieces, none of which ends in the middle of a character. */
export function sha256HexOfChunks(chunks: Iterable<string>): string {
  const state = hash.create();
  for (const chunk of chunks) state.update(utf8Bytes(chunk));
  return hexOf(state.digest());
}

function hexOf(digest: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of digest) {
    digits.push(HEX_DIGITS[byte >> 4] ?? 0, HEX_DIGITS[byte & 15] ?? 0);
  }
  // Made in one piece: digits that are appended one by one stay behind in memory as a tree of pieces.
  return String.fromCharCode(...digits);
}

/** Most texts are ASCII, for which a loop is quicker than an encoder. */
function utf8Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) return utf8ToBytes(text);
    bytes[index] = unit;
  }
  return bytes;
}
