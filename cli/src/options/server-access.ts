import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { isSystemError } from '../output/system-error';
import type { ServerFlags } from './server-flags';

export interface ServerAccess {
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

/** Where flags are judged: a variable by its name, and what a relative path is relative to. */
export interface ServerSources {
  readonly variable: (name: string) => string;
  readonly cwd: string;
}

const MAX_KEY_BYTES = 1024;
const URL_VARIABLE = 'SECURESCAN_SERVER_URL';
const KEY_VARIABLE = 'SECURESCAN_API_KEY';
const FILE_VARIABLE = 'SECURESCAN_API_KEY_FILE';
/** O_NONBLOCK: a FIFO must not hang us. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** The server that flag or environment name; `null` for none. Adds what is wrong with it. */
export function readServerAccess(
  flags: ServerFlags,
  sources: ServerSources,
  problems: string[],
): ServerAccess | null {
  const baseUrl = (flags.server ?? sources.variable(URL_VARIABLE)).trim();
  if (baseUrl === '' && flags.server === undefined) return null;
  const name = flags.server === undefined ? URL_VARIABLE : '--server';
  const apiKey = readKey(sources, problems);
  if (!isServerAddress(baseUrl)) {
    problems.push(
      `${name} takes the address of a server, such as http://127.0.0.1:8000, without name, password or query.`,
    );
  } else if (apiKey !== null && flags.allowPlainHttp !== true && isReadable(new URL(baseUrl))) {
    problems.push(
      `${name}: the key would go to ${new URL(baseUrl).host} unencrypted; use https, or --allow-plain-http if nobody else is on the way.`,
    );
  }
  return { baseUrl, apiKey };
}

/** As `readServerAccess`, for a command that does nothing without a server. */
export function requireServerAccess(
  flags: ServerFlags,
  sources: ServerSources,
  problems: string[],
): ServerAccess {
  const access = readServerAccess(flags, sources, problems);
  if (access === null) problems.push(`Name the server with --server or ${URL_VARIABLE}.`);
  return access ?? { baseUrl: '', apiKey: null };
}

function isServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/u.test(protocol) && username + password + search + hash === '';
}

/** Others on the way could read what is sent there. A name is taken for this machine only where it cannot be another. */
function isReadable({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return false;
  return !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
}

function readKey(sources: ServerSources, problems: string[]): string | null {
  const typed = sources.variable(KEY_VARIABLE);
  const file = sources.variable(FILE_VARIABLE);
  if (typed !== '' && file !== '') {
    problems.push(`${KEY_VARIABLE} and ${FILE_VARIABLE} are both set; leave one out.`);
    return null;
  }
  const key = file === '' ? typed : readKeyFile(resolve(sources.cwd, file), problems);
  if (key === '' || key === null) return null;
  if (/^[\x21-\x7e]{1,1024}$/u.test(key)) return key;
  const name = file === '' ? KEY_VARIABLE : FILE_VARIABLE;
  problems.push(`${name} holds characters that no key has; set it again.`);
  return null;
}

function readKeyFile(path: string, problems: string[]): string | null {
  try {
    const key = readStart(path);
    if (key !== null && key !== '') return key;
    problems.push(`${FILE_VARIABLE}: ${path} holds no key.`);
  } catch (error) {
    // Expected: a typing error, or somebody else's file.
    if (!isSystemError(error)) throw error;
    problems.push(`${FILE_VARIABLE}: ${path} cannot be read; name a file that holds the key.`);
  }
  return null;
}

/** The text of a small file; `null` for what is no file, or too long for a key. */
function readStart(path: string): string | null {
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    if (!fstatSync(descriptor).isFile()) return null;
    const bytes = Buffer.alloc(MAX_KEY_BYTES + 3);
    const length = readSync(descriptor, bytes);
    return length === bytes.length ? null : bytes.toString('utf8', 0, length).trim();
  } finally {
    closeSync(descriptor);
  }
}
