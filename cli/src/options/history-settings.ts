import type { HistoryFlags } from '../grammar/history';

export interface ServerAccess {
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export interface HistorySettings {
  readonly limit: number;
  readonly isJson: boolean;
  /** `null` for the history of this machine. */
  readonly server: ServerAccess | null;
}

type Source = Readonly<Record<string, string | undefined>>;

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 10_000;

/** Gives the flags of `history` and its variables their meaning. Pure for a given source; finds every problem. */
export function readHistorySettings(
  flags: HistoryFlags,
  source: Source = process.env,
): { readonly settings: HistorySettings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const limit = readLimit(flags.limit, problems);
  const server = readServer(flags.server, source, problems);
  return { settings: { limit, isJson: flags.json === true, server }, problems };
}

function readLimit(word: string | undefined, problems: string[]): number {
  if (word === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,5}$/u.test(word) ? Number(word) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  problems.push(`--limit takes a whole number from 1 to ${MAX_LIMIT}, and not "${word}".`);
  return DEFAULT_LIMIT;
}

function readServer(
  flag: string | undefined,
  source: Source,
  problems: string[],
): ServerAccess | null {
  const baseUrl = (flag ?? source['SECURESCAN_SERVER_URL'] ?? '').trim();
  if (baseUrl === '' && flag === undefined) return null;
  const name = flag === undefined ? 'SECURESCAN_SERVER_URL' : '--server';
  if (!isServerAddress(baseUrl)) {
    problems.push(
      `${name} takes the address of a server, such as http://127.0.0.1:8000, without name, password or query.`,
    );
  }
  return { baseUrl, apiKey: readKey(source['SECURESCAN_API_KEY'], problems) };
}

function isServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/u.test(protocol) && username + password + search + hash === '';
}

function readKey(text: string | undefined, problems: string[]): string | null {
  const key = text?.trim() ?? '';
  if (key === '') return null;
  if (/^[\x21-\x7e]{1,1024}$/u.test(key)) return key;
  problems.push('SECURESCAN_API_KEY holds characters that no key has; set it again.');
  return null;
}
