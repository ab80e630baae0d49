import { connect, type AddressInfo } from 'node:net';
import type { ErrorBody, SessionBody } from '@securescan/contracts';
import { type Call, type GuardedServer, startGuardedServer } from './auth-server';

/** The server behind a proxy at 10.1.2.3. Names of published flaws of other products say which mistake each case would be. */

const PROXY = '10.1.2.3';
const ORIGIN = 'https://scan.example.com';
const USER = { 'x-forwarded-user': 'ada', 'x-forwarded-email': 'ada@example.com' };
const APPSEC = { ...USER, 'x-forwarded-groups': 'staff,appsec' };
const OWN_PAGE = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'x-securescan-csrf': '1' };

let server: GuardedServer;

beforeAll(async () => {
  server = await startGuardedServer({
    environment: {
      SECURESCAN_SSO_TRUSTED_PROXIES: `${PROXY}, 127.0.0.2`,
      SECURESCAN_PUBLIC_URL: ORIGIN,
      SECURESCAN_SSO_GROUP_SCOPES: '{"appsec":["read","write","admin"],"*":["read"]}',
      SECURESCAN_SSO_LOGOUT_URL: '/oauth2/sign_out',
    },
  });
});

afterAll(() => server.close());

async function ask(url: string, { headers, remoteAddress = PROXY, ...rest }: Call = {}) {
  const answer = await server.call(url, { remoteAddress, headers: headers ?? {}, ...rest });
  const isJson = answer.headers['content-type']?.toString().includes('json') ?? false;
  const code = isJson ? answer.json<Partial<ErrorBody>>().code : undefined;
  return { status: answer.statusCode, code, answer };
}

describe('behind the proxy', () => {
  it('somebody is who the proxy says, with the scopes of their groups', async () => {
    const { answer } = await ask('/api/v1/session', { headers: APPSEC });
    expect(answer.json<SessionBody>()).toEqual({
      authenticated: true,
      kind: 'sso',
      principal: { name: 'ada', email: 'ada@example.com' },
      scopes: ['read', 'write', 'admin'],
      logout_url: '/oauth2/sign_out',
    });
    const { answer: other } = await ask('/api/v1/session', { headers: USER });
    expect(other.json<SessionBody>().scopes).toEqual(['read']);
  });

  it('nobody is somebody without a name', async () => {
    expect(await ask('/api/v1/session')).toMatchObject({
      status: 401,
      code: 'CREDENTIALS_MISSING',
    });
  });

  it('a supplied key decides alone', async () => {
    const headers = { ...APPSEC, 'x-api-key': 'wrong' };
    expect(await ask('/api/v1/session', { headers })).toMatchObject({
      status: 401,
      code: 'CREDENTIALS_INVALID',
    });
    const { key } = await server.makeKey(['read']);
    const { answer } = await ask('/api/v1/session', { headers: { ...APPSEC, 'x-api-key': key } });
    expect(answer.json<SessionBody>()).toMatchObject({ kind: 'key', scopes: ['read'] });
  });

  it('no token opens a stream past the proxy', async () => {
    const answer = await ask('/api/v1/scans/none/event-token', {
      method: 'POST',
      headers: { ...APPSEC, ...OWN_PAGE },
    });
    expect(answer).toMatchObject({ status: 404, code: 'SCAN_NOT_FOUND' });
  });
});

describe('who comes past the proxy is nobody', () => {
  it.each([
    [
      'Grafana auth.proxy without a whitelist: any address may name a user',
      { remoteAddress: '203.0.113.9' },
    ],
    ['an address that only begins like the proxy', { remoteAddress: '10.1.2.30' }],
    ['the same machine', { remoteAddress: '127.0.0.1' }],
    ['the same machine in the new kind', { remoteAddress: '::1' }],
    [
      'Gitea REVERSE_PROXY_TRUSTED_PROXIES by X-Forwarded-For: the header says that it is the proxy',
      { remoteAddress: '203.0.113.9', headers: { 'x-forwarded-for': PROXY, 'x-real-ip': PROXY } },
    ],
    [
      'Forwarded says that it is the proxy',
      { remoteAddress: '203.0.113.9', headers: { forwarded: `for=${PROXY}` } },
    ],
  ])('%s', async (_case, { remoteAddress, headers = {} }: Call) => {
    const call = { remoteAddress, headers: { ...APPSEC, ...headers } } as Call;
    expect(await ask('/api/v1/session', call)).toMatchObject({
      status: 401,
      code: 'CREDENTIALS_MISSING',
    });
  });

  it('Grafana CVE-2018-15727 and its like: what only looks like a session is none', async () => {
    const headers = { cookie: 'grafana_user=admin; _oauth2_proxy=forged; securescan=admin' };
    expect((await ask('/api/v1/session', { headers })).status).toBe(401);
  });

  it('oauth2-proxy CVE-2025-64484: a header in underscores is not a second way in', async () => {
    const headers = { ...USER, x_forwarded_groups: 'appsec' };
    expect(await ask('/api/v1/session', { headers })).toMatchObject({
      status: 401,
      code: 'IDENTITY_REFUSED',
    });
    const alone = await ask('/api/v1/session', { headers: { x_forwarded_user: 'eve' } });
    expect(alone).toMatchObject({ status: 401, code: 'IDENTITY_REFUSED' });
  });

  it('oauth2-proxy CVE-2025-54576: no query makes a guarded address a public one', async () => {
    for (const path of [
      '/api/v1/scans?x=/health',
      '/api/v1/scans?/docs',
      '/api/v1/scans;/health',
      '/api/v1/scans#/health',
      '/api/v1//scans',
      '/api/v1/%73cans',
      '/health/../api/v1/scans',
    ]) {
      const { status } = await ask(path);
      expect([path, status === 401 || status === 404]).toEqual([path, true]);
    }
  });

  it('the other family of headers, which the proxy may let pass, says nothing', async () => {
    const headers = { 'x-auth-request-user': 'eve', 'x-auth-request-groups': 'appsec' };
    expect((await ask('/api/v1/session', { headers })).status).toBe(401);
    const { answer } = await ask('/api/v1/session', { headers: { ...USER, ...headers } });
    expect(answer.json<SessionBody>()).toMatchObject({
      principal: { name: 'ada' },
      scopes: ['read'],
    });
  });

  it.each([
    'remote-user',
    'x-webauth-user',
    'x-remote-user',
    'x-user',
    'x-forwarded-preferred-username',
  ])('the header %s of other products says nothing', async (name) => {
    expect((await ask('/api/v1/session', { headers: { [name]: 'admin' } })).status).toBe(401);
  });
});

