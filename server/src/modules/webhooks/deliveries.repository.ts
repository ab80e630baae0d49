import { Injectable } from '@nestjs/common';
import type { DeliveryStatus, WebhookEventName } from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import { WebhookAttemptEntity } from './webhook-attempt.entity';
import type { WebhookDeliveryEntity } from './webhook-delivery.entity';

/** A delivery with what its last attempt brought. */
export type StoredDelivery = Omit<
  Fields<WebhookDeliveryEntity>,
  'sequence' | 'payload' | 'holdsSince' | 'leaseToken'
> &
  Pick<Fields<WebhookAttemptEntity>, 'responseCode' | 'responseBody' | 'error'>;

export interface DeliveryFilter {
  readonly webhookId: string;
  readonly status: DeliveryStatus | null;
  readonly event: WebhookEventName | null;
  /** Both as timestamps are stored; neither is included. */
  readonly createdAfter: string | null;
  readonly createdBefore: string | null;
}

/** Where a page of the list, newest first, goes on. */
export interface DeliveryPosition {
  readonly createdAt: string;
  readonly id: string;
}

const SHOWN = `SELECT "one"."id", "one"."webhook_id" AS "webhookId", "one"."lane", "one"."message_id" AS "messageId",
    "one"."event", "one"."status", "one"."attempt", "one"."next_attempt_at" AS "nextAttemptAt",
    "one"."stepped_aside_at" AS "steppedAsideAt", "one"."redelivery_of" AS "redeliveryOf",
    "one"."occurred_at" AS "occurredAt", "one"."created_at" AS "createdAt", "one"."updated_at" AS "updatedAt",
    "last"."response_code" AS "responseCode", "last"."response_body" AS "responseBody", "last"."error"
  FROM "webhook_deliveries" AS "one" LEFT JOIN "webhook_attempts" AS "last"
    ON "last"."delivery_id" = "one"."id" AND "last"."attempt" = "one"."attempt"`;

interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What there is to know about deliveries. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Newest first. */
  async page(
    filter: DeliveryFilter,
    after: DeliveryPosition | null,
    limit: number,
  ): Promise<StoredDelivery[]> {
    const { sql, parameters } = whereOf(filter, after);
    return this.database.manager.query<StoredDelivery[]>(
      `${SHOWN} WHERE ${sql} ORDER BY "one"."created_at" DESC, "one"."id" DESC LIMIT ?`,
      [...parameters, limit],
    );
  }

  /** How many match, counted no further than `limit`. */
  async count(filter: DeliveryFilter, limit: number): Promise<number> {
    const { sql, parameters } = whereOf(filter, null);
    const rows = await this.database.manager.query<{ count: number }[]>(
      `SELECT COUNT(*) AS "count" FROM (SELECT 1 FROM "webhook_deliveries" AS "one" WHERE ${sql} LIMIT ?)`,
      [...parameters, limit],
    );
    return rows[0]?.count ?? 0;
  }

  async find(webhookId: string, id: string): Promise<StoredDelivery | null> {
    const rows = await this.database.manager.query<StoredDelivery[]>(
      `${SHOWN} WHERE "one"."id" = ? AND "one"."webhook_id" = ?`,
      [id, webhookId],
    );
    return rows[0] ?? null;
  }

  async payloadOf(id: string): Promise<string> {
    const rows = await this.database.manager.query<{ payload: string }[]>(
      `SELECT "payload_json" AS "payload" FROM "webhook_deliveries" WHERE "id" = ?`,
      [id],
    );
    return rows[0]?.payload ?? '';
  }

  /** The first ones first. */
  async attemptsOf(deliveryId: string): Promise<WebhookAttemptEntity[]> {
    return this.database.manager.find(WebhookAttemptEntity, {
      where: { deliveryId },
      order: { attempt: 'ASC' },
    });
  }
}

function whereOf(filter: DeliveryFilter, after: DeliveryPosition | null): Condition {
  const conditions: Condition[] = [
    { sql: `"one"."webhook_id" = ?`, parameters: [filter.webhookId] },
  ];
  const add = (sql: string, value: string | null): void => {
    if (value !== null) conditions.push({ sql, parameters: [value] });
  };
  add(`"one"."status" = ?`, filter.status);
  add(`"one"."event" = ?`, filter.event);
  add(`"one"."created_at" > ?`, filter.createdAfter);
  add(`"one"."created_at" < ?`, filter.createdBefore);
  if (after !== null) {
    const parameters = [after.createdAt, after.id];
    conditions.push({ sql: `("one"."created_at", "one"."id") < (?, ?)`, parameters });
  }
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}
