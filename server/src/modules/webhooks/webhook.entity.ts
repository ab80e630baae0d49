import type { WebhookDisabledReason, WebhookEventName, WebhookFormat } from '@securescan/contracts';
import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';

/**
 * A subscription. `url`, `headers` and the secrets are sealed; `urlOrigin` and `headerNames` are what may be shown of them. A set
 * `deletedAt` means that it is gone for everybody and that its rows are on their way out.
 */
@Entity('webhooks')
@Index('idx_webhooks_created', ['createdAt', 'id'])
export class WebhookEntity {
  @KeyColumn('id')
  id!: string;

  @TextColumn('name')
  name!: string;

  @TextColumn('url')
  url!: string;

  @TextColumn('url_origin')
  urlOrigin!: string;

  @TextColumn('secret')
  secret!: string;

  /** The one before signs as well until that time, so that receivers can change over. */
  @TextColumn('previous_secret', { nullable: true })
  previousSecret!: string | null;

  @TimestampColumn('previous_secret_until', { nullable: true })
  previousSecretUntil!: string | null;

  @TextColumn('headers', { nullable: true })
  headers!: string | null;

  @JsonColumn('header_names_json')
  headerNames!: string[];

  @TextColumn('format')
  format!: WebhookFormat;

  @JsonColumn('event_filter_json')
  eventFilter!: WebhookEventName[];

  /** Whether a younger delivery waits for the elder. */
  @FlagColumn('ordered')
  ordered!: boolean;

  @FlagColumn('enabled')
  enabled!: boolean;

  @TextColumn('disabled_reason', { nullable: true })
  disabledReason!: WebhookDisabledReason | null;

  @TimestampColumn('disabled_at', { nullable: true })
  disabledAt!: string | null;

  /** Of the first attempt that failed since the last that succeeded. */
  @TimestampColumn('failing_since', { nullable: true })
  failingSince!: string | null;

  /** Until when the receiver asked us to wait. */
  @TimestampColumn('paused_until', { nullable: true })
  pausedUntil!: string | null;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TimestampColumn('updated_at')
  updatedAt!: string;

  @TimestampColumn('deleted_at', { nullable: true })
  deletedAt!: string | null;
}
