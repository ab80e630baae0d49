import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { RepeatingTask } from '../../common/repeating-task';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Regressions } from './regressions.service';

const MINUTE_MS = 60_000;

/** Looks through every scan that completes; what a stop or a full disk leaves over is taken up at the next start or minute. */
@Injectable()
export class RegressionWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('triage');
  private readonly task = new RepeatingTask(MINUTE_MS, (isStopping) => this.resume(isStopping));

  constructor(
    private readonly regressions: Regressions,
    private readonly units: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  async begin({ scanId }: { readonly scanId: string }, tx: Transaction): Promise<void> {
    await this.regressions.begin(tx, scanId);
  }

  @OnDomainEvent('scan.completed', { when: 'after-commit' })
  goOn(): void {
    this.task.runSoon();
  }

  private async resume(isStopping: () => boolean): Promise<void> {
    try {
      await this.regressions.resume(this.units, isStopping);
    } catch (error) {
      // Expected: a full or broken disk. How far each scan has been looked through is stored, and the next minute goes on.
      this.logger.warn(`Regressions are not all written down yet: ${String(error)}`);
    }
  }
}
