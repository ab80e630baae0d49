import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatingTask } from './repeating-task';

export interface WorkTraits {
  /** Under which the log tells of it. */
  readonly topic: string;
  readonly everyMs: number;
  /** What the log says where it failed; the reason follows. */
  readonly complaint: string;
}

/**
 * Work that a provider does when the server starts, again and again from then on, and when it says so in between. What fails is
 * logged, and the next time tries again.
 */
export abstract class RepeatedWork implements OnApplicationBootstrap, OnModuleDestroy {
  protected readonly logger: Logger;
  private readonly task: RepeatingTask;

  protected constructor({ topic, everyMs, complaint }: WorkTraits) {
    this.logger = new Logger(topic);
    this.task = new RepeatingTask(everyMs, async (isStopping) => {
      try {
        await this.work(isStopping);
      } catch (error) {
        // Expected: a full or broken disk.
        this.logger.warn(`${complaint}: ${String(error)}`);
      }
    });
  }

  onApplicationBootstrap(): void | Promise<void> {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Once more, after what is under way. */
  protected runSoon(): void {
    this.task.runSoon();
  }

  protected abstract work(isStopping: () => boolean): Promise<void>;
}
