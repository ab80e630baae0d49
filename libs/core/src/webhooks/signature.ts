import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from '../encoding/base64';
import { DefectError } from '../errors';

const PREFIX = 'whsec_';
/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;

/** A secret as Standard Webhooks writes it. @param random 32 bytes that nobody can tell. */
export function webhookSecret(random: Uint8Array): string {
  if (random.length !== SECRET_BYTES) {
    throw new DefectError('INVARIANT_BROKEN', 'A webhook secret is made of 32 bytes.');
  }
  return `${PREFIX}${toBase64(random)}`;
}

/** What is signed. */
export interface SignedMessage {
  readonly messageId: string;
  /** Whole seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * `webhook-signature` (Standard Webhooks 1.0): HMAC-SHA256 in base64 with the bytes that the secret encodes, one entry for each
 * secret, the newest first.
 */
export function standardSignature(message: SignedMessage, secrets: readonly string[]): string {
  const signed = `${message.messageId}.${message.timestamp}.${message.body}`;
  return secrets.map((secret) => `v1,${toBase64(sign(keyOf(secret), signed))}`).join(' ');
}

/**
 * `X-SecureScan-Signature`: HMAC-SHA256 in hex with the secret's own text as key, one `v1` for each secret, the newest first.
 */
export function plainSignature(
  { timestamp, body }: Omit<SignedMessage, 'messageId'>,
  secrets: readonly string[],
): string {
  const signed = `${timestamp}.${body}`;
  const signatures = secrets.map((secret) => `v1=${bytesToHex(sign(utf8ToBytes(secret), signed))}`);
  return [`t=${timestamp}`, ...signatures].join(',');
}

function sign(key: Uint8Array, text: string): Uint8Array {
  return hmac(sha256, key, utf8ToBytes(text));
}

function keyOf(secret: string): Uint8Array {
  const key = secret.startsWith(PREFIX) ? fromBase64(secret.slice(PREFIX.length)) : null;
  if (key === null) {
    throw new DefectError('INVARIANT_BROKEN', 'A webhook secret is not written as it should be.');
  }
  return key;
}
