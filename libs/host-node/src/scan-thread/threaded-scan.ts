import type { Transferable, Worker } from 'node:worker_threads';
import {
  assertNever,
  DefectError,
  OperationalError,
  UserError,
  type Finding,
} from '@securescan/core';
import {
  budgetExceeded,
  ScanCancelledError,
  type AdviceCall,
  type ScanProgress,
  type SlotLane,
} from '@securescan/scan-engine';
import type { BillPart } from '../bill/stored-bill';
import { isOutOfMemory } from '../out-of-memory';
import { Loans, type Lenders } from './loans';
import type {
  FromThread,
  ImportFacts,
  ImportOrder,
  ScanConclusion,
  ScanOrder,
  SentError,
  ToThread,
} from './thread-messages';

const WATCH_MS = 1_000;
const HEAVY_BYTES = 1024 * 1024;

/** What a scan in a thread has to do with the thread that asked for it. */
export interface ThreadUse {
  readonly lane: SlotLane;
  /** Aborting it ends the scan with ScanCancelledError, if need be together with its thread. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
  /** Told of each call to a language model. */
  readonly onAdvice?: (call: AdviceCall) => void;
  /** Gets the findings of a conclusive scan, 500 at a time, in canonical order; the next ones wait for it. */
  readonly onFindings: (findings: readonly Finding[]) => Promise<void>;
  /** Gets the bill of materials of a conclusive scan of a tree, its head first, some parts at a time; the next ones wait for it. */
  readonly onBill: (parts: readonly BillPart[]) => Promise<void>;
  /** Told why a scan of a tree has no bill. */
  readonly onMissingBill?: (reason: string) => void;
}

/** What an import in a thread has to do with the thread that asked for it. */
export interface ImportUse extends Pick<ThreadUse, 'signal' | 'onFindings'> {
  /** Gets what the document says of itself, once all of it has been read and is sound; the findings wait for it. */
  readonly onDocument: (facts: ImportFacts) => Promise<void>;
}

/** One piece of work for a thread. */
export type ThreadJob =
  | { readonly kind: 'scan'; readonly order: ScanOrder; readonly use: ThreadUse }
  | { readonly kind: 'import'; readonly order: ImportOrder; readonly use: ImportUse };

/** An import starts no process and reads no file. */
const NO_LANE: SlotLane = {
  run: () => Promise.reject(new DefectError('INVARIANT_BROKEN', 'An import asked for a slot.')),
};

export interface ThreadLimits {
  readonly heapMb: number;
  /** A thread that is busy with one piece of work for longer than this is taken for lost. */
  readonly silenceMs: number;
  /** Killed tools may take five seconds to go. */
  readonly cancelPatienceMs: number;
}

