/** One scan's way to slots. */
export interface SlotLane {
  /**
   * Does the work as soon as a slot is free and it is this scan's turn, and frees the slot when the work has settled. Rejects
   * with the signal's reason where it is aborted before the turn comes; the work then never starts.
   */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

type Start = () => void;

/**
 * Hands out a fixed number of slots over all scans of a process. Every child process and every batch of files takes one, so
 * there are never more of them than slots. Scans take turns, whatever the number of pieces that each of them waits with; within
 * a scan the order is that of asking.
 */
export class SlotScheduler {
  /** Lanes with somebody waiting, the next one to be served first. */
  private readonly turns: Start[][] = [];
  private free: number;

  /** @param slots at least 1. */
  constructor(slots: number) {
    this.free = Math.max(1, Math.floor(slots));
  }

  lane(): SlotLane {
    const waiting: Start[] = [];
    return {
      run: async (work, signal) => {
        await this.turn(waiting, signal);
        try {
          return await work();
        } finally {
          this.release();
        }
      },
    };
  }

  private turn(waiting: Start[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const start = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => {
        this.withdraw(waiting, start);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (waiting.length === 0) this.turns.push(waiting);
      waiting.push(start);
      this.serve();
    });
  }

  private withdraw(waiting: Start[], start: Start): void {
    waiting.splice(waiting.indexOf(start), 1);
    if (waiting.length === 0) this.turns.splice(this.turns.indexOf(waiting), 1);
  }

  private release(): void {
    this.free += 1;
    this.serve();
  }

  private serve(): void {
    while (this.free > 0) {
      const waiting = this.turns.shift();
      if (waiting === undefined) return;
      const start = waiting.shift();
      if (waiting.length > 0) this.turns.push(waiting);
      this.free -= 1;
      start?.();
    }
  }
}
