import type { OutcomeStatus } from '@securescan/contracts';
import { budgetExceeded } from './budgets';

/** Ends everything that a scan started: when its caller cancels it, when its time is up, when it is done. */
export class StopSwitch {
  private readonly controller = new AbortController();
  private readonly timer: ReturnType<typeof setTimeout>;
  private readonly onAbort = (): void => this.controller.abort();
  private hasRunOut = false;

  constructor(
    private readonly caller: AbortSignal,
    private readonly limitMs: number,
  ) {
    caller.addEventListener('abort', this.onAbort, { once: true });
    this.timer = setTimeout(() => {
      this.hasRunOut = true;
      this.controller.abort();
    }, limitMs);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get isOver(): boolean {
    return this.controller.signal.aborted;
  }

  get isOutOfTime(): boolean {
    return this.hasRunOut;
  }

  /** What becomes of a scanner that this switch ended. */
  outcome(): { readonly status: OutcomeStatus; readonly reason: string } {
    if (!this.hasRunOut) return { status: 'failed', reason: 'cancelled' };
    const reason = budgetExceeded(`the whole scan may take ${this.limitMs / 1000} s`);
    return { status: 'timed_out', reason };
  }

  end(): void {
    clearTimeout(this.timer);
    this.caller.removeEventListener('abort', this.onAbort);
    this.controller.abort();
  }
}
