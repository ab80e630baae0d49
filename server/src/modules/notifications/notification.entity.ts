import { Entity, ForeignKey, Index } from 'typeorm';
import { KeyColumn, TextColumn, TimestampColumn } from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

export const NOTIFICATION_SEVERITIES = ['info', 'warning', 'error'] as const;
export type NotificationSeverity = (typeof NOTIFICATION_SEVERITIES)[number];

/** It outlives its scan, whose deletion empties `scanId`: no link then leads nowhere. */
@Entity('notifications')
@Index('idx_notifications_created', ['createdAt', 'id'])
@Index('idx_notifications_read', ['readAt'])
@Index('idx_notifications_scan', ['scanId'])
export class NotificationEntity {
  @KeyColumn('id')
  id!: string;

  @TextColumn('type')
  type!: string;

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
}
