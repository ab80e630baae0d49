import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { WebhookEntity } from './webhook.entity';
import type { ShownWebhook } from './webhook.mapper';

/** Where a page of the list, newest first, goes on. */
export interface WebhookPosition {
  readonly createdAt: string;
  readonly id: string;
}

/** Deliveries are not counted further. */
export const MOST_OPEN_COUNTED = 1000;

const IS_OPEN = `"status" IN ('pending', 'delivering')`;

const LINES = `SELECT "webhook"."id" AS "webhookId", "head"."id", "head"."event", "head"."attempt",
    "head"."holds_since" AS "holdsSince", "head"."next_attempt_at" AS "nextAttemptAt",
    (SELECT COUNT(*) FROM (SELECT 1 FROM "webhook_deliveries"
      WHERE "webhook_id" = "webhook"."id" AND ${IS_OPEN} LIMIT ${MOST_OPEN_COUNTED})) AS "open"
  FROM "webhooks" AS "webhook"
  LEFT JOIN "webhook_deliveries" AS "head" ON "head"."holds_since" IS NOT NULL AND "head"."id" = (
    SELECT "id" FROM "webhook_deliveries" WHERE "webhook_id" = "webhook"."id" AND "lane" = 'events'
      AND "stepped_aside_at" IS NULL AND ${IS_OPEN} ORDER BY "sequence" LIMIT 1)
  WHERE "webhook"."id" IN (SELECT "value" FROM json_each(?))`;

type Line = ShownWebhook['line'] & { readonly webhookId: string };

/** Subscriptions that are there. */
@Injectable()
export class WebhooksRepository {
  constructor(private readonly database: ReadDatabase) {}

  async find(id: string): Promise<ShownWebhook | null> {
    const row = await this.database.manager.findOneBy(WebhookEntity, { id, deletedAt: IsNull() });
    if (row === null) return null;
    const [shown] = await this.complete([row]);
    return shown ?? null;
  }

  async exists(id: string): Promise<boolean> {
    return this.database.manager.existsBy(WebhookEntity, { id, deletedAt: IsNull() });
  }

  /** Newest first. */
  async page(after: WebhookPosition | null, limit: number): Promise<ShownWebhook[]> {
    const query = this.database.manager
      .createQueryBuilder(WebhookEntity, 'webhook')
      .where('webhook.deletedAt IS NULL')
      .orderBy('webhook.createdAt', 'DESC')
      .addOrderBy('webhook.id', 'DESC')
      .limit(limit);
    if (after !== null) {
      query.andWhere('(webhook.createdAt, webhook.id) < (:createdAt, :id)', { ...after });
    }
    return this.complete(await query.getMany());
  }

  async count(): Promise<number> {
    return this.database.manager.countBy(WebhookEntity, { deletedAt: IsNull() });
  }

  async findIn({ manager }: Transaction, id: string): Promise<WebhookEntity | null> {
    return manager.findOneBy(WebhookEntity, { id, deletedAt: IsNull() });
  }

  async countIn({ manager }: Transaction): Promise<number> {
    return manager.countBy(WebhookEntity, { deletedAt: IsNull() });
  }

  /** Those that are told of events now. */
  async listening({ manager }: Transaction): Promise<WebhookEntity[]> {
    return manager.findBy(WebhookEntity, { enabled: true, deletedAt: IsNull() });
  }

  async insert({ manager }: Transaction, row: Fields<WebhookEntity>): Promise<void> {
    await manager.insert(WebhookEntity, row);
  }

  async change(
    { manager }: Transaction,
    id: string,
    changes: Partial<Fields<WebhookEntity>>,
  ): Promise<void> {
    await manager.update(WebhookEntity, { id }, changes);
  }

  private async complete(rows: readonly WebhookEntity[]): Promise<ShownWebhook[]> {
    const ids = JSON.stringify(rows.map(({ id }) => id));
    const lines = await this.database.manager.query<Line[]>(LINES, [ids]);
    const byId = new Map(lines.map((line) => [line.webhookId, line]));
    return rows.map((row) => ({ row, line: byId.get(row.id) ?? NO_LINE }));
  }
}

const NO_LINE: ShownWebhook['line'] = {
  id: null,
  event: null,
  attempt: null,
  holdsSince: null,
  nextAttemptAt: null,
  open: 0,
};
