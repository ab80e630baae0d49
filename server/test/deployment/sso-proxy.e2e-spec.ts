import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanBody, SessionBody } from '@securescan/contracts';
import { describeWithTool, randomToken } from '@securescan/testing';
import { addressOf, type ServerProcess, spawnServer, stopServer } from '../e2e/built-server';
import { writeTree } from '../e2e/test-server';
import { askDirectly, askProxy, openAtProxy, type Question } from './browser';
import { HOSTNAME, type Nginx, startNginx } from './nginx';
import { type StandIn, standInForOauth2Proxy } from './stand-ins';

const SECRET = randomToken(32, 81);
const KEY = randomToken(32, 82);
const ALICE = ['Cookie', 'session=alice'];
const BOB = ['Cookie', 'session=bob'];
const SESSION = '/api/v1/session';
const SCANS = '/api/v1/scans';
const ORIGIN = `https://${HOSTNAME}`;
const OWN_PAGE = ['Origin', ORIGIN, 'X-SecureScan-Csrf', '1'];
const SLOW = 30_000;

/** As somebody would write it who knows every name in use. */
const FORGED = ['X-Forwarded', 'X-Auth-Request', 'X_Forwarded', 'x_auth_request'].flatMap(
  (family) => {
    const link = family.includes('_') ? '_' : '-';
    const named = (what: string): string => `${family}${link}${what}`;
    return [named('User'), 'root', named('Email'), 'root@example.com', named('Groups'), 'appsec'];
  },
);

