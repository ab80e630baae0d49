import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of a text's UTF-8, 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(hash(utf8ToBytes(text)));
}
