import { randomUUID } from 'node:crypto';
import type { ErrorBody, EventTokenBody, ScanBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { aMoment } from '../support/until';
import { type GuardedServer, startGuardedServer } from './auth-server';
import { createScan, endOfScan, startTestServer, writeTree } from './test-server';

const DOCKERFILE = { Dockerfile: 'FROM ubuntu:latest\nUSER root\n' };

let server: GuardedServer;
let scan: string;

beforeAll(async () => {
  server = await startGuardedServer();
  await writeTree(server.root, DOCKERFILE);
  scan = await endedScan();
});

afterAll(() => server.close());

async function endedScan(): Promise<string> {
  const answer = await server.asOwner('/api/v1/scans', {
    method: 'POST',
    payload: { target_path: server.root, scanners: ['dockerfile'] },
  });
  const { id } = answer.json<ScanBody>();
  for (;;) {
    const { status } = (await server.asOwner(`/api/v1/scans/${id}`)).json<ScanBody>();
    if (status === 'completed') return id;
    await aMoment();
  }
}

async function mint(key: string, id = scan): Promise<string> {
  const answer = await server.call(`/api/v1/scans/${id}/event-token`, {
    method: 'POST',
    headers: { 'x-api-key': key },
  });
  expect(answer.headers['cache-control']).toBe('no-store');
  const { token, expires_in } = answer.json<EventTokenBody>();
  expect(expires_in).toBe(300);
  return token;
}

async function open(token: string, id = scan) {
  const answer = await server.call(`/api/v1/scans/${id}/events?event_token=${token}`);
  return { status: answer.statusCode, body: answer.body };
}

it('opens the stream of its scan where no header can be sent', async () => {
  const { status, body } = await open(await mint(server.environmentKey));
  expect(status).toBe(200);
  expect(body).toContain('event: scan.complete');
});

it('opens nothing else', async () => {
  const token = await mint(server.environmentKey);
  const other = await endedScan();
  expect((await open(token, other)).status).toBe(401);
  for (const url of ['/api/v1/scans', `/api/v1/scans/${scan}`]) {
    const answer = await server.call(`${url}?event_token=${token}`);
    expect(answer.statusCode).toBe(401);
  }
  const posted = await server.call(`/api/v1/scans/${scan}/cancel?event_token=${token}`, {
    method: 'POST',
  });
  expect(posted.statusCode).toBe(401);
});

it('is not minted for a scan that there is not', async () => {
  const answer = await server.asOwner(`/api/v1/scans/${randomUUID()}/event-token`, {
    method: 'POST',
  });
  expect([answer.statusCode, answer.json<ErrorBody>().code]).toEqual([404, 'SCAN_NOT_FOUND']);
});

it('is bound to its key, and ends with it', async () => {
  const key = await server.makeKey(['read']);
  const token = await mint(key.key);
  expect((await open(token)).status).toBe(200);
  await server.asOwner(`/api/v1/keys/${key.id}`, { method: 'DELETE' });
  const refused = await open(token);
  expect(refused.status).toBe(401);
  expect(refused.body).toContain('EVENT_TOKEN_INVALID');
});

it('does not count where it was tampered with', async () => {
  const token = await mint(server.environmentKey);
  const [body = '', signature = ''] = token.split('.');
  const claims = Buffer.from(body, 'base64url').toString('utf8');
  const forged = [
    `${body}.${signature.slice(0, -2)}AA`,
    `${Buffer.from(claims.replace(scan, randomUUID())).toString('base64url')}.${signature}`,
    `${Buffer.from(claims.replace('"env"', '"key"')).toString('base64url')}.${signature}`,
    body,
    'not_a_token',
    '???***',
    randomToken(2000, 3),
  ];
  for (const each of forged) {
    const { status } = await open(encodeURIComponent(each));
    expect([each, status]).toEqual([each, 401]);
  }
});

it('wins over a key that is sent along, so that a stream is never wider than its token', async () => {
  const answer = await server.asOwner(`/api/v1/scans/${scan}/events?event_token=wrong`);
  expect(answer.statusCode).toBe(401);
});

it('does not outlive the environment key, nor unauthenticated mode', async () => {
  const token = await mint(server.environmentKey);
  const database = { SECURESCAN_DB_PATH: `${server.directory}/other.db` };
  const opened = await startTestServer({ environment: database });
  let openToken: string;
  try {
    await writeTree(opened.root, DOCKERFILE);
    const { id } = await createScan(opened, opened.root);
    await endOfScan(opened, id);
    const url = `/api/v1/scans/${id}`;
    const minted = await opened.app.inject({ method: 'POST', url: `${url}/event-token` });
    openToken = minted.json<EventTokenBody>().token;
    const stream = () => opened.app.inject(`${url}/events?event_token=${openToken}`);
    expect((await stream()).statusCode).toBe(200);
    await opened.app.inject({ method: 'POST', url: '/api/v1/keys', payload: { name: 'first' } });
    expect((await stream()).statusCode).toBe(401);
  } finally {
    await opened.close();
  }
  const rotated = await startGuardedServer({
    environment: { ...database, SECURESCAN_API_KEY: `new-${randomToken(40, 9)}` },
  });
  try {
    const answer = await rotated.call(`/api/v1/scans/${scan}/events?event_token=${token}`);
    expect(answer.statusCode).toBe(401);
  } finally {
    await rotated.close();
  }
});
