import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SecureScanError } from '@securescan/core';
import { commandLineAt } from './command-line';
import { readSettings } from './inputs';
import { Log } from './log';
import { run } from './run';

const USAGE = 2;
const DEFECT = 70;

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  try {
    return await run(readSettings(), {
      runCommand: commandLineAt(join(__dirname, 'cli.js'), log),
      clock: { now: () => Date.now(), wait: async (ms) => wait(ms) },
      log,
    });
  } catch (error) {
    // Expected: inputs or an event that make no sense. Anything else is a defect of ours, told with its stack.
    const isOurs = error instanceof SecureScanError;
    new Log(log).error(isOurs ? error.message : 'SecureScan has a defect; the log says more.');
    if (!isOurs) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return isOurs && error.kind === 'user' ? USAGE : DEFECT;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
