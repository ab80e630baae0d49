import { Entity } from 'typeorm';
import {
  FlagColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';

export const WEBHOOK_FORMATS = ['generic', 'slack', 'discord'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** A subscription. `url`, `secret` and `headers` hold cipher texts; `urlOrigin` is what may be shown. */
@Entity('webhooks')
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

  @TextColumn('headers', { nullable: true })
  headers!: string | null;

  @TextColumn('format')
  format!: WebhookFormat;

  @JsonColumn('event_filter_json')
  eventFilter!: string[];

  /** Whether a younger delivery waits for the elder. */
  @FlagColumn('ordered')
  ordered!: boolean;

  @FlagColumn('enabled')
  enabled!: boolean;

  /** Why we disabled or paused it ourselves. */
  @TextColumn('disabled_reason', { nullable: true })
  disabledReason!: string | null;

  /** Until when the receiver asked us to wait. */
  @TimestampColumn('paused_until', { nullable: true })
  pausedUntil!: string | null;

  @TimestampColumn('created_at')
  createdAt!: string;

  @TimestampColumn('updated_at')
  updatedAt!: string;
}
