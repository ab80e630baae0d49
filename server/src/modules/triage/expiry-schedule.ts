import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { VerdictExpiry } from './verdict-expiry.service';

const MINUTE_MS = 60_000;

/** Looks for verdicts that have lapsed when the server starts and every minute from then on. */
@Injectable()
export class ExpirySchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('triage');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly expiry: VerdictExpiry) {}

  onApplicationBootstrap(): void {
    this.start();
    this.timer = setInterval(() => {
      this.start();
    }, MINUTE_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  private start(): void {
    this.running = this.running.then(() => this.apply());
  }

  private async apply(): Promise<void> {
    try {
      const lapsed = await this.expiry.apply(() => this.isStopping);
      if (lapsed > 0) this.logger.log(`${lapsed} verdicts have lapsed.`);
    } catch (error) {
      // Expected: a full or broken disk. They count no longer all the same, and the next minute tries again.
      this.logger.warn(`Lapsed verdicts are not all written down yet: ${String(error)}`);
    }
  }
}
