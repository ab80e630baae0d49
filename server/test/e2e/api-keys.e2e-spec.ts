import type { ApiKeyBody, ApiKeyCreatedBody, ErrorBody, SessionBody } from '@securescan/contracts';
import { SCOPES } from '@securescan/contracts';
import { aMoment } from '../support/until';
import { type GuardedServer, startGuardedServer } from './auth-server';
import { startTestServer, type TestServer } from './test-server';

const KEY = /^ssk_[A-Za-z0-9]{10}_[A-Za-z0-9_-]{32}$/;

describe('keys of a server that has one in its environment', () => {
  let server: GuardedServer;

  beforeAll(async () => {
    server = await startGuardedServer();
  });

  afterAll(() => server.close());

  const list = async () => (await server.asOwner('/api/v1/keys')).json<ApiKeyBody[]>();

  it('are shown once and never again', async () => {
    const made = await server.makeKey(['read']);
    expect(made).toEqual({
      id: made.key.slice(4, 14),
      name: 'a key for read',
      prefix: made.key.slice(0, 16),
      scopes: ['read'],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      expires_at: null,
      last_used_at: null,
      revoked_at: null,
      key: expect.stringMatching(KEY) as string,
    });
    const answer = await server.asOwner('/api/v1/keys');
    expect(answer.body).not.toContain(made.key);
    expect(answer.body).not.toContain('hash');
    expect(answer.json<ApiKeyBody[]>()[0]?.id).toBe(made.id);
  });

  it('hold read alone where nothing else is asked for', async () => {
    const answer = await server.asOwner('/api/v1/keys', {
      method: 'POST',
      payload: { name: 'plain' },
    });
    expect(answer.json<ApiKeyCreatedBody>().scopes).toEqual(['read']);
  });

  it.each([
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['a name of white space', { name: '  ' }],
    ['a name with a line end', { name: 'a\nb' }],
    ['too long a name', { name: 'n'.repeat(201) }],
    ['no scope', { name: 'n', scopes: [] }],
    ['an unknown scope', { name: 'n', scopes: ['root'] }],
    ['an end in the past', { name: 'n', expires_at: '2020-01-01T00:00:00Z' }],
    ['an end without a zone', { name: 'n', expires_at: '2099-01-01T00:00:00' }],
    ['a field that there is not', { name: 'n', key: 'mine' }],
  ])('are not made with %s', async (_case, payload) => {
    const answer = await server.asOwner('/api/v1/keys', { method: 'POST', payload });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<ErrorBody>().errors).not.toHaveLength(0);
  });

  it('are taken from either header, and the first decides alone', async () => {
    const { key } = await server.makeKey(['read']);
    const status = async (headers: Record<string, string>) =>
      (await server.call('/api/v1/scans', { headers })).statusCode;
    expect(await status({ 'x-api-key': key })).toBe(200);
    expect(await status({ 'x-api-key': ` ${key} ` })).toBe(200);
    expect(await status({ authorization: `bearer ${key}` })).toBe(200);
    expect(await status({ authorization: `Basic ${key}` })).toBe(401);
    expect(await status({ 'x-api-key': 'wrong', authorization: `Bearer ${key}` })).toBe(401);
    expect(await status({ 'x-api-key': key.slice(0, -1) })).toBe(401);
    expect(await status({ 'x-api-key': `${key.slice(0, -2)}é` })).toBe(401);
  });

  it('know themselves', async () => {
    const { key, id } = await server.makeKey(['write']);
    const headers = { 'x-api-key': key };
    const me = (await server.call('/api/v1/keys/me', { headers })).json<ApiKeyBody>();
    expect(me).toMatchObject({ id, scopes: ['write'] });
    expect(me.last_used_at).not.toBeNull();
    const session = (await server.call('/api/v1/session', { headers })).json<SessionBody>();
    expect(session).toEqual({
      authenticated: true,
      kind: 'key',
      principal: { name: 'a key for write', email: null },
      scopes: ['write'],
      logout_url: null,
    });
    const owner = await server.asOwner('/api/v1/keys/me');
    expect([owner.statusCode, owner.json<ErrorBody>().code]).toEqual([404, 'KEY_NOT_FOUND']);
  });

  it('end by revocation, at once and for good', async () => {
    const { key, id } = await server.makeKey();
    const headers = { 'x-api-key': key };
    const revoke = () => server.asOwner(`/api/v1/keys/${id}`, { method: 'DELETE' });
    expect((await revoke()).statusCode).toBe(204);
    const answer = await server.call('/api/v1/scans', { headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.json<ErrorBody>().detail).toContain('has been revoked');
    const [shown] = (await list()).filter((body) => body.id === id);
    expect(shown?.revoked_at).not.toBeNull();
    expect((await revoke()).statusCode).toBe(204);
    const again = (await list()).find((body) => body.id === id);
    expect(again?.revoked_at).toBe(shown?.revoked_at);
    const unknown = await server.asOwner('/api/v1/keys/none', { method: 'DELETE' });
    expect([unknown.statusCode, unknown.json<ErrorBody>().code]).toEqual([404, 'KEY_NOT_FOUND']);
  });

  it('end by themselves at their time', async () => {
    const expires_at = new Date(Date.now() + 300).toISOString();
    const { key } = await server.makeKey(['read'], { expires_at });
    const status = async () =>
      (await server.call('/api/v1/scans', { headers: { 'x-api-key': key } })).statusCode;
    expect(await status()).toBe(200);
    while (Date.now() <= Date.parse(expires_at)) await aMoment();
    expect(await status()).toBe(401);
  });

  it('hand on no scope that they lack', async () => {
    const { key } = await server.makeKey(['admin']);
    const grant = (scopes: string[]) =>
      server.call('/api/v1/keys', {
        method: 'POST',
        headers: { 'x-api-key': key },
        payload: { name: 'heir', scopes },
      });
    const refused = await grant(['admin', 'write']);
    expect(refused.statusCode).toBe(403);
    expect(refused.json<ErrorBody>()).toMatchObject({
      code: 'SCOPE_NOT_GRANTABLE',
      errors: [{ loc: 'scopes', message: expect.stringContaining('write') as string }],
    });
    expect((await grant(['admin'])).statusCode).toBe(201);
  });

  it('are listed in pages, newest first', async () => {
    const first = await server.asOwner('/api/v1/keys?limit=2');
    const rest = /cursor=([^>&]+)/.exec(String(first.headers['link']))?.[1];
    const second = await server.asOwner(`/api/v1/keys?limit=2&cursor=${rest ?? ''}`);
    const ids = [...first.json<ApiKeyBody[]>(), ...second.json<ApiKeyBody[]>()].map(({ id }) => id);
    expect(ids).toEqual((await list()).slice(0, 4).map(({ id }) => id));
    expect(Number(first.headers['x-total-count'])).toBe((await list()).length);
  });
});

