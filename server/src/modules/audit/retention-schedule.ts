import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { AuditRetention } from './audit-retention.service';

const DAY_MS = 86_400_000;

/** Applies retention when the server starts and every day from then on. */
@Injectable()
export class RetentionSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('retention');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly retention: AuditRetention) {}

  /** Resolves once the age that is set holds; what is past it goes behind. */
  async onApplicationBootstrap(): Promise<void> {
    await this.retention.adopt();
    this.start();
    this.timer = setInterval(() => {
      this.start();
    }, DAY_MS);
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
      const removed = await this.retention.apply(() => this.isStopping);
      if (removed > 0) this.logger.log(`${removed} entries of the audit log were past their age.`);
    } catch (error) {
      // Expected: a full or broken disk. The next day tries again.
      this.logger.warn(`Old entries of the audit log are not all gone yet: ${String(error)}`);
    }
  }
}
