import { assertNever } from '@securescan/core';
import { readEnvironment } from './options/environment';
import { exitCodeOfError } from './output/exit-codes';
import { failureLines } from './output/failure';
import { writeNotice } from './output/terminal';
import type { Terminal } from './output/terminal';
import type { CommandContext } from './command-context';
import type { Invocation } from './program';

/** Runs a command from its words to the process's exit code. Never rejects: whatever goes wrong is told on standard error. */
export async function runInvocation(invocation: Invocation): Promise<void> {
  const environment = readEnvironment();
  const hasNoColourFlag = invocation.command === 'scan' && !invocation.flags.color;
  const terminal: Terminal = {
    stdout: process.stdout,
    stderr: process.stderr,
    isColourUnwanted: environment.isColourUnwanted || hasNoColourFlag,
  };
  survivePipes(terminal);
  try {
    process.exitCode = await runCommand(invocation, { terminal, environment, cwd: process.cwd() });
  } catch (error) {
    // Expected: every error of ours ends here; what is not ours is told as a defect.
    for (const line of failureLines(error, environment.isDebug)) writeNotice(terminal, line);
    process.exitCode = exitCodeOfError(error);
  }
}

async function runCommand(invocation: Invocation, context: CommandContext): Promise<number> {
  switch (invocation.command) {
    case 'scan': {
      const { runScanCommand } = await import('./commands/scan.command.js');
      return runScanCommand(invocation.target, invocation.flags, context);
    }
    case 'status': {
      const { runStatusCommand } = await import('./commands/status.command.js');
      return runStatusCommand(invocation.flags, context);
    }
    case 'config validate': {
      const { runConfigValidateCommand } = await import('./commands/config-validate.command.js');
      return runConfigValidateCommand(invocation.path, context);
    }
    case 'serve': {
      const { runServeCommand } = await import('./commands/serve.command.js');
      return runServeCommand(invocation.flags);
    }
    default:
      return assertNever(invocation);
  }
}

/** A reader that goes away is no failure of ours. Whoever writes a report learns of it from the write itself. */
function survivePipes({ stdout, stderr }: Terminal): void {
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
}
