import { WEBHOOK_EVENTS, type WebhookEventName, type WebhookFormat } from './webhook';

/** What a filter may hold. `webhook.test` comes when asked for, whatever the filter says. */
export const WEBHOOK_FILTER_EVENTS = [
  ...WEBHOOK_EVENTS,
  'webhook.test',
] as const satisfies readonly WebhookEventName[];

/** `request`: somebody said so; `gone`: the receiver answered 410; `failing`: five days of nothing but failure. */
export const WEBHOOK_DISABLED_REASONS = ['request', 'gone', 'failing'] as const;
export type WebhookDisabledReason = (typeof WEBHOOK_DISABLED_REASONS)[number];

export const DELIVERY_STATUSES = [
  'pending',
  'delivering',
  'succeeded',
  'failed',
  'skipped',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Deliveries wait for one another within a lane alone. `replay` is for what is sent once more on request. */
export const DELIVERY_LANES = ['events', 'test', 'replay'] as const;
export type DeliveryLane = (typeof DELIVERY_LANES)[number];

/** The eldest delivery that has failed and that younger ones wait for. */
export interface BlockedHeadBody {
  delivery_id: string;
  event: WebhookEventName;
  attempt: number;
  /** From when on it holds them up: its first failure, put off by what the receiver asked to wait. */
  holds_since: string;
  next_attempt_at: string;
  /** When the younger ones wait no longer. */
  steps_aside_at: string;
}

export interface WebhookBody {
  id: string;
  name: string;
  /** The origin of the URL with a mask for the rest, which may be a secret. */
  url: string;
  format: WebhookFormat;
  event_filter: WebhookEventName[];
  /** Whether a younger delivery waits for the elder. */
  ordered: boolean;
  enabled: boolean;
  disabled_reason: WebhookDisabledReason | null;
  disabled_at: string | null;
  /** Names of the headers that go along; their values are not shown. */
  header_names: string[];
  /** Until then requests carry the signature of the secret before as well. */
  previous_secret_until: string | null;
  /** `false` where what is stored was encrypted with another key than the server has: nothing is sent until it has it again. */
  secrets_readable: boolean;
  /** Of the first attempt that failed since the last that succeeded. */
  failing_since: string | null;
  /** Until when the receiver asked us to wait. */
  paused_until: string | null;
  blocked_by: BlockedHeadBody | null;
  /** Deliveries that have not ended, counted to 1000. */
  open_deliveries: number;
  created_at: string;
  updated_at: string;
}

export interface WebhookSecretBody {
  /** Shown this once. */
  secret: string;
}

export type WebhookCreatedBody = WebhookBody & WebhookSecretBody;

export interface WebhookRequestBody {
  name: string;
  url: string;
  event_filter: WebhookEventName[];
  /** Default: what the URL's host takes. */
  format?: WebhookFormat;
  /** Default: true for `generic`, false for chats. */
  ordered?: boolean;
  enabled?: boolean;
  headers?: Record<string, string>;
}

/** What is left out, or `null`, stays as it is. */
export type WebhookChangeBody = { [K in keyof WebhookRequestBody]?: WebhookRequestBody[K] | null };

export interface WebhookTestBody {
  delivery_id: string;
  webhook_id: string;
  event: 'webhook.test';
}

export interface WebhookDeliveryBody {
  id: string;
  webhook_id: string;
  /** In the body and in the headers; the same for what is sent once more. */
  message_id: string;
  event: WebhookEventName;
  lane: DeliveryLane;
  status: DeliveryStatus;
  /** How many attempts there were. */
  attempt: number;
  /** `null` once it has ended. */
  next_attempt_at: string | null;
  /** Since then younger ones do not wait for it. */
  stepped_aside_at: string | null;
  /** The delivery that this one repeats. */
  redelivery_of: string | null;
  occurred_at: string;
  created_at: string;
  updated_at: string;
  /** Of the last attempt, like the two below. */
  response_code: number | null;
  response_body: string | null;
  error: string | null;
}

/** One attempt, counted from 1. */
export interface WebhookAttemptBody {
  attempt: number;
  started_at: string;
  duration_ms: number;
  response_code: number | null;
  /** The beginning of what the receiver answered, as plain text. */
  response_body: string | null;
  /** Why there was no answer. */
  error: string | null;
}

export interface WebhookDeliveryDetailBody extends WebhookDeliveryBody {
  /** The body as it is sent. */
  payload: string;
  attempts: WebhookAttemptBody[];
}

export interface WebhookReplayRequestBody {
  /** ISO 8601 with zone; deliveries of events that occurred in between are sent once more. */
  from: string;
  to: string;
  events?: WebhookEventName[];
  statuses?: DeliveryStatus[];
}

export interface WebhookReplayBody {
  /** How many deliveries were made. */
  redelivered: number;
}
