import { ScanCancelledError } from '@securescan/scan-engine';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that can be interrupted by a signal. The first one aborts the work, which then has to end its children; later
 * ones change nothing, because a terminal and a parent may both send one. Rejects with ScanCancelledError when interrupted.
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
    if (controller.signal.aborted) throw new ScanCancelledError();
    return result;
  } finally {
    for (const name of SIGNALS) process.off(name, interrupt);
  }
}
