import { plainSignature, standardSignature } from './signature';

/** One attempt to deliver a message. */
export interface DeliveryAttempt {
  readonly event: string;
  readonly webhookId: string;
  readonly deliveryId: string;
  /** The `id` of the message. Holds no full stop, which parts what is signed. */
  readonly messageId: string;
  readonly body: string;
  /** The newest first; while one is being replaced both sign. */
  readonly secrets: readonly string[];
  readonly startedAt: Date;
  /** Younger deliveries of the webhook may have gone before it. */
  readonly isOutOfOrder: boolean;
  readonly toolVersion: string;
}

/** Every header of ours on a request; those of the connection are the sender's. Names are as they are written on the wire. */
export function deliveryHeaders(attempt: DeliveryAttempt): Record<string, string> {
  const { messageId, body, secrets } = attempt;
  const timestamp = Math.floor(attempt.startedAt.getTime() / 1000);
  const message = { messageId, timestamp, body };
  return {
    'Content-Type': 'application/json',
    'User-Agent': `SecureScan-Webhook/${attempt.toolVersion}`,
    'X-SecureScan-Event': attempt.event,
    'X-SecureScan-Webhook-Id': attempt.webhookId,
    'X-SecureScan-Delivery': attempt.deliveryId,
    'X-SecureScan-Signature': plainSignature(message, secrets),
    ...(attempt.isOutOfOrder ? { 'X-SecureScan-Out-Of-Order': '1' } : {}),
    'webhook-id': messageId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': standardSignature(message, secrets),
  };
}

export const CUSTOM_HEADER_LIMITS = { count: 20, name: 100, value: 2000 } as const;

/** A field name is a token, and a value what is printed in ASCII (RFC 9110, 5.1 and 5.5). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/u;
/** Of the connection, of its body, or of who is asked: they decide how the request is read. */
const RESERVED =
  /^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|keep-alive|http2-settings|user-agent|forwarded|x-forwarded-.*|x-real-ip|via|proxy-.*|webhook-.*|x-securescan-.*)$/iu;

/** Why a header of the subscriber's own is not sent; `null` for one that is. */
export function problemOfCustomHeader(name: string, value: string): string | null {
  if (!TOKEN.test(name) || name.length > CUSTOM_HEADER_LIMITS.name) {
    return `must be named with at most ${CUSTOM_HEADER_LIMITS.name} letters, digits and hyphens`;
  }
  if (RESERVED.test(name)) return 'must not be one that SecureScan or the connection sets';
  if (!PRINTABLE.test(value) || value.length > CUSTOM_HEADER_LIMITS.value) {
    return `must have a value of at most ${CUSTOM_HEADER_LIMITS.value} printable ASCII characters, without white space around it`;
  }
  return null;
}
