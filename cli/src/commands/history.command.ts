import { join } from 'node:path';
import { UserError } from '@securescan/core';
import { dataDirectory } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import type { HistoryFlags } from '../grammar/history';
import type { HistoryEntry } from '../history/history-entry';
import { HISTORY_NAME, HistoryFile } from '../history/history-file';
import { readServerHistory } from '../history/server-history';
import { interruptible } from '../interruption';
import { readHistorySettings } from '../options/history-settings';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { renderHistoryTable } from '../output/history-table';
import { StdoutSink } from '../output/sink';
import { isSystemError } from '../output/system-error';
import { oneRow, writeNotice } from '../output/terminal';
import type { Terminal } from '../output/terminal';

/** `securescan history`: the scans of this machine, or of a server. */
export async function runHistoryCommand(
  flags: HistoryFlags,
  { terminal, environment, cwd }: CommandContext,
): Promise<ExitCode> {
  const { settings, problems } = readHistorySettings(flags, {
    variable: environment.variable,
    cwd,
  });
  if (problems.length > 0) throw new UsageError(problems);
  const { server, limit, isJson } = settings;
  const entries =
    server === null
      ? await readLocalHistory(limit, terminal)
      : await interruptible(
          (signal) => readServerHistory(server, limit, signal),
          () => undefined,
        );
  if (isJson) {
    await new StdoutSink(terminal.stdout).write([`${JSON.stringify(entries, null, 2)}\n`]);
  } else if (entries.length > 0) {
    await new StdoutSink(terminal.stdout).write([renderHistoryTable(entries)]);
  } else {
    writeNotice(
      terminal,
      server === null
        ? 'no scan yet. Run "securescan scan ." in a project; every scan is listed here from then on'
        : 'no scan yet on this server. Start one with "securescan scan --server", or on its dashboard',
    );
  }
  return EXIT_CODES.clean;
}

async function readLocalHistory(
  limit: number,
  terminal: Terminal,
): Promise<readonly HistoryEntry[]> {
  const path = join(dataDirectory(), HISTORY_NAME);
  const { entries, brokenLines } = await readFileOrExplain(path, limit);
  if (brokenLines > 0) {
    const lines =
      brokenLines === 1
        ? '1 line is no scan and was'
        : `${brokenLines} lines are no scans and were`;
    writeNotice(terminal, oneRow(`${path}: ${lines} left out`, Infinity));
  }
  return entries;
}

async function readFileOrExplain(path: string, limit: number) {
  try {
    return await new HistoryFile(path).read(limit);
  } catch (error) {
    // Expected: a file of somebody else, or something that is no file.
    if (!isSystemError(error)) throw error;
    throw new UserError('CONFIG_INVALID', `The history cannot be read: ${error.message}.`, {
      cause: error,
    });
  }
}
