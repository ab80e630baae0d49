import { Injectable } from '@nestjs/common';
import type {
  AuditAction,
  DeliveryStatus,
  JsonObject,
  WebhookReplayRequestBody,
} from '@securescan/contracts';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { DeliveryLine } from './delivery-line.repository';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookMessages } from './webhook-messages';
import { WebhookVault } from './webhook-vault';
import type { WebhookEntity } from './webhook.entity';
import {
  DeliveryNotFoundError,
  DeliveryNotOpenError,
  DeliveryOpenError,
  ReplayTooLargeError,
  WebhookDisabledError,
  WebhookNotFoundError,
  WebhookUnreadableError,
} from './webhooks.errors';
import { WebhooksRepository } from './webhooks.repository';

/** Each is a row that is copied while nobody else can write. */
export const MOST_REPLAYED = 1000;
const OPEN: readonly DeliveryStatus[] = ['pending', 'delivering'];

/** Those that an event brought, by when it came. */
export const REPLAYED = `SELECT "id" FROM "webhook_deliveries"
  WHERE "webhook_id" = ? AND "created_at" >= ? AND "created_at" < ? AND "lane" = 'events'
    AND "status" IN (SELECT "value" FROM json_each(?)) AND (? IS NULL OR "event" IN (SELECT "value" FROM json_each(?)))
  ORDER BY "sequence" LIMIT ${MOST_REPLAYED + 1}`;

/** What callers may do to deliveries. */
@Injectable()
export class DeliveryCommands {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly line: DeliveryLine,
    private readonly messages: WebhookMessages,
    private readonly vault: WebhookVault,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Sends a message of no event, to a disabled one too. @returns its delivery's id. @throws WebhookNotFoundError @throws WebhookUnreadableError */
  async test(webhookId: string, actor: Actor): Promise<string> {
    return this.units.run(async (tx) => {
      const webhook = await this.known(tx, webhookId);
      if (!this.vault.isReadable(webhook)) throw new WebhookUnreadableError();
      const id = await this.messages.putTest(tx, webhook);
      await this.record(tx, actor, 'webhook.tested', { webhook, details: { delivery_id: id } });
      return id;
    });
  }

  /**
   * Sends what has ended once more, with the same message. @returns the new delivery's id.
   * @throws WebhookNotFoundError @throws DeliveryNotFoundError @throws DeliveryOpenError @throws WebhookDisabledError
   */
  async redeliver(webhookId: string, id: string, actor: Actor): Promise<string> {
    return this.units.run(async (tx) => {
      const webhook = await this.enabled(tx, webhookId);
      const delivery = await this.find(tx, webhookId, id);
      if (OPEN.includes(delivery.status)) throw new DeliveryOpenError();
      const [made = ''] = await this.line.repeat(tx, webhookId, [id]);
      const details = { delivery_ids: [id] };
      await this.record(tx, actor, 'webhook.redelivered', { webhook, details });
      return made;
    });
  }

  /**
   * Sends what events of a time brought once more, in its order. @returns how many.
   * @throws WebhookNotFoundError @throws WebhookDisabledError @throws ReplayTooLargeError
   */
  async replay(
    webhookId: string,
    { from, to, events, statuses }: WebhookReplayRequestBody,
    actor: Actor,
  ): Promise<number> {
    return this.units.run(async (tx) => {
      const webhook = await this.enabled(tx, webhookId);
      const named = events === undefined ? null : JSON.stringify(events);
      const ended: readonly DeliveryStatus[] = statuses ?? ['succeeded', 'failed', 'skipped'];
      const parameters = [webhookId, from, to, JSON.stringify(ended), named, named];
      const rows = await tx.manager.query<{ id: string }[]>(REPLAYED, parameters);
      if (rows.length > MOST_REPLAYED) throw new ReplayTooLargeError(MOST_REPLAYED);
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await this.line.repeat(tx, webhookId, ids);
      const details = { from, to, events: events ?? null, statuses: [...ended], count: ids.length };
      await this.record(tx, actor, 'webhook.redelivered', { webhook, details });
      return ids.length;
    });
  }

  /**
   * Ends one that has not ended, so that nobody waits for it any more. An attempt that is under way is not undone by it.
   * @throws WebhookNotFoundError @throws DeliveryNotFoundError @throws DeliveryNotOpenError
   */
  async skip(webhookId: string, id: string, actor: Actor): Promise<void> {
    await this.units.run(async (tx) => {
      const webhook = await this.known(tx, webhookId);
      const delivery = await this.find(tx, webhookId, id);
      if (!(await this.line.skip(tx, { webhookId, id }))) throw new DeliveryNotOpenError();
      const details = { delivery_id: id, event: delivery.event };
      await this.record(tx, actor, 'webhook.delivery_skipped', { webhook, details });
    });
  }

  private async known(tx: Transaction, id: string): Promise<WebhookEntity> {
    const row = await this.webhooks.findIn(tx, id);
    if (row === null) throw new WebhookNotFoundError();
    return row;
  }

  private async enabled(tx: Transaction, id: string): Promise<WebhookEntity> {
    const row = await this.known(tx, id);
    if (!row.enabled) throw new WebhookDisabledError();
    return row;
  }

  private async find(
    tx: Transaction,
    webhookId: string,
    id: string,
  ): Promise<WebhookDeliveryEntity> {
    const row = await tx.manager.findOneBy(WebhookDeliveryEntity, { id, webhookId });
    if (row === null) throw new DeliveryNotFoundError();
    return row;
  }
  private async record(
    tx: Transaction,
    actor: Actor,
    action: AuditAction,
    on: { readonly webhook: WebhookEntity; readonly details: JsonObject },
  ): Promise<void> {
    const { id, name } = on.webhook;
    const details = { name, ...on.details };
    const entry = { action, subjectType: 'webhook', subjectId: id, details } as const;
    await this.audit.record(tx, actor, entry);
  }
}
