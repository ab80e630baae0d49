import { Entity, ForeignKey } from 'typeorm';
import {
  IntegerColumn,
  KeyColumn,
  SequenceKeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';

/** One try of a delivery, counted from 1. */
@Entity('webhook_attempts')
export class WebhookAttemptEntity {
  @ForeignKey(() => WebhookDeliveryEntity, {
    name: 'fk_webhook_attempts_delivery',
    onDelete: 'CASCADE',
  })
  @KeyColumn('delivery_id')
  deliveryId!: string;

  @SequenceKeyColumn('attempt')
  attempt!: number;

  @TimestampColumn('started_at')
  startedAt!: string;

  @IntegerColumn('duration_ms')
  durationMs!: number;

  @IntegerColumn('response_code', { nullable: true })
  responseCode!: number | null;

  /** The beginning of the answer, without what is secret. */
  @TextColumn('response_body', { nullable: true })
  responseBody!: string | null;

  @TextColumn('error', { nullable: true })
  error!: string | null;
}