describe('over a real socket, where headers can come twice', () => {
  async function raw(lines: readonly string[], localAddress: string): Promise<string> {
    if (!server.app.getHttpServer().listening) await server.app.listen(0, '127.0.0.1');
    const { port } = server.app.getHttpServer().address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress }, () =>
        socket.write(
          [
            'GET /api/v1/session HTTP/1.1',
            'Host: scan.example.com',
            'Connection: close',
            ...lines,
            '',
            '',
          ].join('\r\n'),
        ),
      );
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      socket.on('close', () => {
        resolve(answer);
      });
      socket.on('error', reject);
    });
  }

  it.each([
    ['from the proxy', '127.0.0.2', ['X-Forwarded-User: ada'], '200', '"name":"ada"'],
    ['from next door', '127.0.0.1', ['X-Forwarded-User: ada'], '401', 'CREDENTIALS_MISSING'],
    [
      'twice',
      '127.0.0.2',
      ['X-Forwarded-User: ada', 'X-Forwarded-User: eve'],
      '401',
      'more than one',
    ],
    [
      'twice in other letters',
      '127.0.0.2',
      ['x-forwarded-user: ada', 'X-FORWARDED-USER: ada'],
      '401',
      'more than one',
    ],
    [
      'beside one in underscores',
      '127.0.0.2',
      ['X-Forwarded-User: ada', 'X_Forwarded_User: eve'],
      '401',
      'underscore',
    ],
    ['folded over two lines', '127.0.0.2', ['X-Forwarded-User: ada', ' eve'], '4', ''],
    ['with white space before the colon', '127.0.0.2', ['X-Forwarded-User : ada'], '400', ''],
    [
      'named as hop by hop',
      '127.0.0.2',
      ['Connection: close, X-Forwarded-User', 'X-Forwarded-User: ada'],
      '200',
      '"name":"ada"',
    ],
  ])('a user %s', async (_case, from, lines, status, text) => {
    const answer = await raw(lines, from);
    expect(answer.slice(9, 12)).toMatch(new RegExp(`^${status}`));
    expect(answer).toContain(text);
  });
});

describe('a change that the session of the proxy authenticates', () => {
  const change = (headers: Record<string, string>) =>
    ask('/api/v1/keys', {
      method: 'POST',
      headers: { ...APPSEC, ...headers },
      payload: { name: 'made by ada' },
    });

  it('is made from our own page', async () => {
    expect((await change(OWN_PAGE)).status).toBe(201);
    const { 'sec-fetch-site': _absent, ...older } = OWN_PAGE;
    expect((await change(older)).status).toBe(201);
  });

  it.each([
    ['no origin', { 'x-securescan-csrf': '1' }],
    ['another origin', { ...OWN_PAGE, origin: 'https://evil.example' }],
    ['an origin that begins like ours', { ...OWN_PAGE, origin: `${ORIGIN}.evil.example` }],
    ['our name without TLS', { ...OWN_PAGE, origin: 'http://scan.example.com' }],
    ['an opaque origin', { ...OWN_PAGE, origin: 'null' }],
    ['no header of ours', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }],
    ['a wrong header of ours', { ...OWN_PAGE, 'x-securescan-csrf': '0' }],
    ['a page of the same site', { ...OWN_PAGE, 'sec-fetch-site': 'same-site' }],
    ['a page of another site', { ...OWN_PAGE, 'sec-fetch-site': 'cross-site' }],
  ])('is refused with %s', async (_case, headers) => {
    expect(await change(headers)).toMatchObject({ status: 403, code: 'CSRF_REFUSED' });
  });

  it('is not refused to a key, which no browser sends by itself', async () => {
    const { key } = await server.makeKey();
    const headers = { 'x-api-key': key, origin: 'https://evil.example' };
    const { status } = await ask('/api/v1/keys', {
      method: 'POST',
      headers,
      payload: { name: 'by key' },
    });
    expect(status).toBe(201);
  });
});
