import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiKeyCreatedBody, type ErrorBody, type Scope, SCOPES } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { type DeclaredRoute, routesOf } from '../support/routes-of';
import { type GuardedServer, startGuardedServer } from './auth-server';

/** Every route of the running application, each tried with no, a wrong, a weaker, a revoked and the right credential. */

let server: GuardedServer;
let routes: DeclaredRoute[];
const keys = new Map<string, ApiKeyCreatedBody>();
let revoked: string;

const WRONG_KEYS = {
  'a wrong text': 'not a key',
  'a well-formed key that nobody has': `ssk_${randomToken(10, 1)}_${randomToken(32, 2)}`,
  'an empty bearer': undefined,
};

function keyFor(scopes: readonly Scope[]): string {
  return keys.get(scopes.join())?.key ?? '';
}

function others(scope: Scope): Scope[] {
  return SCOPES.filter((other) => other !== scope);
}

async function ask(route: DeclaredRoute, headers: Record<string, string>) {
  const url = route.path.replace(/(?<=\/):[a-z]+/gi, 'none');
  // A body that no route accepts: whoever is refused must be refused before it is read.
  const payload = route.method === 'GET' ? {} : { payload: '{"broken' };
  const answer = await server.call(url, {
    method: route.method,
    headers: { 'content-type': 'application/json', ...headers },
    ...payload,
  });
  const code = answer.headers['content-type']?.toString().includes('json')
    ? answer.json<Partial<ErrorBody>>().code
    : undefined;
  return { status: answer.statusCode, code };
}

beforeAll(async () => {
  server = await startGuardedServer();
  routes = routesOf(server.app).filter(({ access }) => access?.scope !== 'public');
  for (const scope of SCOPES) {
    keys.set(scope, await server.makeKey([scope]));
    keys.set(others(scope).join(), await server.makeKey(others(scope)));
  }
  const lost = await server.makeKey();
  revoked = lost.key;
  const answer = await server.asOwner(`/api/v1/keys/${lost.id}`, { method: 'DELETE' });
  expect(answer.statusCode).toBe(204);
});

afterAll(() => server.close());

it('states for every route what its caller must be allowed to do', () => {
  const declared = routesOf(server.app);
  expect(declared.length).toBeGreaterThan(15);
  expect(declared.filter(({ access }) => access === undefined)).toEqual([]);
  const open = declared.filter(({ access }) => access?.scope === 'public');
  expect(new Set(open.map(({ path }) => path))).toEqual(new Set(['/', '/health', '/ready']));
  const underOther = routes.filter(({ path }) => !path.startsWith('/api/v1/'));
  expect(underOther).toEqual([]);
});

it('answers nobody without a credential', async () => {
  for (const route of routes) {
    expect([route.handler, await ask(route, {})]).toEqual([
      route.handler,
      { status: 401, code: 'CREDENTIALS_MISSING' },
    ]);
    if (route.method !== 'GET') continue;
    const head = await server.call(route.path.replace(/(?<=\/):[a-z]+/gi, 'none'), {
      method: 'HEAD',
    });
    expect([route.handler, head.statusCode]).toEqual([route.handler, 401]);
  }
});

it.each(Object.entries(WRONG_KEYS))('answers nobody with %s', async (_case, key) => {
  for (const route of routes) {
    const isMissing = key === undefined;
    const byHeader = isMissing ? {} : { 'x-api-key': key };
    const byBearer = { authorization: `Bearer ${key ?? ''}` };
    const expected = isMissing ? 'CREDENTIALS_MISSING' : 'CREDENTIALS_INVALID';
    for (const headers of [byHeader, byBearer]) {
      expect([route.handler, await ask(route, headers)]).toEqual([
        route.handler,
        { status: 401, code: expected },
      ]);
    }
  }
});

it('answers nobody with a revoked key', async () => {
  for (const route of routes) {
    expect([route.handler, await ask(route, { 'x-api-key': revoked })]).toEqual([
      route.handler,
      { status: 401, code: 'CREDENTIALS_INVALID' },
    ]);
  }
});

it('answers nobody who holds every scope but the right one', async () => {
  for (const route of routes) {
    const scope = SCOPES.find((known) => known === route.access?.scope);
    if (scope === undefined) continue;
    expect([route.handler, await ask(route, { 'x-api-key': keyFor(others(scope)) })]).toEqual([
      route.handler,
      { status: 403, code: 'SCOPE_MISSING' },
    ]);
  }
});

it('lets in who holds the right scope and no other', async () => {
  for (const route of routes) {
    const scope = SCOPES.find((known) => known === route.access?.scope) ?? 'read';
    const { status } = await ask(route, { 'x-api-key': keyFor([scope]) });
    expect([route.handler, status]).not.toEqual([route.handler, 401]);
    expect([route.handler, status]).not.toEqual([route.handler, 403]);
    expect([route.handler, status < 500]).toEqual([route.handler, true]);
  }
});

it('answers nobody who spells an address in another way', async () => {
  const encoded = (path: string, index: number): string =>
    path.replace(/[a-z0-9]/gi, (character, at: number) =>
      (at + index) % 3 === 0 ? `%${character.charCodeAt(0).toString(16)}` : character,
    );
  for (const route of routes) {
    const path = route.path.replace(/:[a-z]+/gi, 'none');
    for (const url of [
      ...[0, 1, 2].map((index) => encoded(path, index)),
      path.replace('/api', '/%61pi'),
      path.replace('/api', '/a%70i'),
      `/.${path}`,
      `/x/..${path}`,
      `/${path}`,
      path.replace('/api', '/API'),
      `${path}/`,
    ]) {
      const { status } = await ask({ ...route, path: url }, {});
      // A spelling that the router does not know leads nowhere, and one that it knows asks who calls.
      expect([route.method, url, [401, 404, 405].includes(status)]).toEqual([
        route.method,
        url,
        true,
      ]);
    }
  }
});

it('answers nobody who asks as if it were a proxy', async () => {
  await server.app.listen(0, '127.0.0.1');
  const { port } = server.app.getHttpServer().address() as AddressInfo;
  const status = (target: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host: 'localhost' };
      get({ port, host: '127.0.0.1', path: target, headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  for (const { method, path } of routes) {
    if (method !== 'GET') continue;
    const address = path.replace(/(?<=\/):[a-z]+/gi, 'none');
    for (const authority of ['http://localhost', 'HTTPS://elsewhere.example:1', 'http://a@b']) {
      expect([authority, path, await status(`${authority}${address}`)]).toEqual([
        authority,
        path,
        401,
      ]);
    }
  }
  expect(await status('http://localhost/health')).toBe(200);
});

it('does not tell strangers which addresses there are', async () => {
  const answer = await server.call('/api/v1/nowhere');
  expect(answer.statusCode).toBe(401);
  expect((await server.asOwner('/api/v1/nowhere')).statusCode).toBe(404);
});

it('says in every 401 how to do better, with a request id, and what browsers may read', async () => {
  const answer = await server.call('/api/v1/scans');
  expect(answer.headers).toMatchObject({
    'www-authenticate': 'Bearer realm="SecureScan"',
    'cache-control': 'no-store',
    'x-request-id': expect.any(String) as string,
  });
});
