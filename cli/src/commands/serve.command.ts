import { readServeFlags } from '../options/serve-flags';
import type { ServeFlags } from '../options/serve-flags';
import { UsageError } from '../options/usage-error';
import { runServerEntry } from './server-entry';

/** `securescan serve`: runs the built server. */
export async function runServeCommand(flags: ServeFlags): Promise<number> {
  const { variables, problems } = readServeFlags(flags);
  if (problems.length > 0) throw new UsageError(problems);
  return runServerEntry({ variables });
}
