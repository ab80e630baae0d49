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
  const report = await withinLimit(scanner.timeLimitMs, context.signal, (signal) =>
    scanner.inspect({
      target,
      options,
      files,
      git,
      machine: openMachine(context, signal),
      signal,
    }),
  );
  const durationMs = ports.monotonicMs() - startedAt;
  if (report === null) {
    const reason = `${scanner.name} did not end within ${scanner.timeLimitMs / 1000} s`;
    return runWithoutReport(scanner, { status: 'timed_out', reason, durationMs });
  }
  if ('unavailable' in report) {
    const { unavailable: reason, installHint } = report;
    return runWithoutReport(scanner, { status: 'skipped', reason, installHint });
  }
  return completedRun(scanner, report, context, { durationMs });
}
