import type { INestApplicationContext } from '@nestjs/common';
import type { AdviceCall, ScanProgress } from '@securescan/scan-engine';
import { withServices } from '../cli.module';
import { interruptible } from '../interruption';
import { createProgressView } from '../output/progress';
import { oneRow, writeNotice, type Terminal } from '../output/terminal';

export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly onAdvice: (call: AdviceCall) => void;
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
  const calls: AdviceCall[] = [];
  const onAdvice = (call: AdviceCall): void => void calls.push(call);
  const onProgress = (event: ScanProgress): void => {
    progress.show(event);
  };
  try {
    return await interruptible(
      (signal) =>
        withServices(terminal, (services) => work(services, { signal, onProgress, onAdvice }), {
          sandbox: isSandboxed,
          ...(scannedRoot === null ? {} : { scannedRoot }),
        }),
      onInterrupt,
    );
  } finally {
    progress.close();
    // However it ended: what left this machine must not stay unsaid because somebody interrupted.
    if (!isQuiet) for (const call of calls) writeNotice(terminal, sentenceOf(call));
  }
}

function sentenceOf(call: AdviceCall): string {
  const { model, origin, ruleId, findings, sentBytes, durationMs, reason } = call;
  const about = findings === 1 ? ruleId : `${ruleId} (${findings} findings)`;
  const end = reason === null ? 'answered' : `failed: ${reason}`;
  const facts = `${sentBytes} bytes sent, ${durationMs} ms, ${end}`;
  return oneRow(`asked ${model} at ${origin} about ${about}: ${facts}`, Infinity);
}
