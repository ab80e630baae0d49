import { resolve } from 'node:path';
import type { CommandContext } from '../command-context';
import type { PushFlags } from '../grammar/push';
import { interruptible } from '../interruption';
import { requireServerAccess } from '../options/server-access';
import { projectNameOf } from '../options/setting-words';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES, type ExitCode } from '../output/exit-codes';
import { StdoutSink } from '../output/sink';
import { oneRow, writeNotice } from '../output/terminal';
import { clientOf } from '../remote/client';
import { readPushDocument } from '../remote/push-document';

/** `securescan push <file>`: a stored report becomes a scan of a server, whose id is printed. */
export async function runPushCommand(
  file: string,
  flags: PushFlags,
  { terminal, environment, cwd }: CommandContext,
): Promise<ExitCode> {
  const problems: string[] = [];
  const access = requireServerAccess(flags, { variable: environment.variable, cwd }, problems);
  const project =
    flags.project === undefined ? null : projectNameOf([flags.project], '--project', problems);
  if (problems.length > 0) throw new UsageError(problems);
  const document = readPushDocument(resolve(cwd, file), file);
  const scan = await interruptible(
    (signal) => clientOf(access).importScan(document, project === null ? {} : { project }, signal),
    () => undefined,
  );
  const text = flags.json === true ? JSON.stringify(scan, null, 2) : oneRow(scan.id, Infinity);
  await new StdoutSink(terminal.stdout).write([`${text}\n`]);
  if (flags.quiet !== true) {
    const count = `${scan.findings_count} ${scan.findings_count === 1 ? 'finding' : 'findings'}`;
    const page = `${access.baseUrl.replace(/\/+$/u, '')}/scan/${encodeURIComponent(scan.id)}`;
    writeNotice(terminal, oneRow(`stored with ${count}: ${page}`, Infinity));
  }
  return EXIT_CODES.clean;
}
