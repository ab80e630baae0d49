import { Logger } from '@nestjs/common';
import { DefectError } from '@securescan/core';
import { JobQueue } from '../../ports/job-queue.port';
import type { JobHandler, JobMap, JobName, JobOptions } from '../../ports/job-queue.port';

interface Lane {
  readonly waiting: unknown[];
  start: ((payload: unknown) => Promise<void>) | null;
  concurrency: number;
  running: number;
}

/** Jobs in memory. What a crash loses is made good at the next start, from the rows that the jobs spoke of. */
export class InProcessJobQueue extends JobQueue {
  private readonly logger = new Logger(InProcessJobQueue.name);
  private readonly lanes = new Map<JobName, Lane>();
  private readonly idleListeners = new Set<() => void>();
  private isDraining = false;

  process<K extends JobName>(name: K, handler: JobHandler<K>, options: JobOptions): void {
    const lane = this.laneOf(name);
    if (lane.start !== null) {
      throw new DefectError('INVARIANT_BROKEN', `A second handler was named for ${name} jobs.`);
    }
    if (options.concurrency < 1) {
      throw new DefectError('INVARIANT_BROKEN', `No ${name} job could ever run.`);
    }
    // A lane holds only what `add` put into it under the same name.
    lane.start = (payload) => handler(payload as JobMap[K]);
    lane.concurrency = options.concurrency;
    this.startWaiting(name, lane);
  }

  add<K extends JobName>(name: K, payload: JobMap[K]): Promise<void> {
    const lane = this.laneOf(name);
    lane.waiting.push(payload);
    this.startWaiting(name, lane);
    return Promise.resolve();
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.isDraining = true;
    if (this.isIdle()) {
      return true;
    }
    return new Promise<boolean>((resolve) => {
      const finish = (isDone: boolean): void => {
        clearTimeout(timer);
        this.idleListeners.delete(onIdle);
        resolve(isDone);
      };
      const onIdle = (): void => {
        finish(true);
      };
      const timer = setTimeout(() => {
        finish(false);
      }, timeoutMs);
      this.idleListeners.add(onIdle);
    });
  }

  private laneOf(name: JobName): Lane {
    const known = this.lanes.get(name);
    if (known !== undefined) {
      return known;
    }
    const lane: Lane = { waiting: [], start: null, concurrency: 0, running: 0 };
    this.lanes.set(name, lane);
    return lane;
  }

  private startWaiting(name: JobName, lane: Lane): void {
    while (!this.isDraining && lane.start !== null && lane.running < lane.concurrency) {
      if (lane.waiting.length === 0) {
        return;
      }
      lane.running += 1;
      void this.runOne(name, lane, lane.start, lane.waiting.shift());
    }
  }

  private async runOne(
    name: JobName,
    lane: Lane,
    start: (payload: unknown) => Promise<void>,
    payload: unknown,
  ): Promise<void> {
    try {
      // Whoever adds a job goes on first, as he would with a queue in another process.
      await new Promise<void>((resume) => setImmediate(resume));
      await start(payload);
    } catch (error) {
      // Whatever a handler throws: its job has failed, and no other one.
      const stack = error instanceof Error ? error.stack : undefined;
      this.logger.error(`A ${name} job failed: ${String(error)}`, stack);
    } finally {
      lane.running -= 1;
      this.startWaiting(name, lane);
      this.tellIfIdle();
    }
  }

  private isIdle(): boolean {
    return [...this.lanes.values()].every((lane) => lane.running === 0);
  }

  private tellIfIdle(): void {
    if (this.isIdle()) {
      for (const tell of [...this.idleListeners]) {
        tell();
      }
    }
  }
}
