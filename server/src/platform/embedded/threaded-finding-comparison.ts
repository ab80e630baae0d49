import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { OperationalError } from '@securescan/core';
import { installRoot } from '@securescan/host-node';
import {
  type ComparedFindings,
  type ComparisonOrder,
  FindingComparison,
} from '../../ports/finding-comparison.port';

/** Comparisons that wait for their turn beyond this are refused. */
const MOST_WAITING = 20;
const LONGEST_MS = 30_000;
/** Some kilobytes for each finding, and more than a comparison of the largest scans takes. */
const HEAP_MEGABYTES = 1024;

export class ComparisonUnavailableError extends OperationalError {
  constructor(reason: string, cause?: unknown) {
    super('SERVICE_UNAVAILABLE', `${reason} Try again in a moment.`, { cause });
  }
}

/** One comparison after the other, each in a thread of its own, whose memory goes with it. */
@Injectable()
export class ThreadedFindingComparison
  extends FindingComparison
  implements BeforeApplicationShutdown
{
  private latest: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private worker: Worker | null = null;
  private isClosed = false;

  constructor(private readonly file: string) {
    super();
  }

  async compare(order: ComparisonOrder): Promise<ComparedFindings> {
    if (this.waiting >= MOST_WAITING) {
      throw new ComparisonUnavailableError('Too many comparisons wait for their turn.');
    }
    this.waiting += 1;
    const compared = this.latest
      .then(() => this.run(order))
      .finally(() => {
        this.waiting -= 1;
      });
    // Whoever is next waits for the end of it, however it ends.
    this.latest = compared.catch(() => undefined);
    return compared;
  }

  /** Before the database closes, which folds its log only when nobody else has it open. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    await this.worker?.terminate();
    await this.latest;
  }

  private async run(order: ComparisonOrder): Promise<ComparedFindings> {
    if (this.isClosed) throw new ComparisonUnavailableError('The server is stopping.');
    // Compiled, even where we run from source: a thread knows no TypeScript.
    const entry = join(
      installRoot(),
      'dist/server/src/platform/embedded/comparison-thread-main.js',
    );
    const worker = new Worker(entry, {
      workerData: { file: this.file, order },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    this.worker = worker;
    const timer = setTimeout(() => void worker.terminate(), LONGEST_MS);
    try {
      return await resultOf(worker);
    } finally {
      clearTimeout(timer);
      this.worker = null;
    }
  }
}

/** Settles when the thread is gone, so that no two of them are there at once. */
async function resultOf(worker: Worker): Promise<ComparedFindings> {
  let result: ComparedFindings | undefined;
  let failure: unknown;
  worker.on('message', (compared: ComparedFindings) => {
    result = compared;
  });
  worker.on('error', (error) => {
    failure = error;
  });
  await new Promise((resolve) => worker.once('exit', resolve));
  if (result !== undefined) return result;
  throw new ComparisonUnavailableError('The comparison took too long or broke off.', failure);
}
