import { Module } from '@nestjs/common';
import { PrincipalsModule } from '../auth/principals.module';
import { VerdictsModule } from '../triage/verdicts.module';
import { EndedScans } from './ended-scans.repository';
import { NotificationLog } from './notification-log.repository';
import { NotificationRetentionSchedule } from './notification-retention-schedule';
import { NotificationRetention } from './notification-retention.service';
import { NotificationsController } from './notifications.controller';
import { NotificationsRelay } from './notifications.relay';
import { NotificationsRepository } from './notifications.repository';
import { NotificationsService } from './notifications.service';

/** What people should hear of. */
@Module({
  imports: [PrincipalsModule, VerdictsModule],
  controllers: [NotificationsController],
  providers: [
    EndedScans,
    NotificationLog,
    NotificationsRelay,
    NotificationsRepository,
    NotificationsService,
    NotificationRetention,
    NotificationRetentionSchedule,
  ],
})
export class NotificationsModule {}
