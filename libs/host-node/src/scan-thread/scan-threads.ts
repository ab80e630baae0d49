import { Worker } from 'node:worker_threads';
import { ScanCancelledError } from '@securescan/scan-engine';
import { threadProgram } from '../thread-program';
import type { Lenders } from './loans';
import type { ImportOrder, ScanConclusion, ScanOrder, ThreadSettings } from './thread-messages';
import {
  ThreadedScan,
  type ImportUse,
  type ThreadJob,
  type ThreadLimits,
  type ThreadUse,
} from './threaded-scan';

const THREAD = 'libs/host-node/src/scan-thread/scan-thread-main.js';

const LIMITS: ThreadLimits = {
  heapMb: 2_048,
  silenceMs: 120_000,
  cancelPatienceMs: 8_000,
};

/** What V8 lets it grow to otherwise, about 50 MB a thread, it never gives back. */
const MAX_YOUNG_MB = 16;

export interface ScanThreadsOptions {
  readonly settings: Omit<ThreadSettings, 'beat'>;
  readonly lenders: Lenders;
  readonly entry?: string;
  readonly limits?: ThreadLimits;
}

interface Thread {
  readonly worker: Worker;
  readonly beat: Int32Array;
}

/**
 * Runs each scan in a thread of its own, so that no tree and no output holds up who asked for it. Processes, their
 * directories and slots are lent to the thread and stay with us: a thread that hangs, or eats all memory, is ended, and
 * takes nothing with it. A thread that ended well serves the next scan.
 */
export class ScanThreads {
  private readonly idle: Thread[] = [];
  private readonly live = new Set<Worker>();
  private readonly limits: ThreadLimits;

  constructor(private readonly options: ScanThreadsOptions) {
    this.limits = options.limits ?? LIMITS;
  }

  /**
   * Rejects with ScanCancelledError, with what made the engine give up, and with OperationalError TOOL_FAILED where the
   * thread had to be ended. Nothing of the scan runs any more then.
   */
  run(order: ScanOrder, use: ThreadUse): Promise<ScanConclusion> {
    return this.work({ kind: 'scan', order, use });
  }

  /** As `run`, of a document. Rejects with UserError IMPORT_INVALID where it is not what it should be. */
  runImport(order: ImportOrder, use: ImportUse): Promise<ScanConclusion> {
    return this.work({ kind: 'import', order, use });
  }

  private async work(job: ThreadJob): Promise<ScanConclusion> {
    if (job.use.signal.aborted) throw new ScanCancelledError();
    const thread = this.idle.pop() ?? this.start();
    thread.worker.ref();
    const scan = new ThreadedScan(thread, job, this.options.lenders, this.limits);
    try {
      return await scan.run();
    } finally {
      if (scan.isReusable && this.live.has(thread.worker)) {
        thread.worker.unref();
        this.idle.push(thread);
      } else {
        await thread.worker.terminate();
      }
    }
  }

  /** Ends every thread; a scan that still runs in one fails. */
  async close(): Promise<void> {
    this.idle.length = 0;
    await Promise.all([...this.live].map((worker) => worker.terminate()));
  }

  private start(): Thread {
    const beat = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: ThreadSettings = { ...this.options.settings, beat };
    const worker = new Worker(this.options.entry ?? threadProgram(__dirname, THREAD), {
      workerData,
      env: process.env,
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: this.limits.heapMb,
        maxYoungGenerationSizeMb: MAX_YOUNG_MB,
      },
    });
    this.live.add(worker);
    // An idle thread that breaks down is merely no longer there; one with a scan tells that scan.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      this.live.delete(worker);
      const place = this.idle.findIndex((thread) => thread.worker === worker);
      if (place >= 0) this.idle.splice(place, 1);
    });
    return { worker, beat };
  }
}
