import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { DomainEventMap } from '../../../domain-events/domain-event-map';
import { OnDomainEvent } from '../../../domain-events/on-domain-event';
import type { Transaction } from '../../../domain-events/unit-of-work';
import { FindingLives } from './finding-lives.service';
import { FindingRoundsRepository } from './finding-rounds.repository';

/** Puts completed scans in the line, and works on it behind them and from the start of the server on. */
@Injectable()
export class LivesSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('insight');
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly rounds: FindingRoundsRepository,
    private readonly lives: FindingLives,
  ) {}

  onApplicationBootstrap(): void {
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  async enqueue({ scanId }: DomainEventMap['scan.completed'], tx: Transaction): Promise<void> {
    await this.rounds.enqueue(tx, scanId);
  }

  @OnDomainEvent('scan.completed', { when: 'after-commit' })
  wake(): void {
    this.running = this.running.then(() => this.work());
  }

  /** Resolves when every scan that has completed by now has been taken in. */
  settled(): Promise<void> {
    return this.running;
  }

  private async work(): Promise<void> {
    try {
      while (await this.lives.takeNext(() => this.isStopping));
    } catch (error) {
      // Expected: a full or broken disk. Nothing is lost, and the next scan or start goes on.
      this.logger.warn(`The lives of findings are not all up to date yet: ${String(error)}`);
    }
  }
}
