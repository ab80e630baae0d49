import type { NotificationSeverity, NotificationType } from '@securescan/contracts';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IntegerColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/** What a notification of many things is made of, so that more can be added to it. */
export interface GatheredThings {
  readonly count: number;
  /** The first of them, as they are named to people. */
  readonly named: readonly string[];
  /** When the first came. */
  readonly since: string;
}

/** It outlives its scan, whose deletion empties `scanId`: no link then leads nowhere. */
@Entity('notifications')
@Index('idx_notifications_created', ['createdAt', 'id'])
@Index('idx_notifications_scan', ['scanId'])
@Index('idx_notifications_seq', ['seq'], { unique: true })
@Index('idx_notifications_type', ['type', 'seq'])
@Index('idx_notifications_severity', ['severity', 'seq'])
export class NotificationEntity {
  @KeyColumn('id')
  id!: string;

  /** Its place: higher than that of all before it, and than all that anybody has read up to. */
  @IntegerColumn('seq', { default: 0 })
  seq!: number;

  @TextColumn('type')
  type!: NotificationType;

  @TextColumn('severity')
  severity!: NotificationSeverity;

  @TextColumn('title')
  title!: string;

  @TextColumn('body', { nullable: true })
  body!: string | null;

  @TextColumn('link', { nullable: true })
  link!: string | null;

  @ForeignKey(() => ScanEntity, { name: 'fk_notifications_scan', onDelete: 'SET NULL' })
  @TextColumn('scan_id', { nullable: true })
  scanId!: string | null;

  @TimestampColumn('created_at')
  createdAt!: string;

  /** Read by whoever uses an installation without credentials; named readers have rows in `notification_reads`. */
  @TimestampColumn('read_at', { nullable: true })
  readAt!: string | null;

  /** `null` for what is about one thing. */
  @JsonColumn('gathered_json', { nullable: true })
  gathered!: GatheredThings | null;
}
