import { Injectable } from '@nestjs/common';
import { isDead, type NextStep } from '@securescan/core';
import { IsNull } from 'typeorm';
import type { Transaction } from '../../domain-events/unit-of-work';
import { AuditLog, THE_SERVER } from '../audit/audit-log.service';
import { WebhookEntity } from './webhook.entity';

const WELL = `UPDATE "webhooks" SET "failing_since" = NULL WHERE "id" = ? AND "failing_since" IS NOT NULL`;

/** Notes of each webhook whether anything reaches it, and disables those that nothing reaches any more. */
@Injectable()
export class WebhookHealth {
  constructor(private readonly audit: AuditLog) {}

  /** @param startedAt of the attempt that led to this step. */
  async note(
    tx: Transaction,
    webhookId: string,
    step: NextStep,
    { startedAt, now }: { readonly startedAt: Date; readonly now: Date },
  ): Promise<void> {
    if (step.kind === 'succeeded') {
      await tx.manager.query(WELL, [webhookId]);
      return;
    }
    const known = { id: webhookId, deletedAt: IsNull() };
    const webhook = await tx.manager.findOneBy(WebhookEntity, known);
    if (webhook === null) return;
    const failingSince = webhook.failingSince ?? startedAt.toISOString();
    const asked = step.kind === 'retry' ? step.pausedUntil : null;
    const pausedUntil = asked === null ? webhook.pausedUntil : asked.toISOString();
    await tx.manager.update(WebhookEntity, webhookId, { failingSince, pausedUntil });
    if (step.kind === 'gone') await this.disable(tx, webhook, 'gone', now);
    else if (isDead(new Date(failingSince), now)) await this.disable(tx, webhook, 'failing', now);
  }

  private async disable(
    tx: Transaction,
    { id, name, enabled }: WebhookEntity,
    reason: 'gone' | 'failing',
    now: Date,
  ): Promise<void> {
    if (!enabled) return;
    const at = now.toISOString();
    const changes = { enabled: false, disabledReason: reason, disabledAt: at, updatedAt: at };
    await tx.manager.update(WebhookEntity, id, changes);
    await this.audit.record(tx, THE_SERVER, {
      action: 'webhook.disabled',
      subjectType: 'webhook',
      subjectId: id,
      details: { name, reason },
    });
    await tx.publish('webhook.disabled', { webhookId: id, name, reason });
  }
}
