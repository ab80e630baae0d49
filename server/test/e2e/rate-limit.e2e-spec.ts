import type { ErrorBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { type Call, type GuardedServer, startGuardedServer } from './auth-server';

let server: GuardedServer;

afterEach(() => server.close());

const start = async (environment: Record<string, string>) => {
  server = await startGuardedServer({
    environment: { SECURESCAN_RATE_LIMIT_ENABLED: '1', ...environment },
  });
};

/** Costs a token and does nothing: its target is refused. */
const ask = (key: string, call: Call = {}) =>
  server.call('/api/v1/scans', {
    method: 'POST',
    payload: { target_path: '/nowhere' },
    ...call,
    headers: { 'x-api-key': key },
  });

it('lets each principal do so much and no more, and says when to come again', async () => {
  await start({ SECURESCAN_RATE_LIMIT_PER_MIN: '2', SECURESCAN_RATE_LIMIT_BURST: '2' });
  const key = server.environmentKey;
  const first = await ask(key);
  expect(first.statusCode).toBe(403);
  expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' });
  await ask(key);
  const third = await ask(key);
  expect(third.statusCode).toBe(429);
  expect(third.json<ErrorBody>().code).toBe('RATE_LIMITED');
  const now = Math.floor(Date.now() / 1000);
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(25);
  expect(Number(third.headers['retry-after'])).toBeLessThanOrEqual(30);
  expect(third.headers['x-ratelimit-remaining']).toBe('0');
  expect(Number(third.headers['x-ratelimit-reset']) - now).toBeLessThanOrEqual(31);
  expect(third.headers['x-request-id']).toBeDefined();
  const reading = await server.asOwner('/api/v1/scans');
  expect(reading.statusCode).toBe(200);
  expect(reading.headers['x-ratelimit-limit']).toBeUndefined();
});

it('counts by who is recognised, and neither by the address nor by what a header says', async () => {
  await start({ SECURESCAN_RATE_LIMIT_PER_MIN: '4', SECURESCAN_RATE_LIMIT_BURST: '4' });
  const [one, other] = [await server.makeKey(), await server.makeKey()];
  for (let index = 0; index < 4; index += 1) {
    expect((await ask(one.key, { remoteAddress: `192.0.2.${index}` })).statusCode).toBe(403);
  }
  expect((await ask(one.key)).statusCode).toBe(429);
  expect((await ask(other.key)).statusCode).toBe(403);
});

it('is off where the operator says so', async () => {
  await start({ SECURESCAN_RATE_LIMIT_ENABLED: '0', SECURESCAN_RATE_LIMIT_BURST: '1' });
  for (let index = 0; index < 5; index += 1) {
    const answer = await ask(server.environmentKey);
    expect([answer.statusCode, answer.headers['x-ratelimit-limit']]).toEqual([403, undefined]);
  }
});

describe('whoever guesses', () => {
  const guess = (key: string, remoteAddress = '203.0.113.9') =>
    server.call('/api/v1/scans', { headers: { 'x-api-key': key }, remoteAddress });

  it('is stopped after some failures, whatever key they show next', async () => {
    await start({ SECURESCAN_AUTH_FAILURES_PER_MIN: '3' });
    for (let index = 0; index < 3; index += 1) {
      expect((await guess(`guess ${index}`)).statusCode).toBe(401);
    }
    const stopped = await guess('another guess');
    expect(stopped.statusCode).toBe(429);
    expect(stopped.json<ErrorBody>().code).toBe('TOO_MANY_FAILURES');
    expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
    // The right one is not even looked at, or its answer would tell.
    expect((await guess(server.environmentKey)).statusCode).toBe(429);
    expect((await guess(server.environmentKey, '203.0.113.10')).statusCode).toBe(200);
  });

  it('cannot make more of one key by many, nor lock out those who have one', async () => {
    await start({ SECURESCAN_AUTH_FAILURES_PER_MIN: '3' });
    const neighbour = await server.makeKey(['read']);
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const bogus = `ssk_${randomToken(10, index + 1)}_${randomToken(32, index + 50)}`;
      statuses.push((await guess(bogus)).statusCode);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
    expect((await guess(neighbour.key)).statusCode).toBe(200);
  });

  it('is nobody who shows a key that worked once', async () => {
    await start({ SECURESCAN_AUTH_FAILURES_PER_MIN: '2' });
    const lost = await server.makeKey(['read']);
    await server.asOwner(`/api/v1/keys/${lost.id}`, { method: 'DELETE' });
    for (let index = 0; index < 4; index += 1) {
      expect((await guess(lost.key)).statusCode).toBe(401);
    }
    expect((await guess(server.environmentKey)).statusCode).toBe(200);
  });

  it('is one network in the new kind of addresses', async () => {
    await start({ SECURESCAN_AUTH_FAILURES_PER_MIN: '2' });
    expect((await guess('a', '2001:db8::1')).statusCode).toBe(401);
    expect((await guess('b', '2001:db8::2')).statusCode).toBe(401);
    expect((await guess('c', '2001:db8::3')).statusCode).toBe(429);
    expect((await guess('d', '2001:db8:0:1::1')).statusCode).toBe(401);
  });
});
