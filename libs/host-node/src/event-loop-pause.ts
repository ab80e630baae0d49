import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

const SLICE_MS = 8;

/** Lets other work run whenever synchronous work has held the event loop for about eight milliseconds. */
export class EventLoopPause {
  private lastPause = performance.now();

  /** True when it is time for `take`; kept apart so that a tight loop awaits nothing needlessly. */
  isDue(): boolean {
    return performance.now() - this.lastPause > SLICE_MS;
  }

  async take(): Promise<void> {
    await nextTurn();
    this.lastPause = performance.now();
  }
}
