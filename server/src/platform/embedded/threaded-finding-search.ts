import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { OperationalError } from '@securescan/core';
import { installRoot } from '@securescan/host-node';
import { FindingSearch, type FindingSearchOrder } from '../../ports/finding-search.port';

/** Searches that wait for their turn beyond this are refused. */
const MOST_WAITING = 100;
const LONGEST_MS = 10_000;

export interface SearchRequest {
  readonly id: number;
  readonly order: FindingSearchOrder;
}

export type SearchAnswer =
  | { readonly id: number; readonly positions: Int32Array }
  | { readonly id: number; readonly error: string };

interface Waiting {
  readonly resolve: (positions: Int32Array) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class SearchUnavailableError extends OperationalError {
  constructor(reason: string) {
    super('SERVICE_UNAVAILABLE', `${reason} Try again in a moment, or narrow the list without q.`);
  }
}

/** Searches one after the other in a thread, which is started when somebody first asks and given up when it hangs. */
@Injectable()
export class ThreadedFindingSearch extends FindingSearch implements BeforeApplicationShutdown {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | null = null;
  private lastId = 0;
  private isClosed = false;

  constructor(private readonly file: string) {
    super();
  }

  positions(order: FindingSearchOrder): Promise<Int32Array> {
    if (this.isClosed) return Promise.reject(new SearchUnavailableError('The server is stopping.'));
    if (this.waiting.size >= MOST_WAITING) {
      return Promise.reject(new SearchUnavailableError('Too many searches wait for their turn.'));
    }
    const id = (this.lastId += 1);
    const request: SearchRequest = { id, order };
    this.worker ??= this.start();
    this.worker.postMessage(request);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.giveUp();
      }, LONGEST_MS).unref();
      this.waiting.set(id, { resolve, reject, timer });
    });
  }

  /** Before the database closes, which folds its log only when nobody else has it open. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    const { worker } = this;
    if (worker === null) return;
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await gone;
  }

  private start(): Worker {
    // Compiled, even where we run from source: a thread knows no TypeScript.
    const entry = join(installRoot(), 'dist/server/src/platform/embedded/search-thread-main.js');
    const worker = new Worker(entry, { workerData: this.file, execArgv: [] });
    worker.unref();
    worker.on('message', (answer: SearchAnswer) => {
      this.settle(answer);
    });
    // What went wrong reaches those who wait when the thread is gone, which it is next.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.worker === worker) this.giveUp();
    });
    return worker;
  }

  /** The thread may be deep in a query, which nobody can interrupt: it is left alone, and the next search gets another. */
  private giveUp(): void {
    void this.worker?.terminate();
    this.worker = null;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(new SearchUnavailableError('The search took too long or broke off.'));
    }
    this.waiting.clear();
  }

  private settle(answer: SearchAnswer): void {
    const asked = this.waiting.get(answer.id);
    if (asked === undefined) return;
    clearTimeout(asked.timer);
    this.waiting.delete(answer.id);
    if ('positions' in answer) asked.resolve(answer.positions);
    else asked.reject(new SearchUnavailableError(`The search failed (${answer.error}).`));
  }
}
