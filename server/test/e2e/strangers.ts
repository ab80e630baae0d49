import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { type Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKeyCreatedBody, EventTokenBody, ScanBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { addressOf, type ServerProcess, spawnServer, stopServer } from './built-server';

/** A guarded installation: its only credentials are keys in its database. */
export interface Guarded extends ServerProcess {
  readonly url: string;
  readonly file: string;
  readonly home: string;
  /** All who must not come in: what they send, by what they are. */
  readonly strangers: Readonly<Record<string, Shown>>;
  readonly key: string;
}

export interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
}

const REFUSED = [401, 503];
const UNKNOWN = `ssk_${randomToken(10, 1)}_${randomToken(32, 2)}`;
export const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  // Else the first wrong ones would keep us from seeing what becomes of the others.
  SECURESCAN_AUTH_FAILURES_PER_MIN: '100000',
};

function shown(key?: string, token?: string): Shown {
  return {
    headers: key === undefined ? {} : { 'x-api-key': key },
    query: token === undefined ? '' : `?event_token=${token}`,
  };
}

/** Starts one, with a scan that has ended and a stranger of each kind. */
export async function guarded(): Promise<Guarded> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'securescan-closed-')));
  await mkdir(join(home, 'root'));
  const environment = { ...ENVIRONMENT, HOME: home, SECURESCAN_SCAN_ROOTS: join(home, 'root') };
  const server = spawnServer(environment);
  const url = await addressOf(server);
  const post = async <T>(path: string, body: object, key = ''): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as T;
  };
  const { key } = await post<ApiKeyCreatedBody>('/keys', { name: 'first' });
  const revoked = await post<ApiKeyCreatedBody>('/keys', { name: 'revoked' }, key);
  const scan = { target_path: join(home, 'root'), scanners: ['dockerfile'] };
  const { id } = await post<ScanBody>('/scans', scan, key);
  const { token } = await post<EventTokenBody>(`/scans/${id}/event-token`, {}, revoked.key);
  const gone = await fetch(`${url}/api/v1/keys/${revoked.id}`, {
    method: 'DELETE',
    headers: { 'x-api-key': key },
  });
  if (gone.status !== 204) throw new Error(`The key was not revoked: ${await gone.text()}`);
  for (let status = ''; status !== 'completed';) {
    const answer = await fetch(`${url}/api/v1/scans/${id}`, { headers: { 'x-api-key': key } });
    ({ status } = (await answer.json()) as ScanBody);
  }
  const strangers = {
    nothing: shown(),
    'no key': shown('not a key'),
    'a key of nobody': shown(UNKNOWN),
    'a revoked key': shown(revoked.key),
    'the token of a revoked key': { ...shown(undefined, token), headers: { 'x-scan': id } },
  };
  return { ...server, url, file: join(home, '.securescan', 'scans.db'), home, strangers, key };
}

/** The status of an answer; over the connections of an agent, which may be open already. */
export function statusOf(url: string, method: string, headers: Shown['headers'], agent?: Agent) {
  return new Promise<number>((resolve, reject) => {
    const sent = request(url, { method, headers, agent: agent ?? false }, (answer) => {
      answer.resume().on('end', () => {
        resolve(answer.statusCode ?? 0);
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Whoever was not refused, and how they were answered. */
export async function welcomed(server: Guarded, agent?: Agent): Promise<string[]> {
  const found: string[] = [];
  for (const [name, { headers, query }] of Object.entries(server.strangers)) {
    const scan = headers['x-scan'];
    const routes =
      scan === undefined
        ? ['GET /session', 'GET /scans', 'POST /scans', 'POST /keys', 'GET /keys']
        : [`GET /scans/${scan}/events${query}`];
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      const status = await statusOf(`${server.url}/api/v1${path}`, method, headers, agent);
      if (!REFUSED.includes(status)) found.push(`${name} on ${route}: ${status}`);
    }
  }
  return found;
}

/** How the holder of the key that works is answered. */
export const asOwner = ({ url, key }: Guarded): Promise<number> =>
  statusOf(`${url}/api/v1/scans`, 'GET', shown(key).headers);

export async function remove(server: Guarded): Promise<void> {
  await stopServer(server);
  await rm(server.home, { recursive: true });
}
