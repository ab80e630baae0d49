import { Entity, ForeignKey, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { WebhookEntity } from './webhook.entity';

export const DELIVERY_STATUSES = [
  'pending',
  'delivering',
  'succeeded',
  'failed',
  'skipped',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const DELIVERY_LANES = ['events', 'test'] as const;
export type DeliveryLane = (typeof DELIVERY_LANES)[number];

/** One message to one webhook. `payload` is the body itself, sent with the same bytes on every attempt. */
@Entity('webhook_deliveries')
@Index('idx_webhook_deliveries_lane', ['webhookId', 'lane', 'sequence'], { unique: true })
@Index('idx_webhook_deliveries_due', ['status', 'nextAttemptAt'])
@Index('idx_webhook_deliveries_created', ['webhookId', 'createdAt', 'id'])
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

  @TextColumn('event')
  event!: string;

  @TextColumn('payload_json')
  payload!: string;

  @TextColumn('status')
  status!: DeliveryStatus;

  @IntegerColumn('attempt')
  attempt!: number;

  @TimestampColumn('next_attempt_at')
  nextAttemptAt!: string;

  /** Where the time that it may hold up the younger ones begins. */
  @TimestampColumn('first_failed_at', { nullable: true })
  firstFailedAt!: string | null;

  @TimestampColumn('stepped_aside_at', { nullable: true })
  steppedAsideAt!: string | null;

  /** A claim that is older than this was left by a process that is gone. */
  @TimestampColumn('lease_expires_at', { nullable: true })
  leaseExpiresAt!: string | null;

  @IntegerColumn('response_code', { nullable: true })
  responseCode!: number | null;

  @TextColumn('response_body', { nullable: true })
  responseBody!: string | null;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TimestampColumn('updated_at')
  updatedAt!: string;
}
