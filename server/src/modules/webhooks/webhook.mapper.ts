import type {
  BlockedHeadBody,
  WebhookBody,
  WebhookDeliveryBody,
  WebhookEventName,
} from '@securescan/contracts';
import { stepsAsideAt } from '@securescan/core';
import type { Fields } from '../../common/fields';
import type { StoredDelivery } from './deliveries.repository';
import type { WebhookEntity } from './webhook.entity';

/** Stands for all of a URL behind its origin. */
export const URL_MASK = '/***';

/** A webhook with its eldest delivery, where that one has failed, and the number of those that have not ended. */
export interface ShownWebhook {
  readonly row: Fields<WebhookEntity>;
  readonly line: {
    readonly id: string | null;
    readonly event: WebhookEventName | null;
    readonly attempt: number | null;
    readonly holdsSince: string | null;
    readonly nextAttemptAt: string | null;
    readonly open: number;
  };
}

/** @param isReadable whether what is sealed can be opened. */
export function toWebhookBody({ row, line }: ShownWebhook, isReadable: boolean): WebhookBody {
  return {
    id: row.id,
    name: row.name,
    url: `${row.urlOrigin}${URL_MASK}`,
    format: row.format,
    event_filter: row.eventFilter,
    ordered: row.ordered,
    enabled: row.enabled,
    disabled_reason: row.disabledReason,
    disabled_at: row.disabledAt,
    header_names: row.headerNames,
    previous_secret_until: row.previousSecretUntil,
    secrets_readable: isReadable,
    failing_since: row.failingSince,
    paused_until: row.pausedUntil,
    blocked_by: row.ordered ? toBlockedHead(line) : null,
    open_deliveries: line.open,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

function toBlockedHead(line: ShownWebhook['line']): BlockedHeadBody | null {
  const { id, event, attempt, holdsSince, nextAttemptAt } = line;
  if (id === null || event === null || holdsSince === null || nextAttemptAt === null) return null;
  return {
    delivery_id: id,
    event,
    attempt: attempt ?? 0,
    holds_since: holdsSince,
    next_attempt_at: nextAttemptAt,
    steps_aside_at: stepsAsideAt(new Date(holdsSince)).toISOString(),
  };
}

export function toDeliveryBody(stored: StoredDelivery): WebhookDeliveryBody {
  return {
    id: stored.id,
    webhook_id: stored.webhookId,
    message_id: stored.messageId,
    event: stored.event,
    lane: stored.lane,
    status: stored.status,
    attempt: stored.attempt,
    next_attempt_at: stored.status === 'pending' ? stored.nextAttemptAt : null,
    stepped_aside_at: stored.steppedAsideAt,
    redelivery_of: stored.redeliveryOf,
    occurred_at: stored.occurredAt,
    created_at: stored.createdAt,
    updated_at: stored.updatedAt,
    response_code: stored.responseCode,
    response_body: stored.responseBody,
    error: stored.error,
  };
}
