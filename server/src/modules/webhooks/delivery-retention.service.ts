import { Injectable } from '@nestjs/common';
import { WebhooksConfig } from '../../config/webhooks.config';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { WebhookEntity } from './webhook.entity';

const DAY_MS = 86_400_000;
/** A unit holds the only writing connection, so it is kept short. */
const ROWS_PER_UNIT = 250;

/** Every statement that takes old rows away; a test asks the database how it would run each. */
export const RETENTION_STATEMENTS = {
  ofDeleted: `DELETE FROM "webhook_deliveries" WHERE "id" IN (
    SELECT "id" FROM "webhook_deliveries" WHERE "webhook_id" = ? LIMIT ${ROWS_PER_UNIT}) RETURNING "id"`,
  /** What waits for a webhook that is enabled is going to be sent, however old it is. */
  old: `DELETE FROM "webhook_deliveries" WHERE "id" IN (
    SELECT "id" FROM "webhook_deliveries" WHERE "webhook_id" = ? AND "created_at" < ?
      AND (? = 0 OR "status" NOT IN ('pending', 'delivering'))
    ORDER BY "created_at", "id" LIMIT ${ROWS_PER_UNIT}) RETURNING "id"`,
} as const;

type Known = Pick<WebhookEntity, 'id' | 'enabled' | 'deletedAt'>;

/** Removes deliveries that are past their age, and all of webhooks that were deleted. */
@Injectable()
export class DeliveryRetention {
  constructor(
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: WebhooksConfig,
  ) {}

  /** A bounded number of rows in each unit. @returns how many deliveries went. */
  async apply(isStopping: () => boolean): Promise<number> {
    const known = await this.units.run(({ manager }) =>
      manager.find(WebhookEntity, { select: { id: true, enabled: true, deletedAt: true } }),
    );
    let removed = 0;
    for (const webhook of known) {
      if (isStopping()) return removed;
      removed += await this.clear(webhook, isStopping);
    }
    return removed;
  }

  private async clear(webhook: Known, isStopping: () => boolean): Promise<number> {
    let removed = 0;
    for (;;) {
      const count = await this.clearSome(webhook);
      removed += count;
      if (isStopping()) return removed;
      if (count < ROWS_PER_UNIT) break;
    }
    if (webhook.deletedAt !== null) {
      await this.units.run(({ manager }) => manager.delete(WebhookEntity, { id: webhook.id }));
    }
    return removed;
  }

  private async clearSome({ id, enabled, deletedAt }: Known): Promise<number> {
    const [sql, parameters] =
      deletedAt === null
        ? [RETENTION_STATEMENTS.old, [id, this.oldest(), enabled ? 1 : 0]]
        : [RETENTION_STATEMENTS.ofDeleted, [id]];
    const rows = await this.units.run(({ manager }) => manager.query<object[]>(sql, parameters));
    return rows.length;
  }

  private oldest(): string {
    return new Date(this.clock.now().getTime() - this.config.keepDays * DAY_MS).toISOString();
  }
}
