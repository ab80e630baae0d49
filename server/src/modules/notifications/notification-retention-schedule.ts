import { Injectable } from '@nestjs/common';
import { RepeatedWork } from '../../common/repeated-work';
import { NotificationRetention } from './notification-retention.service';

const HOUR_MS = 3_600_000;

/** Removes old notifications. */
@Injectable()
export class NotificationRetentionSchedule extends RepeatedWork {
  constructor(private readonly retention: NotificationRetention) {
    const complaint = 'Old notifications are not all gone yet';
    super({ topic: 'notifications', everyMs: HOUR_MS, complaint });
  }

  protected async work(isStopping: () => boolean): Promise<void> {
    const removed = await this.retention.apply(isStopping);
    if (removed > 0) this.logger.log(`${removed} notifications were past their age.`);
  }
}
