import type { BuiltinScanner, ScannerReport } from './scanner';
import { completedRun, runWithoutReport, type RunContext, type ScannerRun } from './scanner-run';

/** Runs one of our own scanners within its time limit. */
export async function runBuiltinScanner(
  scanner: BuiltinScanner,
  context: RunContext,
): Promise<ScannerRun> {
  const { ports, target, files } = context;
  context.onStarted();
  const startedAt = ports.monotonicMs();
  const git = await context.git();
  const limit = new AbortController();
  const report = await withinLimit(scanner.timeLimitMs, context.signal, limit, () =>
    scanner.inspect({ target, files, git, signal: limit.signal }),
  );
  const durationMs = ports.monotonicMs() - startedAt;
  if (report !== null) return completedRun(scanner, report, context, { durationMs });
  const reason = `${scanner.name} did not end within ${scanner.timeLimitMs / 1000} s`;
  return runWithoutReport(scanner, { status: 'timed_out', reason, durationMs });
}

/** `null` when the time is up or the scan is cancelled; the scanner is then told through its signal. */
async function withinLimit(
  limitMs: number,
  scan: AbortSignal,
  limit: AbortController,
  inspect: () => Promise<ScannerReport>,
): Promise<ScannerReport | null> {
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, limitMs);
  scan.addEventListener('abort', stop, { once: true });
  const stopped = new Promise<null>((resolve) => {
    limit.signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  if (scan.aborted) stop();
  try {
    return await Promise.race([stopped, inspect()]);
  } finally {
    clearTimeout(timer);
    scan.removeEventListener('abort', stop);
  }
}
