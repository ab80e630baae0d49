import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import { assertNever } from '@securescan/core';
import type { SlotLane, WorkspaceFactory } from '@securescan/scan-engine';
import type { CollectedResult, NodeProcessRunner } from '../process-runner';
import type { ProcessOrder, ToThread, Wish } from './thread-messages';

/** Who lends to threads what they cannot own: what they hold must be freed when they are ended from outside. */
export interface Lenders {
  readonly processes: NodeProcessRunner;
  readonly workspaces: WorkspaceFactory;
}

interface Loan {
  /** Aborted when the thread gives it back, does not want it any more, or is gone. */
  readonly over: AbortController;
  readonly closed: Promise<void>;
}

/** Slots, directories and processes that one scan's thread has borrowed. */
export class Loans {
  private readonly open = new Map<number, Loan>();

  constructor(
    private readonly thread: Pick<Worker | MessagePort, 'postMessage'>,
    private readonly lane: SlotLane,
    private readonly lenders: Lenders,
  ) {}

  lend(number: number, wish: Wish): void {
    const over = new AbortController();
    const closed = this.fulfil(number, wish, over.signal).then(
      () => this.close(number, { kind: 'closed', loan: number }),
      // Expected: a full disk, or a slot that nobody waits for any more.
      (error: unknown) =>
        this.close(number, { kind: 'refused', loan: number, reason: String(error) }),
    );
    this.open.set(number, { over, closed });
  }

  giveBack(number: number): void {
    this.open.get(number)?.over.abort();
  }

  /** Ends whatever is still borrowed; resolves when no process and no directory of it is left. */
  async endAll(): Promise<void> {
    const loans = [...this.open.values()];
    for (const { over } of loans) over.abort();
    await Promise.all(loans.map(({ closed }) => closed));
  }

  private async fulfil(number: number, wish: Wish, over: AbortSignal): Promise<void> {
    switch (wish.kind) {
      case 'slot':
        await this.lane.run(() => this.handOver(number, '', over), over);
        return;
      case 'workspace':
        await this.lenders.workspaces.withWorkspace((directory) =>
          this.handOver(number, directory, over),
        );
        return;
      case 'process':
        await this.runProcess(number, wish.order, over);
        return;
      default:
        assertNever(wish);
    }
  }

  private handOver(number: number, directory: string, over: AbortSignal): Promise<void> {
    this.send({ kind: 'lent', loan: number, directory });
    return new Promise((resolve) => {
      if (over.aborted) resolve();
      else over.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  private async runProcess(number: number, order: ProcessOrder, over: AbortSignal): Promise<void> {
    const result = await this.lenders.processes.collect({ ...order, signal: over });
    const { moved, buffers } = withoutCopying(result);
    this.send({ kind: 'exited', loan: number, result: moved }, buffers);
  }

  private close(number: number, message: ToThread): void {
    this.open.delete(number);
    this.send(message);
  }

  private send(message: ToThread, transfer: Transferable[] = []): void {
    this.thread.postMessage(message, transfer);
  }
}

/** A flood of output changes hands as it is; decoding it would hold up everybody here. */
function withoutCopying(result: CollectedResult): {
  moved: CollectedResult;
  buffers: ArrayBuffer[];
} {
  const stdout = result.stdout.map((chunk) => new Uint8Array(chunk));
  return { moved: { ...result, stdout }, buffers: stdout.map(({ buffer }) => buffer) };
}
