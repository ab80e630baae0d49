import type { ScannerStatusBody, ScannerStatusListBody } from '@securescan/contracts';
import { withServices } from '../cli.module';
import type { CommandContext } from '../command-context';
import type { StatusFlags } from '../grammar/status';
import { interruptible } from '../interruption';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { StdoutSink } from '../output/sink';
import { renderStatusTable } from '../output/status-table';
import { ScannerInspection } from '../services/scanner-inspection';

/** `securescan status`: which scanners can run here. What is missing is an answer and no failure. */
export async function runStatusCommand(
  flags: StatusFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, environment } = context;
  if (environment.problems.length > 0) throw new UsageError(environment.problems);
  const scanners = await interruptible(
    (signal) =>
      withServices(terminal, (services) =>
        untilAborted(services.get(ScannerInspection).inspect(environment), signal),
      ),
    () => undefined,
  );
  const checkedAt = environment.fakeNow ?? new Date();
  const text =
    flags.json === true
      ? renderStatusJson(scanners ?? [], checkedAt)
      : renderStatusTable(scanners ?? []);
  await new StdoutSink(terminal.stdout).write([text]);
  return EXIT_CODES.clean;
}

/** `null` as soon as the signal is aborted: closing the services then ends the tools that were asked. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve(null);
      },
      { once: true },
    );
  });
  return Promise.race([promise, aborted]);
}

function renderStatusJson(scanners: ScannerStatusBody[], checkedAt: Date): string {
  const body: ScannerStatusListBody = { scanners, checked_at: checkedAt.toISOString() };
  return `${JSON.stringify(body, null, 2)}\n`;
}
