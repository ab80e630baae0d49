#!/usr/bin/env node
import { runOnSupportedNode } from '@securescan/host-node/runtime-guard';
import { CommanderError } from 'commander';
import { readProductVersion } from './product-version';
import { createProgram } from './program';

// A reader that goes away is no failure of ours. Whoever writes a report learns of it from the write itself.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// Loaded before anything is known about this Node: what stands above imports commander and Node's own modules only.
const program = createProgram({
  version: readProductVersion(),
  run: (invocation) => {
    runOnSupportedNode(async () => {
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
