import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError, UserError } from '@securescan/core';
import { installRoot } from '@securescan/host-node';
import { spawnOnSupportedNode } from '@securescan/host-node/runtime-guard';

/**
 * Runs the built server's entry as a child, found from our own files, and ends as it does: without words the server, with
 * words one of its commands.
 */
export async function runServerEntry(options: {
  readonly words?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}): Promise<number> {
  const root = installRoot();
  const entry = join(root, 'dist', 'server', 'main.js');
  if (!existsSync(entry)) {
    throw new UserError(
      'CONFIG_INVALID',
      `The server is not built: run "npm run build" in ${root} first.`,
    );
  }
  try {
    return await spawnOnSupportedNode(entry, options);
  } catch (cause) {
    // Expected: the machine has no process or memory left for another program.
    throw new OperationalError(
      'SERVICE_UNAVAILABLE',
      'The server could not be started; free some memory and try again.',
      { cause },
    );
  }
}
