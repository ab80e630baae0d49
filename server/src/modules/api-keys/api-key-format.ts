import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sameBytes } from '../../common/same-bytes';

const MARK = 'ssk_';
const ID_LENGTH = 10;
const ID_BYTES = 8;
const SECRET_BYTES = 24;
const SALT_BYTES = 16;
const PREFIX_LENGTH = 16;
const STORED = /^([0-9a-f]{32})\$([0-9a-f]{64})$/;
/** `ssk_`, ten characters that name the key, `_`, and 192 random bits in 32 characters. */
const KEY = /^ssk_([A-Za-z0-9]{10})_[A-Za-z0-9_-]{32}$/;

export interface GeneratedKey {
  readonly id: string;
  readonly key: string;
  /** The first 16 characters, to tell it from others. */
  readonly prefix: string;
  readonly hash: string;
}

function randomBytes(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

function randomText(bytes: number): string {
  return Buffer.from(randomBytes(bytes)).toString('base64url');
}

/** A new key. The text itself is returned here and nowhere else. */
export function generateApiKey(): GeneratedKey {
  const id = randomText(ID_BYTES).slice(0, ID_LENGTH).replaceAll('-', 'x').replaceAll('_', 'y');
  const key = `${MARK}${id}_${randomText(SECRET_BYTES)}`;
  return { id, key, prefix: key.slice(0, PREFIX_LENGTH), hash: hashApiKey(key) };
}

/** The id within a well-formed key, `null` for any other text. */
export function idOfApiKey(presented: string): string | null {
  return KEY.exec(presented)?.[1] ?? null;
}

/**
 * `<salt>$<SHA-256 of salt and key>` in hex, with a salt of its own for each key. One round of a fast hash is enough: what
 * is hashed has 192 random bits, which no dictionary holds.
 */
export function hashApiKey(key: string, salt: Uint8Array = randomBytes(SALT_BYTES)): string {
  return `${bytesToHex(salt)}$${bytesToHex(sha256(concatBytes(salt, utf8ToBytes(key))))}`;
}

/** Whether a stored hash is the one of this key; false for a hash that cannot be read. */
export function isHashOf(stored: string, key: string): boolean {
  const [, salt, digest] = STORED.exec(stored) ?? [];
  if (salt === undefined || digest === undefined) return false;
  return sameBytes(sha256(concatBytes(hexToBytes(salt), utf8ToBytes(key))), hexToBytes(digest));
}