/** One scan, or one import, as seen from outside its thread. */
export class ThreadedScan {
  /** Whether the thread waits for the next scan. */
  isReusable = false;
  private readonly loans: Loans;
  private readonly worker: Worker;
  private resolve: (conclusion: ScanConclusion) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    private readonly thread: { readonly worker: Worker; readonly beat: Int32Array },
    private readonly job: ThreadJob,
    lenders: Lenders,
    private readonly limits: ThreadLimits,
  ) {
    this.worker = thread.worker;
    const lane = job.kind === 'scan' ? job.use.lane : NO_LANE;
    this.loans = new Loans(thread.worker, lane, lenders);
  }

  async run(): Promise<ScanConclusion> {
    const conclusion = new Promise<ScanConclusion>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    const unwatch = this.watch();
    try {
      this.begin();
      return await conclusion;
    } finally {
      unwatch();
      await this.loans.endAll();
    }
  }

  /** What a large document leaves behind in a thread's heap goes with the thread. */
  private get isHeavy(): boolean {
    return this.job.kind === 'import' && this.job.order.bytes.length > HEAVY_BYTES;
  }

  private begin(): void {
    const { job } = this;
    if (job.kind === 'scan') this.send({ kind: 'scan', order: job.order });
    // Copied once and then handed over: what a request's body is a view of may not be ours to give.
    else {
      const bytes = new Uint8Array(job.order.bytes);
      this.send({ kind: 'import', order: { ...job.order, bytes } }, [bytes.buffer]);
    }
  }

  /** Everything that can end the scan but its own conclusion. */
  private watch(): () => void {
    const timers: NodeJS.Timeout[] = [this.watchSilence()];
    const onMessage = (message: FromThread): void => void this.receive(message);
    const onError = (error: unknown): void => this.reject(this.breakdown(error));
    const onExit = (): void => this.reject(this.breakdown(undefined));
    const onAbort = (): void => {
      this.send({ kind: 'cancel' });
      const giveUp = (): void => this.reject(new ScanCancelledError());
      timers.push(setTimeout(giveUp, this.limits.cancelPatienceMs));
    };
    this.worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    this.job.use.signal.addEventListener('abort', onAbort, { once: true });
    return () => {
      for (const timer of timers) clearTimeout(timer);
      this.job.use.signal.removeEventListener('abort', onAbort);
      this.worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
  }

  private watchSilence(): NodeJS.Timeout {
    let seen = -1;
    let since = performance.now();
    return setInterval(() => {
      const beats = Atomics.load(this.thread.beat, 0);
      if (beats !== seen) {
        seen = beats;
        since = performance.now();
      } else if (performance.now() - since > this.limits.silenceMs) {
        const seconds = this.limits.silenceMs / 1000;
        this.reject(lost(budgetExceeded(`one step of the scan took more than ${seconds} s`)));
      }
    }, WATCH_MS);
  }

  private async receive(message: FromThread): Promise<void> {
    try {
      await this.handle(message);
    } catch (error) {
      // Expected: the database is full, or the listener is told to stop. The scan ends with that.
      this.reject(error);
    }
  }

  private async handle(message: FromThread): Promise<void> {
    switch (message.kind) {
      case 'borrow':
        this.loans.lend(message.loan, message.wish);
        return;
      case 'give-back':
        this.loans.giveBack(message.loan);
        return;
      case 'progress':
      case 'advice':
      case 'no-bill':
        this.tell(message);
        return;
      case 'document':
      case 'bill':
      case 'findings':
        await this.take(message);
        this.send({ kind: 'taken' });
        return;
      case 'concluded':
        this.isReusable = !this.isHeavy;
        this.resolve(message.conclusion);
        return;
      case 'failed':
        this.isReusable = !this.isHeavy;
        this.reject(received(message.error));
        return;
      default:
        assertNever(message);
    }
  }

  private async take(
    message: Extract<FromThread, { readonly kind: 'document' | 'bill' | 'findings' }>,
  ): Promise<void> {
    const { job } = this;
    if (message.kind === 'findings') await job.use.onFindings(message.findings);
    else if (message.kind === 'bill' && job.kind === 'scan') await job.use.onBill(message.parts);
    else if (message.kind === 'document' && job.kind === 'import') {
      await job.use.onDocument(message.facts);
    }
  }

  private tell(
    message: Extract<FromThread, { readonly kind: 'progress' | 'advice' | 'no-bill' }>,
  ): void {
    if (this.job.kind !== 'scan') return;
    const { use } = this.job;
    if (message.kind === 'progress') use.onProgress(message.progress);
    else if (message.kind === 'advice') use.onAdvice?.(message.call);
    else use.onMissingBill?.(message.reason);
  }

  private breakdown(error: unknown): Error {
    if (this.job.use.signal.aborted) return new ScanCancelledError();
    if (isOutOfMemory(error)) {
      return lost(budgetExceeded(`more than ${this.limits.heapMb} MB of memory for one scan`));
    }
    return new DefectError('INVARIANT_BROKEN', 'The thread of a scan broke down.', {
      cause: error,
    });
  }

  private send(message: ToThread, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}

function lost(reason: string): OperationalError {
  return new OperationalError('TOOL_FAILED', `The scan was ended: ${reason}.`);
}

/** A class does not survive the way between threads, so it is made again from what tells its kind. */
function received({ kind, code, message }: SentError): Error {
  if (code === 'SCAN_CANCELLED') return new ScanCancelledError();
  switch (kind) {
    case 'user':
      return new UserError(code, message);
    case 'operational':
      return new OperationalError(code, message);
    case 'defect':
      return new DefectError(code, message);
    default:
      return assertNever(kind);
  }
}
