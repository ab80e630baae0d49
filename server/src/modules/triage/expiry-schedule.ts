import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { RepeatingTask } from '../../common/repeating-task';
import { VerdictExpiry } from './verdict-expiry.service';

const MINUTE_MS = 60_000;

/** Looks for verdicts that have lapsed when the server starts and every minute from then on. */
@Injectable()
export class ExpirySchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('triage');
  private readonly task = new RepeatingTask(MINUTE_MS, (isStopping) => this.apply(isStopping));

  constructor(private readonly expiry: VerdictExpiry) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async apply(isStopping: () => boolean): Promise<void> {
    try {
      const lapsed = await this.expiry.apply(isStopping);
      if (lapsed > 0) this.logger.log(`${lapsed} verdicts have lapsed.`);
    } catch (error) {
      // Expected: a full or broken disk. They count no longer all the same, and the next minute tries again.
      this.logger.warn(`Lapsed verdicts are not all written down yet: ${String(error)}`);
    }
  }
}
