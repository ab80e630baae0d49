import { Entity, ForeignKey, Index } from 'typeorm';
import { KeyColumn, TimestampColumn } from '../../database/columns';
import { PrincipalEntity } from '../auth/principal.entity';
import { NotificationEntity } from './notification.entity';

@Entity('notification_reads')
@Index('idx_notification_reads_principal', ['principalId'])
export class NotificationReadEntity {
  @ForeignKey(() => NotificationEntity, {
    name: 'fk_notification_reads_notification',
    onDelete: 'CASCADE',
  })
  @KeyColumn('notification_id')
  notificationId!: string;

  @ForeignKey(() => PrincipalEntity, {
    name: 'fk_notification_reads_principal',
    onDelete: 'CASCADE',
  })
  @KeyColumn('principal_id')
  principalId!: string;

  @TimestampColumn('read_at')
  readAt!: string;
}
