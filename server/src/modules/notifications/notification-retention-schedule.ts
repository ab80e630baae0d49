import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { RepeatingTask } from '../../common/repeating-task';
import { NotificationRetention } from './notification-retention.service';

const HOUR_MS = 3_600_000;

/** Removes old notifications when the server starts and every hour from then on. */
@Injectable()
export class NotificationRetentionSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('notifications');
  private readonly task = new RepeatingTask(HOUR_MS, (isStopping) => this.apply(isStopping));

  constructor(private readonly retention: NotificationRetention) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async apply(isStopping: () => boolean): Promise<void> {
    try {
      const removed = await this.retention.apply(isStopping);
      if (removed > 0) this.logger.log(`${removed} notifications were past their age.`);
    } catch (error) {
      // Expected: a full or broken disk. The next hour tries again.
      this.logger.warn(`Old notifications are not all gone yet: ${String(error)}`);
    }
  }
}
