import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventTokenBody, ScanBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { startGuardedServer, type GuardedServer } from './auth-server';
import { writeTree } from './test-server';

/** Secrets go in at every place that takes one, and must come out nowhere: not in a file, not in a log, not in an answer. */

const PROXY_SECRET = `proxy-${randomToken(32, 21)}`;
const TOKEN_SECRET = `token-${randomToken(32, 22)}`;
const SECRET_KEY = `secret-${randomToken(40, 23)}`;
const CANARIES = {
  wrongKey: `wrong-${randomToken(32, 24)}`,
  wrongBearer: `bearer-${randomToken(32, 25)}`,
  query: `query-${randomToken(32, 26)}`,
  cookie: `cookie-${randomToken(32, 27)}`,
  body: `body-${randomToken(32, 28)}`,
};

let server: GuardedServer;

beforeAll(async () => {
  server = await startGuardedServer({
    environment: {
      SECURESCAN_SSO_TRUSTED_PROXIES: '10.1.2.3',
      SECURESCAN_PUBLIC_URL: 'https://scan.example.com',
      SECURESCAN_SSO_PROXY_SECRET: PROXY_SECRET,
      SECURESCAN_EVENT_TOKEN_SECRET: TOKEN_SECRET,
      SECURESCAN_SECRET_KEY: SECRET_KEY,
    },
  });
});

afterAll(() => server.close());

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true });
  const paths = entries.map((entry) => join(directory, entry));
  const kinds = await Promise.all(paths.map((path) => stat(path)));
  return paths.filter((_path, index) => kinds[index]?.isFile() === true);
}

it('keeps no secret in clear anywhere, and shows none twice', async () => {
  await writeTree(server.root, { Dockerfile: 'FROM ubuntu:latest\nUSER root\n' });
  const { key, id } = await server.makeKey();
  const headers = { 'x-api-key': key };
  const scan = (
    await server.call('/api/v1/scans', {
      method: 'POST',
      headers,
      payload: { target_path: server.root, scanners: ['dockerfile'] },
    })
  ).json<ScanBody>();
  const minted = await server.call(`/api/v1/scans/${scan.id}/event-token`, {
    method: 'POST',
    headers,
  });
  const { token } = minted.json<EventTokenBody>();
  const answers = [
    await server.call(`/api/v1/scans/${scan.id}/events?event_token=${token}`),
    await server.call('/api/v1/scans', { headers: { 'x-api-key': CANARIES.wrongKey } }),
    await server.call('/api/v1/scans', {
      headers: { authorization: `Bearer ${CANARIES.wrongBearer}` },
    }),
    await server.call(`/api/v1/scans?key=${CANARIES.query}`, { headers }),
    await server.call('/api/v1/scans', { headers: { ...headers, cookie: CANARIES.cookie } }),
    await server.asOwner('/api/v1/keys', {
      method: 'POST',
      payload: { name: 'n', key: CANARIES.body },
    }),
    await server.call('/api/v1/session', {
      remoteAddress: '10.1.2.3',
      headers: { 'x-forwarded-user': 'ada', 'x-securescan-proxy-secret': PROXY_SECRET },
    }),
    await server.call('/api/v1/session', {
      remoteAddress: '10.1.2.3',
      headers: { 'x-forwarded-user': 'ada', 'x-securescan-proxy-secret': CANARIES.wrongKey },
    }),
    await server.call('/api/v1/keys', { headers }),
    await server.call(`/api/v1/keys/me`, { headers }),
    await server.call('/openapi.json'),
    await server.asOwner(`/api/v1/keys/${id}`, { method: 'DELETE' }),
  ];
  const files = await filesIn(server.directory);
  expect(files.some((file) => file.endsWith('scans.db-wal'))).toBe(true);
  const stored = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  const places: Record<string, string> = {
    log: server.logged(),
    ...Object.fromEntries(answers.map(({ body }, index) => [`answer ${index}`, body])),
    ...Object.fromEntries(files.map((file, index) => [file, stored[index] ?? ''])),
  };
  const secrets = {
    ...CANARIES,
    key,
    secretHalf: key.slice(15),
    environmentKey: server.environmentKey,
    token,
    PROXY_SECRET,
    TOKEN_SECRET,
    SECRET_KEY,
  };
  const leaks = Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(places)
      .filter(([, text]) => text.includes(secret))
      .map(([place]) => `${name} in ${place}`),
  );
  expect(leaks).toEqual([]);
  // The search itself finds what is there.
  expect(places['log']).toContain(`key:${id}`);
  expect(stored.some((text) => text.includes(id))).toBe(true);
});
