import type { WebhookMessageBody } from '@securescan/contracts';

/**
 * A message as programs read it: JSON without white space, its fields in the order of the contract whatever the argument's is.
 * The UTF-8 of the text is what is stored, signed and sent, on every attempt.
 */
export function genericMessage({ id, event, occurred_at, data }: WebhookMessageBody): string {
  return JSON.stringify({ id, event, occurred_at, data });
}
