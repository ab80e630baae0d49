import { randomUUID } from 'node:crypto';
import { spawnOnSupportedNode } from '@securescan/host-node/runtime-guard';

/** Runs the command line with these words to its exit code; what it says goes to the log. */
export type CommandLine = (words: readonly string[]) => Promise<number>;

/**
 * The command line at `entry`. Titles and names of files are said by strangers, and the runner takes a line that begins with
 * two colons for an order: until the program ends it takes none.
 */
export function commandLineAt(entry: string, log: (line: string) => void): CommandLine {
  return async (words) => {
    const token = randomUUID();
    log(`::stop-commands::${token}`);
    try {
      return await spawnOnSupportedNode(entry, { words });
    } finally {
      log(`::${token}::`);
    }
  };
}
