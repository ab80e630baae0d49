import type { ScannerStatusListBody } from '@securescan/contracts';
import { withServices } from '../cli.module';
import type { CommandContext } from '../command-context';
import type { StatusFlags } from '../grammar/status';
import { interruptible } from '../interruption';
import { requireServerAccess } from '../options/server-access';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { StdoutSink } from '../output/sink';
import { renderStatusTable } from '../output/status-table';
import { clientOf } from '../remote/client';
import { ScannerInspection } from '../services/scanner-inspection';

type Inspection = Pick<ScannerStatusListBody, 'scanners' | 'checked_at'>;

/** `securescan status`: which scanners can run here. What is missing is an answer and no failure. */
export async function runStatusCommand(
  flags: StatusFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, environment } = context;
  if (environment.problems.length > 0) throw new UsageError(environment.problems);
  const { scanners, checked_at: checkedAt } =
    flags.server === undefined ? await inspectHere(context) : await askServer(flags, context);
  const text =
    flags.json === true
      ? `${JSON.stringify({ scanners, checked_at: checkedAt }, null, 2)}\n`
      : renderStatusTable(scanners);
  await new StdoutSink(terminal.stdout).write([text]);
  return EXIT_CODES.clean;
}

async function inspectHere({ terminal, environment }: CommandContext): Promise<Inspection> {
  const scanners = await interruptible(
    (signal) =>
      withServices(terminal, (services) =>
        untilAborted(services.get(ScannerInspection).inspect(environment), signal),
      ),
    () => undefined,
  );
  const checkedAt = environment.fakeNow ?? new Date();
  return { scanners: scanners ?? [], checked_at: checkedAt.toISOString() };
}

function askServer(flags: StatusFlags, { environment, cwd }: CommandContext): Promise<Inspection> {
  const problems: string[] = [];
  const access = requireServerAccess(flags, { variable: environment.variable, cwd }, problems);
  if (problems.length > 0) throw new UsageError(problems);
  return interruptible(
    (signal) => clientOf(access).scannerStatus(signal),
    () => undefined,
  );
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