describe('the first key', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startTestServer();
  });

  afterEach(() => server.close());

  const make = (payload: object, headers: Record<string, string> = {}) =>
    server.app.inject({ method: 'POST', url: '/api/v1/keys', payload, headers });

  it('holds everything and closes the doors', async () => {
    expect((await server.app.inject('/api/v1/session')).json<SessionBody>()).toEqual({
      authenticated: false,
      kind: 'open',
      principal: null,
      scopes: [...SCOPES],
      logout_url: null,
    });
    const weak = await make({ name: 'weak', scopes: ['admin'] });
    expect(weak.statusCode).toBe(422);
    expect((await server.app.inject('/api/v1/session')).statusCode).toBe(200);
    const answer = await make({ name: 'first' });
    expect(answer.statusCode).toBe(201);
    expect(answer.json<ApiKeyCreatedBody>().scopes).toEqual([...SCOPES]);
    expect((await server.app.inject('/api/v1/session')).statusCode).toBe(401);
    expect((await make({ name: 'second' })).statusCode).toBe(401);
  });

  it('cannot be revoked while no other holds everything, whoever asks at the same time', async () => {
    const first = (await make({ name: 'first' })).json<ApiKeyCreatedBody>();
    const second = (
      await make({ name: 'second', scopes: [...SCOPES] }, { 'x-api-key': first.key })
    ).json<ApiKeyCreatedBody>();
    await make({ name: 'admin alone', scopes: ['admin'] }, { 'x-api-key': first.key });
    const revoke = async (by: ApiKeyCreatedBody, target: ApiKeyCreatedBody) =>
      (
        await server.app.inject({
          method: 'DELETE',
          url: `/api/v1/keys/${target.id}`,
          headers: { 'x-api-key': by.key },
        })
      ).statusCode;
    const statuses = await Promise.all([revoke(first, second), revoke(second, first)]);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 409]);
  });

  it('keeps the doors closed also when no key works any more', async () => {
    const first = (await make({ name: 'first' })).json<ApiKeyCreatedBody>();
    const soon = new Date(Date.now() + 200).toISOString();
    const heir = (
      await make(
        { name: 'heir', scopes: [...SCOPES], expires_at: soon },
        { 'x-api-key': first.key },
      )
    ).json<ApiKeyCreatedBody>();
    const answer = await server.app.inject({
      method: 'DELETE',
      url: `/api/v1/keys/${first.id}`,
      headers: { 'x-api-key': heir.key },
    });
    expect(answer.statusCode).toBe(204);
    while (Date.now() <= Date.parse(soon)) await aMoment();
    for (const headers of [{}, { 'x-api-key': first.key }, { 'x-api-key': heir.key }]) {
      const refused = await server.app.inject({ url: '/api/v1/scans', headers });
      expect(refused.statusCode).toBe(401);
    }
  });
});

describe('what may be scanned where the operator said nothing', () => {
  it('is the default of this machine until a key is made, and nothing from then on', async () => {
    const server = await startTestServer({
      environment: { SECURESCAN_SCAN_ROOTS: '' },
      installation: { defaultScanRoots: ['/usr/share'], defaultNetworkTargets: ['127.0.0.1'] },
    });
    try {
      const ask = (payload: object, headers: Record<string, string> = {}) =>
        server.app.inject({ method: 'POST', url: '/api/v1/scans', payload, headers });
      const path = { target_path: '/usr/share/doc/nowhere', scanners: ['dockerfile'] };
      const url = { target_url: 'http://127.0.0.1:9/', scanners: ['builtin_dast'] };
      expect((await ask(path)).json<ErrorBody>().code).toBe('TARGET_NOT_FOUND');
      expect((await ask(url)).statusCode).toBe(200);
      const made = await server.app.inject({
        method: 'POST',
        url: '/api/v1/keys',
        payload: { name: 'first' },
      });
      const headers = { 'x-api-key': made.json<ApiKeyCreatedBody>().key };
      for (const [payload, variable] of [
        [path, 'SECURESCAN_SCAN_ROOTS'],
        [url, 'SECURESCAN_NETWORK_TARGETS'],
      ] as const) {
        const { detail, code } = (await ask(payload, headers)).json<ErrorBody>();
        expect(code).toBe('TARGET_NOT_ALLOWED');
        expect(detail).toContain(variable);
      }
    } finally {
      await server.close();
    }
  });
});
