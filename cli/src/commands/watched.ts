import type { INestApplicationContext } from '@nestjs/common';
import type { ScanProgress } from '@securescan/scan-engine';
import { withServices } from '../cli.module';
import { interruptible } from '../interruption';
import { createProgressView } from '../output/progress';
import { writeNotice, type Terminal } from '../output/terminal';

export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
}

export interface WatchOptions {
  readonly isQuiet: boolean;
  readonly isSandboxed: boolean;
  /** The tree that is scanned: bubblewrap must not come from it. */
  readonly scannedRoot: string | null;
}

/**
 * Lends the services for long work that shows how far it is and can be interrupted. Rejects with ScanCancelledError when it was;
 * by then nothing of it still runs.
 */
export async function watched<T>(
  terminal: Terminal,
  { isQuiet, isSandboxed, scannedRoot }: WatchOptions,
  work: (services: INestApplicationContext, watch: Watch) => Promise<T>,
): Promise<T> {
  const progress = createProgressView(terminal, isQuiet);
  const onInterrupt = (): void => {
    // The rows stand still from now on, or they would be drawn over the notice.
    progress.close();
    writeNotice(terminal, 'interrupted, stopping the scanners');
  };
  const onProgress = (event: ScanProgress): void => {
    progress.show(event);
  };
  try {
    return await interruptible(
      (signal) =>
        withServices(terminal, (services) => work(services, { signal, onProgress }), {
          sandbox: isSandboxed,
          ...(scannedRoot === null ? {} : { scannedRoot }),
        }),
      onInterrupt,
    );
  } finally {
    progress.close();
  }
}
