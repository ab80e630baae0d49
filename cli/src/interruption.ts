import { UserError } from '@securescan/core';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal ended what a command did. */
export class InterruptedError extends UserError {
  constructor() {
    super('SCAN_CANCELLED', 'Interrupted.');
  }
}

/**
 * Runs work that can be interrupted by a signal. The first one aborts the work, which then has to end its children; later
 * ones change nothing, because a terminal and a parent may both send one. Rejects with InterruptedError when interrupted, or with
 * what the work itself threw because of it.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  onInterrupt: () => void,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) return;
    controller.abort();
    onInterrupt();
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    const result = await work(controller.signal);
    if (controller.signal.aborted) throw new InterruptedError();
    return result;
  } catch (error) {
    // Expected: a request that was given up because the signal was.
    throw controller.signal.aborted && isAbort(error) ? new InterruptedError() : error;
  } finally {
    for (const name of SIGNALS) process.off(name, interrupt);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
