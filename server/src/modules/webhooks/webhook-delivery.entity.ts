import type { DeliveryLane, DeliveryStatus, WebhookEventName } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { WebhookEntity } from './webhook.entity';

/** What the partial index of a lane's line holds. */
const IN_LINE = `"stepped_aside_at" IS NULL AND "status" IN ('pending', 'delivering')`;
const ASIDE = `"stepped_aside_at" IS NOT NULL AND "status" IN ('pending', 'delivering')`;

/** One message to one webhook. `payload` is the body itself, sent with the same bytes on every attempt. */
@Entity('webhook_deliveries')
@Index('idx_webhook_deliveries_lane', ['webhookId', 'lane', 'sequence'], { unique: true })
@Index('idx_webhook_deliveries_line', ['webhookId', 'lane', 'sequence'], { where: IN_LINE })
@Index('idx_webhook_deliveries_aside', ['webhookId', 'lane', 'nextAttemptAt'], { where: ASIDE })
@Index('idx_webhook_deliveries_created', ['webhookId', 'createdAt', 'id'])
@Index('idx_webhook_deliveries_status', ['webhookId', 'status', 'createdAt', 'id'])
@Index('idx_webhook_deliveries_event', ['webhookId', 'event', 'createdAt', 'id'])
export class WebhookDeliveryEntity {
  @KeyColumn('id')
  id!: string;

  @ForeignKey(() => WebhookEntity, { name: 'fk_webhook_deliveries_webhook', onDelete: 'CASCADE' })
  @TextColumn('webhook_id')
  webhookId!: string;

  @TextColumn('lane')
  lane!: DeliveryLane;

  /** Order within the webhook's lane. */
  @IntegerColumn('sequence')
  sequence!: number;

  /** The body's `id`: that of the delivery that was made first of it. */
  @TextColumn('message_id')
  messageId!: string;

  @TextColumn('event')
  event!: WebhookEventName;

  @TextColumn('payload_json')
  payload!: string;

  @TextColumn('status')
  status!: DeliveryStatus;

  /** How many attempts have ended. */
  @IntegerColumn('attempt')
  attempt!: number;

  /** When it may be claimed: for its next attempt, or, while it is `delivering`, from somebody who is gone. */
  @TimestampColumn('next_attempt_at')
  nextAttemptAt!: string;

  /** From when on it has held up the younger ones; `null` before its first failure. */
  @TimestampColumn('holds_since', { nullable: true })
  holdsSince!: string | null;

  @TimestampColumn('stepped_aside_at', { nullable: true })
  steppedAsideAt!: string | null;

  /** Counts the claims: whoever holds an older one has nothing to say any more. */
  @IntegerColumn('lease_token')
  leaseToken!: number;

  /** The delivery that this one repeats, which may be gone. */
  @TextColumn('redelivery_of', { nullable: true })
  redeliveryOf!: string | null;

  @TimestampColumn('occurred_at')
  occurredAt!: string;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TimestampColumn('updated_at')
  updatedAt!: string;
}
