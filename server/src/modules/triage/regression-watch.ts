import { Injectable } from '@nestjs/common';
import { RepeatedWork } from '../../common/repeated-work';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Regressions } from './regressions.service';

const MINUTE_MS = 60_000;

/** Looks through every scan that completes; what a stop or a full disk leaves over is taken up at the next start or minute. */
@Injectable()
export class RegressionWatch extends RepeatedWork {
  constructor(
    private readonly regressions: Regressions,
    private readonly units: UnitOfWork,
  ) {
    const complaint = 'Regressions are not all written down yet';
    super({ topic: 'triage', everyMs: MINUTE_MS, complaint });
  }

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  async begin({ scanId }: { readonly scanId: string }, tx: Transaction): Promise<void> {
    await this.regressions.begin(tx, scanId);
  }

  @OnDomainEvent('scan.completed', { when: 'after-commit' })
  goOn(): void {
    this.runSoon();
  }

  protected work(isStopping: () => boolean): Promise<void> {
    return this.regressions.resume(this.units, isStopping);
  }
}
