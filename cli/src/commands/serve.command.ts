import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError, UserError } from '@securescan/core';
import { installRoot } from '@securescan/host-node';
import { spawnOnSupportedNode } from '@securescan/host-node/runtime-guard';
import { readServeFlags } from '../options/serve-flags';
import type { ServeFlags } from '../options/serve-flags';
import { UsageError } from '../options/usage-error';

/** `securescan serve`: runs the built server as a child, found from our own files, and ends as it does. */
export async function runServeCommand(flags: ServeFlags): Promise<number> {
  const { variables, problems } = readServeFlags(flags);
  if (problems.length > 0) throw new UsageError(problems);
  const root = installRoot();
  const entry = join(root, 'dist', 'server', 'src', 'main.js');
  if (!existsSync(entry)) {
    throw new UserError(
      'CONFIG_INVALID',
      `The server is not built: run "npm run build" in ${root} first.`,
    );
  }
  try {
    return await spawnOnSupportedNode(entry, { variables });
  } catch (cause) {
    // Expected: the machine has no process or memory left for another program.
    throw new OperationalError(
      'SERVICE_UNAVAILABLE',
      'The server could not be started; free some memory and try again.',
      {
        cause,
      },
    );
  }
}
