import { redactSecrets } from '@securescan/core';

/** So much of an answer is read; the connection is dropped where more comes. */
export const MOST_ANSWER_BYTES = 16 * 1024;
const MOST_CHARACTERS = 2000;
/** Shorter ones are words of everyday life: to take them out would only tell that they are secret. */
const SHORTEST_SECRET = 6;
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * The beginning of an answer as text that may be stored and shown. Receivers repeat what they were sent, so whatever we know to
 * be secret goes before the redactor looks for the rest.
 */
export function answerText(bytes: Uint8Array, secrets: readonly string[]): string {
  // As most answers are.
  if (bytes.length === 0) return '';
  let text = Buffer.from(bytes).toString('utf8');
  // The longest first: one may be a part of another.
  for (const secret of secrets.toSorted((a, b) => b.length - a.length)) {
    if (secret.length >= SHORTEST_SECRET) text = text.replaceAll(secret, '[redacted]');
  }
  return redactSecrets(text).replace(UNSEEN, ' ').trim().slice(0, MOST_CHARACTERS).toWellFormed();
}
