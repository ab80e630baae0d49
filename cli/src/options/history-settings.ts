import type { HistoryFlags } from '../grammar/history';
import { readServerAccess, type ServerAccess, type ServerSources } from './server-access';

export interface HistorySettings {
  readonly limit: number;
  readonly isJson: boolean;
  /** `null` for the history of this machine. */
  readonly server: ServerAccess | null;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 10_000;

/** Gives the flags of `history` and its variables their meaning. Finds every problem. */
export function readHistorySettings(
  flags: HistoryFlags,
  sources: ServerSources,
): { readonly settings: HistorySettings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const limit = readLimit(flags.limit, problems);
  const server = readServerAccess(flags, sources, problems);
  return { settings: { limit, isJson: flags.json === true, server }, problems };
}

function readLimit(word: string | undefined, problems: string[]): number {
  if (word === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,5}$/u.test(word) ? Number(word) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  problems.push(`--limit takes a whole number from 1 to ${MAX_LIMIT}, and not "${word}".`);
  return DEFAULT_LIMIT;
}
