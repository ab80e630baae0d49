import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { describeWithTool, randomToken } from '@securescan/testing';
import { parse } from 'yaml';
import { aMoment } from '../support/until';
import { type Answer, askDirectly, askProxy, askWithoutBody, openAtProxy } from './browser';
import { REPOSITORY } from './image-description';
import { HOSTNAME, type Nginx, startNginx } from './nginx';
import { type StandIn, standInForOauth2Proxy, standInForServer, valuesOf } from './stand-ins';

const SECRET = randomToken(32, 71);
const ALICE = ['Cookie', 'session=alice'];
const MIB = 1024 * 1024;
const PAGE = ['Accept', 'text/html'];

/** Headers by which a program behind a proxy can be told who is calling, from where, or how. */
const TELLING = [
  ...['X-Forwarded-User', 'X-Forwarded-Email', 'X-Forwarded-Groups'],
  ...['X-Forwarded-Preferred-Username', 'X-Forwarded-Access-Token'],
  ...['X-Auth-Request-User', 'X-Auth-Request-Email', 'X-Auth-Request-Groups'],
  ...['X-Auth-Request-Preferred-Username', 'X-Auth-Request-Access-Token'],
  ...['X-SecureScan-Proxy-Secret', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto'],
  ...['X-Real-IP', 'Forwarded', 'Via'],
];

/** Each of them in all spellings, twice. */
const FORGED = TELLING.flatMap((name) =>
  [name, name.toLowerCase(), name.toUpperCase(), name.replaceAll('-', '_')].flatMap((spelling) => [
    ...[spelling, 'mallory'],
    ...[spelling, 'mallory'],
  ]),
);

describeWithTool(['nginx', 'openssl', 'wget'], 'nginx with the configuration that ships', () => {
  let server: StandIn;
  let signIn: StandIn;
  let nginx: Nginx;

  beforeAll(async () => {
    [server, signIn] = await Promise.all([standInForServer(), standInForOauth2Proxy()]);
    const places = { server: server.address, signIn: signIn.address };
    nginx = await startNginx({ ...places, proxySecret: SECRET });
  });

  afterAll(async () => {
    await nginx.stop();
    await Promise.all([server.close(), signIn.close()]);
  });

  beforeEach(() => {
    server.heard.splice(0);
    signIn.heard.splice(0);
  });

  it('tells the server who signed in, by its own headers alone', async () => {
    const answer = await askProxy(nginx, {
      path: '/api/v1/scans?a=1',
      headers: [...ALICE, ...FORGED],
    });
    expect(answer).toMatchObject({ status: 200, text: 'heard' });
    expect(server.heard).toHaveLength(1);
    const [heard] = server.heard;
    if (heard === undefined) return;
    expect(heard.url).toBe('/api/v1/scans?a=1');
    expect(JSON.stringify(heard.rawHeaders)).not.toContain('mallory');
    const told = [...TELLING, 'Cookie'].map((name) => [name, valuesOf(heard, name)] as const);
    expect(Object.fromEntries(told.filter(([, values]) => values.length > 0))).toEqual({
      'X-Forwarded-User': ['alice'],
      'X-Forwarded-Email': ['alice@example.com'],
      'X-Forwarded-Groups': ['developers,appsec'],
      'X-Forwarded-For': ['127.0.0.1'],
      'X-Forwarded-Host': [HOSTNAME],
      'X-Forwarded-Proto': ['https'],
      'X-SecureScan-Proxy-Secret': [SECRET],
    });
  });

  it('oauth2-proxy CVE-2026-34457 and CVE-2026-40575: nothing but the cookie goes into the question who is calling', async () => {
    const others = ['User-Agent', 'mallory', 'Authorization', '', 'X-Forwarded-Uri', '/mallory'];
    const body = 'mallory';
    const headers = [...ALICE, ...FORGED, ...others, 'Content-Length', '7'];
    await askProxy(nginx, { method: 'POST', path: '/', headers, body });
    expect(server.heard[0]).toMatchObject({ method: 'POST', bodyLength: 7 });
    expect(signIn.heard).toHaveLength(1);
    const [heard] = signIn.heard;
    if (heard === undefined) return;
    const names = heard.rawHeaders.filter((_, index) => index % 2 === 0);
    expect(heard).toMatchObject({ method: 'GET', url: '/oauth2/auth', bodyLength: 0 });
    expect(JSON.stringify(heard.rawHeaders)).not.toContain('mallory');
    expect(new Set(names.map((name) => name.toLowerCase()))).toEqual(
      new Set([
        ...['host', 'cookie', 'user-agent', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host'],
        ...['x-forwarded-proto', 'x-forwarded-uri', 'x-auth-request-redirect'],
      ]),
    );
    expect(valuesOf(heard, 'x-forwarded-for')).toEqual(['127.0.0.1']);
    expect(valuesOf(heard, 'x-forwarded-uri')).toEqual(['/']);
    // An empty one was a health check to some of its releases (issue 649), as the configured one was.
    expect(valuesOf(heard, 'user-agent')).toEqual(['nginx']);
  });

  it.each([[[]], [FORGED], [['Cookie', 'session=mallory']]])(
    'lets nobody through who has not signed in',
    async (headers) => {
      const program = await askProxy(nginx, { path: '/api/v1/scans', headers });
      expect(program.status).toBe(401);
      expect(JSON.parse(program.text)).toMatchObject({ code: 'CREDENTIALS_MISSING' });
      expect(program.headers).toMatchObject({
        'www-authenticate': 'Bearer',
        'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      });
      const page = await askProxy(nginx, {
        path: '/scans/1?a=b&c=d',
        headers: [...PAGE, ...headers],
      });
      expect(page).toMatchObject({
        status: 302,
        headers: { location: 'https://login.example.com/' },
      });
      expect(server.heard).toEqual([]);
    },
  );

  it('brings people back to where they wanted to go', async () => {
    await askProxy(nginx, { path: '/scans/1?a=b&c=d', headers: PAGE });
    const asked = signIn.heard.at(-1);
    expect(asked?.url).toBe('/oauth2/sign_in');
    expect(asked && valuesOf(asked, 'x-auth-request-redirect')).toEqual(['/scans/1?a=b&c=d']);
  });

  it('shows what it cannot find out to nobody', async () => {
    const headers = ['Cookie', 'session=broken'];
    for (const path of ['/', '/api/v1/scans', '/api/v1/scans/1/events']) {
      expect(await askProxy(nginx, { path, headers })).toMatchObject({ status: 500 });
    }
    expect(server.heard).toEqual([]);
  });

  it.each([
    ['X-API-Key', 'key of mallory'],
    ['Authorization', 'Bearer key of mallory'],
  ])('leaves the judgement to the server where a program sends %s', async (name, value) => {
    const key = [name, value];
    await askProxy(nginx, { path: '/api/v1/scans', headers: [...key, ...ALICE, ...FORGED] });
    const [heard] = server.heard;
    expect(heard && valuesOf(heard, name)).toEqual([value]);
    const names = ['X-Forwarded-User', 'X-Forwarded-Email', 'X-Forwarded-Groups'];
    expect(heard && names.flatMap((name) => valuesOf(heard, name))).toEqual([]);
    expect((await askProxy(nginx, { path: '/', headers: [...PAGE, ...key] })).status).toBe(302);
    expect(server.heard).toHaveLength(1);
  });

  it('leads the addresses of the sign-in to it, but for the question who is calling', async () => {
    const answer = await askProxy(nginx, { path: '/oauth2/callback?code=1', headers: FORGED });
    expect(answer).toMatchObject({ status: 302, headers: { 'set-cookie': ['csrf=1'] } });
    const [heard] = signIn.heard;
    expect(heard?.url).toBe('/oauth2/callback?code=1');
    const names = ['X-Forwarded-For', 'X-Real-IP', 'X-Forwarded-Host', 'Forwarded'];
    expect(heard && names.flatMap((name) => valuesOf(heard, name))).toEqual([
      ...['127.0.0.1', '127.0.0.1', HOSTNAME],
    ]);
    for (const path of ['/oauth2/auth', '/oauth2/auth-unless-key']) {
      expect(await askProxy(nginx, { path, headers: ALICE })).toMatchObject({ status: 404 });
    }
    expect(signIn.heard).toHaveLength(1);
  });

  it('gives the sign-in no bodies, in which there could be further requests', async () => {
    const body = 'GET /oauth2/mallory HTTP/1.1\r\nHost: mallory\r\n\r\n';
    const headers = [...ALICE, 'Content-Length', String(body.length)];
    await askProxy(nginx, { method: 'POST', path: '/oauth2/sign_in', headers, body });
    await askProxy(nginx, { path: '/oauth2/sign_out', headers: ALICE });
    expect(signIn.heard.map(({ url }) => url)).toEqual(['/oauth2/sign_in', '/oauth2/sign_out']);
  });

  it.each([
    ...['/health/../api/v1/scans', '/oauth2/../api/v1/scans', '//api/v1/scans', '/API/v1/scans'],
    ...['/%61pi/v1/scans', '/api/v1/scans/..%2f..%2fhealth', '/api/v1/../v1/keys', '/health%2f'],
    ...['/api/v1/scans/1/events/', '/api/v1/scans/1%2fevents', '/ready', '/docs', '/openapi.json'],
  ])('asks who is calling also at %s', async (path) => {
    const { status } = await askProxy(nginx, { path });
    expect([301, 302, 401]).toContain(status);
    expect(server.heard).toEqual([]);
  });

  it('answers without a question only whether the server lives, and tells it of nobody', async () => {
    const answer = await askProxy(nginx, { path: '/health', headers: [...ALICE, ...FORGED] });
    expect(answer.status).toBe(200);
    const [heard] = server.heard;
    expect(heard && valuesOf(heard, 'X-Forwarded-User')).toEqual([]);
    expect(JSON.stringify(heard)).not.toMatch(/mallory|alice/);
    expect(signIn.heard).toEqual([]);
  });

  it('passes on events as they come', async () => {
    const path = '/api/v1/scans/1/events';
    const stream = await openAtProxy(nginx, { path, headers: ALICE });
    const first = await new Promise((resolve) => stream.setEncoding('utf8').once('data', resolve));
    expect(first).toBe('data: first\n\n');
    stream.destroy();
  });

  it('takes bodies as long as the server does, and says so of longer ones', async () => {
    const send = (path: string, length: number, caller: readonly string[]): Promise<Answer> => {
      const headers = [...caller, 'Content-Length', String(length)];
      return askProxy(nginx, { method: 'POST', path, headers, body: 'x'.repeat(length) });
    };
    expect(await send('/api/v1/scans', MIB, ALICE)).toMatchObject({ status: 200 });
    expect(await send('/api/v1/scans/import', 4 * MIB, ALICE)).toMatchObject({ status: 200 });
    expect(server.heard.map(({ bodyLength }) => bodyLength)).toEqual([MIB, 4 * MIB]);
    expect(await send('/api/v1/scans/import', 4 * MIB, [])).toMatchObject({ status: 401 });
    for (const [path, length] of [
      ['/api/v1/scans', MIB + 1],
      ['/api/v1/scans/import', 32 * MIB + 1],
    ] as const) {
      const headers = [...ALICE, 'Content-Length', String(length)];
      const { status, text } = await askWithoutBody(nginx, { method: 'POST', path, headers });
      expect([status, JSON.parse(text)]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }]);
    }
    expect(server.heard).toHaveLength(2);
  });

  it('answers to its own name alone', async () => {
    expect((await askProxy(nginx, { headers: ['Host', 'other.test', ...ALICE] })).status).toBe(421);
    const refusal = new Promise((resolve) => {
      connect({ port: nginx.httpsPort, servername: 'other.test' }).on('error', resolve);
    });
    expect(await refusal).toMatchObject({
      code: expect.stringMatching(/UNRECOGNIZED_NAME/) as string,
    });
    expect(server.heard).toEqual([]);
  });

  it('leads from HTTP to HTTPS', async () => {
    const answer = await fetch(`http://127.0.0.1:${nginx.httpPort}/a?b`, {
      headers: { host: HOSTNAME },
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      308,
      expect.stringMatching(/^https:\/\/[^/]+\/a\?b$/),
    ]);
  });

  it('has a health check that asks the server', async () => {
    expect(await askDirectly(nginx.healthPort, { path: '/health' })).toMatchObject({ status: 200 });
    const compose = parse(readFileSync(join(REPOSITORY, 'docker-compose.yml'), 'utf8')) as {
      readonly services: { readonly nginx: { readonly healthcheck: { readonly test: string[] } } };
    };
    const [, program = '', ...args] = compose.services.nginx.healthcheck.test.map((word) =>
      word.replace(':8081', `:${nginx.healthPort}`),
    );
    await promisify(execFile)(program, args);
    expect(server.heard.map(({ url }) => url)).toEqual(['/health', '/health']);
    expect(await askDirectly(nginx.healthPort, { path: '/api/v1/scans' })).toMatchObject({
      status: 404,
    });
  });

  it('writes no query and no cookie into its log', async () => {
    const token = randomToken(24, 72);
    const path = `/api/v1/scans/1?event_token=${token}`;
    await askProxy(nginx, { path, headers: ALICE });
    await askProxy(nginx, { path: '/last' });
    while (!nginx.log().includes('"path":"/last"')) await aMoment();
    expect(nginx.log()).toContain('"path":"/api/v1/scans/1","status":200');
    expect(nginx.log()).not.toMatch(new RegExp(`${token}|session=`));
  });
});
