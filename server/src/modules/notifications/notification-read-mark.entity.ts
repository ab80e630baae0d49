import { Entity, Index } from 'typeorm';
import { KeyColumn, SequenceKeyColumn, TimestampColumn } from '../../database/columns';

/**
 * Somebody has read everything up to a place. One row for each time that changed something: what was read when stays true, and
 * what comes later lies behind it.
 */
@Entity('notification_read_marks')
@Index('idx_notification_read_marks_up_to', ['upTo'])
export class NotificationReadMarkEntity {
  /** A principal's id, or `open` for whoever uses an installation without credentials. */
  @KeyColumn('reader')
  reader!: string;

  @SequenceKeyColumn('up_to')
  upTo!: number;

  @TimestampColumn('read_at')
  readAt!: string;
}
