import type { HistoryFlags } from '../grammar/history';
import { readLimit } from './limit';
import { readServerAccess, type ServerAccess, type ServerSources } from './server-access';

export interface HistorySettings {
  readonly limit: number;
  readonly isJson: boolean;
  /** `null` for the history of this machine. */
  readonly server: ServerAccess | null;
}

const DEFAULT_LIMIT = 20;

/** Gives the flags of `history` and its variables their meaning. Finds every problem. */
export function readHistorySettings(
  flags: HistoryFlags,
  sources: ServerSources,
): { readonly settings: HistorySettings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const limit = readLimit(flags.limit, DEFAULT_LIMIT, problems);
  const server = readServerAccess(flags, sources, problems);
  return { settings: { limit, isJson: flags.json === true, server }, problems };
}