describeWithTool(['nginx', 'openssl'], 'the server behind nginx and a sign-in', () => {
  let directory: string;
  let server: ServerProcess;
  let serverPort: number;
  let signIn: StandIn;
  let nginx: Nginx;

  beforeAll(async () => {
    directory = await realpath(await mkdtemp(join(tmpdir(), 'securescan-sso-')));
    await writeTree(join(directory, 'tree'), { Dockerfile: 'FROM ubuntu:latest\nUSER root\n' });
    server = spawnServer({
      HOME: directory,
      PATH: '/usr/bin:/bin',
      SECURESCAN_SCAN_ROOTS: directory,
      SECURESCAN_API_KEY: KEY,
      SECURESCAN_PUBLIC_URL: ORIGIN,
      SECURESCAN_SSO_TRUSTED_PROXIES: '127.0.0.1/32',
      SECURESCAN_SSO_PROXY_SECRET: SECRET,
      SECURESCAN_SSO_GROUP_SCOPES: '{"appsec":["read","write"],"*":["read"]}',
      SECURESCAN_SSO_LOGOUT_URL: '/oauth2/sign_out',
    });
    const { host, port } = new URL(await addressOf(server));
    serverPort = Number(port);
    signIn = await standInForOauth2Proxy();
    nginx = await startNginx({ server: host, signIn: signIn.address, proxySecret: SECRET });
  }, SLOW);

  afterAll(async () => {
    await nginx.stop();
    await Promise.all([stopServer(server), signIn.close()]);
    await rm(directory, { recursive: true });
  });

  /** Whom the server takes the caller for. */
  async function callerOf(headers: readonly string[]): Promise<SessionBody> {
    const { status, text } = await askProxy(nginx, { path: SESSION, headers });
    expect(status).toBe(200);
    return JSON.parse(text) as SessionBody;
  }

  const post = (path: string, headers: readonly string[], body: object): Question => {
    const text = JSON.stringify(body);
    const length = String(Buffer.byteLength(text));
    const own = ['Content-Type', 'application/json', 'Content-Length', length];
    return { method: 'POST', path, headers: [...headers, ...own], body: text };
  };

  it('knows who has signed in, and what their groups may do', async () => {
    expect(await callerOf(ALICE)).toEqual({
      authenticated: true,
      kind: 'sso',
      principal: { name: 'alice', email: 'alice@example.com' },
      scopes: ['read', 'write'],
      logout_url: '/oauth2/sign_out',
    });
    expect(await callerOf(BOB)).toMatchObject({ principal: { name: 'bob' }, scopes: ['read'] });
  });

  it.each([
    ['their own identity headers, in every spelling', FORGED],
    ['each of them twice', [...FORGED, ...FORGED]],
    ['the address of the proxy', ['X-Forwarded-For', '127.0.0.1', 'Forwarded', 'for=127.0.0.1']],
    ['a secret of their own', ['X-SecureScan-Proxy-Secret', 'a guess of sixteen']],
    ['the user as a hop-by-hop header', ['Connection', 'close, X-Forwarded-User']],
    [
      'all of it as hop-by-hop headers',
      [
        'Connection',
        'close, X-Forwarded-User, X-Forwarded-Email, X-Forwarded-Groups, X-SecureScan-Proxy-Secret, X-Forwarded-For, Cookie',
      ],
    ],
    ['hop-by-hop and forged headers', ['Connection', 'close, X-Forwarded-User', ...FORGED]],
  ])('takes nobody for somebody else who sends %s', async (_, headers) => {
    const bob = await callerOf([...BOB, ...headers]);
    expect(bob).toMatchObject({ kind: 'sso', principal: { name: 'bob' }, scopes: ['read'] });
    const { status } = await askProxy(nginx, { path: SESSION, headers });
    expect(status).toBe(401);
  });

  it('believes nobody who comes past the proxy', async () => {
    const withSecret = [...FORGED.slice(0, 6), 'X-SecureScan-Proxy-Secret', SECRET];
    const directly = (headers: readonly string[], from?: string): ReturnType<typeof askDirectly> =>
      askDirectly(serverPort, { path: SESSION, headers }, from);
    expect(await directly([])).toMatchObject({ status: 401 });
    expect(await directly(FORGED)).toMatchObject({ status: 401 });
    expect(await directly(FORGED.slice(0, 6))).toMatchObject({ status: 401 });
    const guess = [...FORGED.slice(0, 6), 'X-SecureScan-Proxy-Secret', 'a guess of sixteen'];
    expect(await directly(guess)).toMatchObject({ status: 401 });
    // From another machine even the secret is of no use. It is what lets the proxy's own address through.
    expect(await directly(withSecret, '127.0.0.2')).toMatchObject({ status: 401 });
    expect(await directly(withSecret)).toMatchObject({ status: 200 });
  });

  it('lets a key decide alone', async () => {
    expect(await callerOf(['X-API-Key', KEY, ...BOB])).toMatchObject({ kind: 'env' });
    expect(await callerOf(['Authorization', `Bearer ${KEY}`])).toMatchObject({ kind: 'env' });
    const wrong = await askProxy(nginx, {
      path: SESSION,
      headers: ['X-API-Key', 'wrong', ...ALICE],
    });
    expect(wrong.status).toBe(401);
    expect(JSON.parse(wrong.text)).toMatchObject({ code: 'CREDENTIALS_INVALID' });
  });

  it("Gitea pull request 22219: the proxy's word changes nothing for a page of somebody else", async () => {
    const request = { target_path: join(directory, 'tree'), scanners: ['dockerfile'] };
    const refused = [
      [],
      ['X-SecureScan-Csrf', '1'],
      ['Origin', ORIGIN],
      ['Origin', 'https://evil.test', 'X-SecureScan-Csrf', '1'],
      [...OWN_PAGE, 'Sec-Fetch-Site', 'cross-site'],
    ];
    for (const headers of refused) {
      const answer = await askProxy(nginx, post(SCANS, [...ALICE, ...headers], request));
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'CSRF_REFUSED' });
    }
    const bob = await askProxy(nginx, post(SCANS, [...BOB, ...OWN_PAGE], request));
    expect(JSON.parse(bob.text)).toMatchObject({ code: 'SCOPE_MISSING' });
  });

  it('scans for who may, and streams what happens', async () => {
    const request = { target_path: join(directory, 'tree'), scanners: ['dockerfile'] };
    const answer = await askProxy(nginx, post(SCANS, [...ALICE, ...OWN_PAGE], request));
    expect(answer.status).toBe(200);
    const { id } = JSON.parse(answer.text) as ScanBody;
    const stream = await openAtProxy(nginx, { path: `${SCANS}/${id}/events`, headers: BOB });
    expect(stream.headers['content-type']).toContain('text/event-stream');
    let text = '';
    for await (const part of stream.setEncoding('utf8')) text += String(part);
    expect(text).toMatch(/^retry: \d+\n\n[^]*event: scan\.complete\n/);
  });

  it('shows the pages to those who have signed in', async () => {
    const page = { path: '/', headers: ['Accept', 'text/html'] };
    expect((await askProxy(nginx, page)).status).toBe(302);
    const shown = await askProxy(nginx, { ...page, headers: [...page.headers, ...ALICE] });
    expect([shown.status, shown.headers['strict-transport-security']]).toEqual([
      200,
      'max-age=31536000',
    ]);
  });

  it('takes the longest body that the server takes, and none that is longer', async () => {
    const frame = JSON.stringify({ target_path: '' }).length;
    const ofLength = async (length: number): ReturnType<typeof askProxy> => {
      const body = { target_path: 'x'.repeat(length - frame) };
      return askProxy(nginx, post(SCANS, [...ALICE, ...OWN_PAGE], body));
    };
    expect((await ofLength(1024 * 1024)).status).toBe(422);
    expect((await ofLength(1024 * 1024 + 1)).status).toBe(413);
  });

  it('counts failures by the address that nginx saw, whatever the client says of its own', async () => {
    let answer = await callAsGuesser(0);
    for (let guess = 1; answer.status !== 429 && guess < 100; guess += 1) {
      answer = await callAsGuesser(guess);
    }
    expect(answer.status).toBe(429);
    expect(await callerOf(ALICE)).toMatchObject({ kind: 'sso' });
  });

  function callAsGuesser(guess: number): ReturnType<typeof askProxy> {
    const headers = ['X-API-Key', `guess ${guess}`, 'X-Forwarded-For', `198.51.100.${guess}`];
    return askProxy(nginx, { path: SESSION, headers });
  }
});
