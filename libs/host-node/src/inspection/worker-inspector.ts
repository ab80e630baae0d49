import { Worker } from 'node:worker_threads';
import { OperationalError } from '@securescan/core';
import {
  budgetExceeded,
  type FileBatch,
  type FileInspector,
  type InspectedFile,
} from '@securescan/scan-engine';
import { isOutOfMemory } from '../out-of-memory';
import { threadProgram } from '../thread-program';
import { withCasualties, withoutCasualties, type Casualty } from './casualties';
import type { BatchAnswer, BatchOrder } from './worker-messages';

const WATCH_MS = 100;
/** A thread loads our code first, which takes longer the busier the machine is. */
const START_MS = 60_000;
/** A thread that needs more than this is ended like one that takes too long. */
const MAX_HEAP_MB = 512;
/** What V8 lets it grow to otherwise it never gives back, while a scan needs little of it. */
const MAX_YOUNG_MB = 16;

type Attempt =
  | { readonly kind: 'done'; readonly files: readonly InspectedFile[] }
  | { readonly kind: 'ended'; readonly casualty: Casualty };

/**
 * Reads files in worker threads: as many as there are batches at the same time, each used again. A thread that hangs on a
 * file, or runs out of memory over it, is ended, and the batch is done again without that scanner for that file.
 */
export class WorkerInspector implements FileInspector {
  private readonly idle: Worker[] = [];
  private readonly live = new Set<Worker>();

  constructor(
    private readonly entry = threadProgram(
      __dirname,
      'libs/host-node/src/inspection/worker-main.js',
    ),
  ) {}

  async inspect(batch: FileBatch, signal: AbortSignal): Promise<readonly InspectedFile[]> {
    const casualties: Casualty[] = [];
    for (;;) {
      const attempt = await this.attempt(withoutCasualties(batch, casualties), signal);
      if (attempt.kind === 'done') return withCasualties(batch, attempt.files, casualties);
      casualties.push(attempt.casualty);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.live].map((worker) => worker.terminate()));
  }

  private attempt(batch: FileBatch, signal: AbortSignal): Promise<Attempt> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const worker = this.idle.pop() ?? this.start();
    // Index of the file (-1 after the last), index of the scanner, number of steps: written by the thread, read here.
    const position = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
    return new Promise((resolve, reject) => {
      const end = (reason: string): void => {
        leave();
        void worker.terminate();
        resolve({ kind: 'ended', casualty: casualtyAt(batch, position, reason) });
      };
      const watch = watchSteps(position, batch.maxFileMs, end);
      const onAnswer = ({ files }: BatchAnswer): void => {
        leave();
        this.idle.push(worker);
        resolve({ kind: 'done', files });
      };
      const onError = (error: unknown): void => {
        if (isOutOfMemory(error)) {
          end(budgetExceeded(`more than ${MAX_HEAP_MB} MB of memory for one file`));
          return;
        }
        leave();
        reject(
          new OperationalError('TOOL_FAILED', 'A reading thread broke down.', { cause: error }),
        );
      };
      const onAbort = (): void => {
        leave();
        void worker.terminate();
        reject(signal.reason as Error);
      };
      const leave = (): void => {
        clearInterval(watch);
        signal.removeEventListener('abort', onAbort);
        worker.off('message', onAnswer).off('error', onError);
      };
      worker.on('message', onAnswer).on('error', onError);
      signal.addEventListener('abort', onAbort, { once: true });
      const order: BatchOrder = { batch, position };
      worker.postMessage(order);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.entry, {
      resourceLimits: {
        maxOldGenerationSizeMb: MAX_HEAP_MB,
        maxYoungGenerationSizeMb: MAX_YOUNG_MB,
      },
      // It sees files of strangers and needs nothing of ours.
      env: {},
      execArgv: [],
    });
    // A thread that we end may still complain about it.
    worker.on('error', () => undefined);
    this.live.add(worker);
    worker.once('exit', () => this.live.delete(worker));
    return worker;
  }
}

/** Calls `onStandstill` when the thread stays at one step for too long. */
function watchSteps(
  position: Int32Array,
  limitMs: number,
  onStandstill: (reason: string) => void,
): NodeJS.Timeout {
  let seen = 0;
  let since = performance.now();
  return setInterval(() => {
    const steps = Atomics.load(position, 2);
    // The answer is on its way, and only we are late.
    const isDone = Atomics.load(position, 0) < 0;
    if (steps !== seen || isDone) {
      seen = steps;
      since = performance.now();
    } else if (performance.now() - since > (steps === 0 ? START_MS : limitMs)) {
      onStandstill(budgetExceeded(`more than ${limitMs / 1000} s for one file`));
    }
  }, WATCH_MS);
}

function casualtyAt(batch: FileBatch, position: Int32Array, reason: string): Casualty {
  const file = batch.files[Atomics.load(position, 0)] ?? batch.files[0];
  return {
    path: file?.path ?? '',
    scanner: file?.scanners[Atomics.load(position, 1)] ?? '',
    reason,
  };
}
