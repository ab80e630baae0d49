import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { RepeatingTask } from '../../common/repeating-task';
import { AuditRetention } from './audit-retention.service';

const DAY_MS = 86_400_000;

/** Applies retention when the server starts and every day from then on. */
@Injectable()
export class RetentionSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('retention');
  private readonly task = new RepeatingTask(DAY_MS, (isStopping) => this.apply(isStopping));

  constructor(private readonly retention: AuditRetention) {}

  /** Resolves once the age that is set holds; what is past it goes behind. */
  async onApplicationBootstrap(): Promise<void> {
    await this.retention.adopt();
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async apply(isStopping: () => boolean): Promise<void> {
    try {
      const removed = await this.retention.apply(isStopping);
      if (removed > 0) this.logger.log(`${removed} entries of the audit log were past their age.`);
    } catch (error) {
      // Expected: a full or broken disk. The next day tries again.
      this.logger.warn(`Old entries of the audit log are not all gone yet: ${String(error)}`);
    }
  }
}
