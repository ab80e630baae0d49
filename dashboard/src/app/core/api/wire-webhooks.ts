import {
  DELIVERY_LANES,
  DELIVERY_STATUSES,
  WEBHOOK_DISABLED_REASONS,
  WEBHOOK_FILTER_EVENTS,
  WEBHOOK_FORMATS,
  type BlockedHeadBody,
  type WebhookAttemptBody,
  type WebhookBody,
  type WebhookCreatedBody,
  type WebhookDeliveryBody,
  type WebhookDeliveryDetailBody,
  type WebhookReplayBody,
  type WebhookSecretBody,
  type WebhookTestBody,
} from '@securescan/contracts';
import { flag, list, nullable, number, object, oneOf, text } from './wire-parser';

const event = oneOf(WEBHOOK_FILTER_EVENTS);

const fields = {
  id: text,
  name: text,
  url: text,
  format: oneOf(WEBHOOK_FORMATS),
  event_filter: list(event),
  ordered: flag,
  enabled: flag,
  disabled_reason: nullable(oneOf(WEBHOOK_DISABLED_REASONS)),
  disabled_at: nullable(text),
  header_names: list(text),
  previous_secret_until: nullable(text),
  secrets_readable: flag,
  failing_since: nullable(text),
  paused_until: nullable(text),
  blocked_by: nullable(
    object<BlockedHeadBody>({
      delivery_id: text,
      event,
      attempt: number,
      holds_since: text,
      next_attempt_at: text,
      steps_aside_at: text,
    }),
  ),
  open_deliveries: number,
  created_at: text,
  updated_at: text,
};
const webhook = object<WebhookBody>(fields);
const created = object<WebhookCreatedBody>({ ...fields, secret: text });
const secret = object<WebhookSecretBody>({ secret: text });
const test = object<WebhookTestBody>({
  delivery_id: text,
  webhook_id: text,
  event: oneOf(['webhook.test']),
});
const replay = object<WebhookReplayBody>({ redelivered: number });

const deliveryFields = {
  id: text,
  webhook_id: text,
  message_id: text,
  event,
  lane: oneOf(DELIVERY_LANES),
  status: oneOf(DELIVERY_STATUSES),
  attempt: number,
  next_attempt_at: nullable(text),
  stepped_aside_at: nullable(text),
  redelivery_of: nullable(text),
  occurred_at: text,
  created_at: text,
  updated_at: text,
  response_code: nullable(number),
  response_body: nullable(text),
  error: nullable(text),
};
const delivery = object<WebhookDeliveryBody>(deliveryFields);
const attempt = object<WebhookAttemptBody>({
  attempt: number,
  started_at: text,
  duration_ms: number,
  response_code: nullable(number),
  response_body: nullable(text),
  error: nullable(text),
});
const detail = object<WebhookDeliveryDetailBody>({
  ...deliveryFields,
  payload: text,
  attempts: list(attempt),
});

export const parseWebhook = (value: unknown): WebhookBody => webhook(value, 'webhook');
export const parseWebhooks = (value: unknown): WebhookBody[] => list(webhook)(value, 'webhooks');
export const parseCreatedWebhook = (value: unknown): WebhookCreatedBody =>
  created(value, 'webhook');
export const parseWebhookSecret = (value: unknown): WebhookSecretBody => secret(value, 'secret');
export const parseWebhookTest = (value: unknown): WebhookTestBody => test(value, 'test');
export const parseReplay = (value: unknown): WebhookReplayBody => replay(value, 'replay');
export const parseDeliveries = (value: unknown): WebhookDeliveryBody[] =>
  list(delivery)(value, 'deliveries');
export const parseDelivery = (value: unknown): WebhookDeliveryDetailBody =>
  detail(value, 'delivery');
