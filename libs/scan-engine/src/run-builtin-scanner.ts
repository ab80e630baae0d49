import { openMachine } from './machine';
import type { BuiltinScanner } from './scanner';
import {
  completedRun,
  runWithoutReport,
  withoutNetwork,
  type RunContext,
  type ScannerRun,
} from './scanner-run';
import { withinLimit } from './within-limit';

/** What runs elsewhere goes on unless it is told to stop: less than the six seconds in which a cancelled scan ends. */
const SERVICE_GRACE_MS = 4_000;

/** Runs one of our own scanners within its time limit. */
export async function runBuiltinScanner(
  scanner: BuiltinScanner,
  context: RunContext,
): Promise<ScannerRun> {
  const { ports, target, files, options } = context;
  if (scanner.needsNetwork === true && options.offline === true) return withoutNetwork(scanner);
  context.onStarted();
  const startedAt = ports.monotonicMs();
  const git = await context.git();
  const graceMs = scanner.service === undefined ? 0 : SERVICE_GRACE_MS;
  const inspect = (signal: AbortSignal): ReturnType<BuiltinScanner['inspect']> =>
    scanner.inspect({
      target,
      options,
      files,
      git,
      machine: openMachine(context, signal),
      signal,
    });
  const report = await withinLimit(scanner.timeLimitMs, context.signal, inspect, graceMs);
  const durationMs = ports.monotonicMs() - startedAt;
  if (report === null) {
    const reason = `${scanner.name} did not end within ${scanner.timeLimitMs / 1000} s`;
    return runWithoutReport(scanner, { status: 'timed_out', reason, durationMs });
  }
  if ('unavailable' in report) {
    const { unavailable: reason, installHint } = report;
    return runWithoutReport(scanner, { status: 'skipped', reason, installHint });
  }
  const { version = null } = report;
  return completedRun(scanner, report, context, { durationMs, version });
}
