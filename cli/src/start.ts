import { CommanderError } from 'commander';
import { readProductVersion } from './product-version';
import { createProgram } from './program';

/**
 * Answers --help and --version, or has `whenReady` run what the line asks for. Loaded before anything is known about this
 * Node: it imports commander and Node's own modules only.
 */
export function start(whenReady: (run: () => Promise<void>) => void): void {
  // A reader that goes away is no failure of ours. Whoever writes a report learns of it from the write itself.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const program = createProgram({
    version: readProductVersion(),
    run: (invocation) => {
      whenReady(async () => {
        const { runInvocation } = await import('./run-invocation.js');
        await runInvocation(invocation);
      });
    },
  });

  try {
    program.parse(process.argv);
  } catch (error) {
    // Expected: commander has answered --help or --version, or has said what is wrong with the line.
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}
