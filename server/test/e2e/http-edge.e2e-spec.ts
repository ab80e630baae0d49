import { connect, type AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody } from '@securescan/contracts';
import { ReadDatabase } from '../../src/database/database';
import { ScansService } from '../../src/modules/scans/scans.service';
import { startTestServer, type TestServer } from './test-server';

const HTML =
  '<!doctype html><app-root></app-root><script src="main-ABCDEFGH.js" type="module"></script>';

let server: TestServer;
let dashboard: string;

beforeAll(async () => {
  dashboard = await mkdtemp(join(tmpdir(), 'securescan-dashboard-'));
  await writeFile(join(dashboard, 'index.html'), HTML);
  await writeFile(join(dashboard, 'main-ABCDEFGH.js'), '// program');
  await mkdir(join(dashboard, 'assets'));
  server = await startTestServer({
    environment: { SECURESCAN_CORS_ORIGINS: 'http://pages.example' },
    installation: { dashboard: { directory: dashboard, html: HTML } },
  });
});

afterAll(async () => {
  await server.close();
  await rm(dashboard, { recursive: true });
});

const inject = (
  url: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'POST' | 'PUT' = 'GET',
) => server.app.inject({ url, headers, method });

function post(head: string, body: string): string {
  return `POST /api/v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${head}\r\n\r\n${body}`;
}

async function sendRaw(text: string): Promise<string> {
  if (!server.app.getHttpServer().listening) await server.app.listen(0, '127.0.0.1');
  const { port } = server.app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => {
      resolve(answer);
    });
    // Whoever is refused while they still speak may find the line cut; what they have heard by then counts.
    socket.on('error', () => undefined);
  });
}

describe('who may call', () => {
  it.each([
    ['a loopback name', { host: 'localhost:8000' }, 200],
    ['a loopback address', { host: '127.0.0.1:1' }, 200],
    ['a loopback address of the new kind', { host: '[::1]:8000' }, 200],
    ['its own pages', { host: 'localhost:8000', origin: 'http://localhost:8000' }, 200],
    ['an allowed page', { host: 'localhost:8000', origin: 'http://pages.example' }, 200],
    ['a name that was rebound', { host: 'rebound.example:8000' }, 403],
    ['a name that only begins like one', { host: 'localhost.rebound.example' }, 403],
    ['an address that only begins like one', { host: '127.0.0.1.rebound.example' }, 403],
    ['another page', { host: 'localhost:8000', origin: 'http://evil.example' }, 403],
    [
      'another port of this machine',
      { host: 'localhost:8000', origin: 'http://localhost:9000' },
      403,
    ],
    ['a page without an origin of its own', { host: 'localhost', origin: 'null' }, 403],
    ['a proxy', { host: 'localhost', via: '1.1 proxy' }, 403],
    ['a proxy that names the client', { host: 'localhost', 'x-forwarded-for': '10.0.0.1' }, 403],
    ['a proxy by the standard', { host: 'localhost', forwarded: 'for=10.0.0.1' }, 403],
    ['a proxy with a user', { host: 'localhost', 'x-forwarded-user': 'ada' }, 403],
    ['a proxy in underscores', { host: 'localhost', x_forwarded_for: '10.0.0.1' }, 403],
    ['a proxy of another kind', { host: 'localhost', 'x-real-ip': '10.0.0.1' }, 403],
  ])('%s: %j', async (_case, headers, status) => {
    for (const url of ['/api/v1/scans', '/health', '/docs', '/main-ABCDEFGH.js']) {
      expect([url, (await inject(url, headers)).statusCode]).toEqual([url, status]);
    }
    if (status === 403) {
      const unknown = await inject('/nowhere', { ...headers, accept: 'text/html' });
      expect(unknown.json()).toMatchObject({ code: 'ACCESS_DENIED' });
    }
  });

  it('says in CORS headers what an allowed page may read', async () => {
    const { headers } = await inject('/api/v1/scans', { origin: 'http://pages.example' });
    expect(headers['access-control-allow-origin']).toBe('http://pages.example');
    expect(headers['access-control-expose-headers']).toContain('X-Request-ID');
  });
});

describe('failures', () => {
  it.each([
    ['/api/v1/nowhere', 'GET', 404, 'ROUTE_NOT_FOUND'],
    ['/api/v1/scans', 'PUT', 405, 'METHOD_NOT_ALLOWED'],
    ['/api/v1/scans/none', 'GET', 404, 'SCAN_NOT_FOUND'],
    ['/api/v1/scans?limit=0', 'GET', 422, 'VALIDATION_FAILED'],
    ['/api/v1/scans?limit=201', 'GET', 422, 'VALIDATION_FAILED'],
    ['/api/v1/scans?limit=1&limit=2', 'GET', 422, 'VALIDATION_FAILED'],
    ['/api/v1/scans?offset=3', 'GET', 422, 'VALIDATION_FAILED'],
    ['/api/v1/scans?constructor=3', 'GET', 422, 'VALIDATION_FAILED'],
    ['/api/v1/scans?__proto__=3', 'GET', 422, 'VALIDATION_FAILED'],
    ['/api/v1/scans?cursor=!!', 'GET', 422, 'CURSOR_INVALID'],
    ['/api/v1/scans?cursor=WyJmaW5kaW5ncyIsMV0', 'GET', 422, 'CURSOR_INVALID'],
    ['/%ff', 'GET', 404, 'ROUTE_NOT_FOUND'],
    ['/api/v1/scans/none/cancel', 'POST', 404, 'SCAN_NOT_FOUND'],
  ] as const)('%s %s is %d %s', async (url, method, status, code) => {
    const answer = await inject(url, { 'x-request-id': 'mine-1' }, method);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code, detail: expect.any(String) as string });
    expect(answer.headers['x-request-id']).toBe('mine-1');
    expect(answer.headers['content-security-policy']).toBeDefined();
  });

  it('names the methods that an address has', async () => {
    expect((await inject('/api/v1/scans', {}, 'PUT')).headers['allow']).toBe('GET, HEAD, POST');
    expect((await inject('/api/v1/keys/me', {}, 'PUT')).headers['allow']).toBe('GET, HEAD');
  });

  it.each([
    ['{', 'application/json', 422, 'VALIDATION_FAILED'],
    ['[]', 'application/json', 422, 'VALIDATION_FAILED'],
    ['"text"', 'application/json', 422, 'VALIDATION_FAILED'],
    ['{"__proto__": {"target_path": "/"}}', 'application/json', 422, 'VALIDATION_FAILED'],
    ['null', 'application/json', 422, 'VALIDATION_FAILED'],
    ['{"toString": 1}', 'application/json', 422, 'VALIDATION_FAILED'],
    ['{"scanners": null}', 'application/json', 422, 'VALIDATION_FAILED'],
    ['{"target_path": "/\\ud800"}', 'application/json', 422, 'VALIDATION_FAILED'],
    [`{"x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`, 'application/json', 422, 'VALIDATION_FAILED'],
    ['\ufeff{"target_path": "/nowhere"}', 'application/json', 403, 'TARGET_NOT_ALLOWED'],
    ['<scan/>', 'application/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['target_path=/', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['{}', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      `{"target_path": "${'x'.repeat(2 * 1024 * 1024)}"}`,
      'application/json',
      413,
      'BODY_TOO_LARGE',
    ],
  ])('the body %.20s as %s is %d', async (payload, type, status, code) => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/scans',
      headers: { 'content-type': type },
      payload,
    });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it('name some of the fields that nobody knows, and do not send all of them back', async () => {
    const payload = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`unknown-${index}`, index]),
    );
    const answer = await server.app.inject({ method: 'POST', url: '/api/v1/scans', payload });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<ErrorBody>().errors?.[0]?.loc).toBe('unknown-0');
    expect(answer.body.length).toBeLessThan(20_000);
  });

  it('are not made of a type without a body', async () => {
    const answer = await inject(
      '/api/v1/scans/none/cancel',
      { 'content-type': 'application/json' },
      'POST',
    );
    expect(answer.json<ErrorBody>().code).toBe('SCAN_NOT_FOUND');
  });

  it('of our own making tell the caller an id and the log the cause', async () => {
    jest.spyOn(server.app.get(ScansService), 'get').mockRejectedValueOnce(new Error('canary'));
    const answer = await inject('/api/v1/scans/x', { 'x-request-id': 'defect-7' });
    expect(answer.statusCode).toBe(500);
    expect(answer.json().code).toBe('INVARIANT_BROKEN');
    expect(answer.json().detail).toContain('defect-7');
    expect(answer.body).not.toContain('canary');
    expect(server.logged()).toContain('canary');
  });

  it('of the database make the server not ready, without saying why', async () => {
    const read = server.app.get(ReadDatabase);
    jest.spyOn(read.manager, 'query').mockRejectedValueOnce(new Error('canary: /srv/secret.db'));
    const answer = await inject('/ready');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(answer.body).not.toContain('canary');
    expect((await inject('/ready')).json()).toMatchObject({
      status: 'ready',
      checks: { db: { status: 'ok' } },
    });
  });

  it.each([
    ['no HTTP', 'NONSENSE\r\n\r\n', 400],
    ['a greeting of TLS', '\u0016\u0003\u0001\r\n\r\n', 400],
    ['no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      'two kinds of length',
      post('Content-Length: 2\r\nTransfer-Encoding: chunked', '0\r\n\r\n'),
      400,
    ],
    ['two lengths', post('Content-Length: 2\r\nContent-Length: 3', '{}'), 400],
    ['a length that is none', post('Content-Length: -1', '{}'), 400],
    ['chunks that are none', post('Transfer-Encoding: chunked', 'zz\r\n{}\r\n'), 400],
    ['a header without end', `GET /health HTTP/1.1\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a folded header', 'GET /health HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n', 400],
  ])('before HTTP is understood have the same shape: %s', async (_case, text, status) => {
    const answer = await sendRaw(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/X-Request-ID: [0-9a-f-]{36}/i);
    expect(answer).toContain('"code":"VALIDATION_FAILED"');
    expect((await inject('/health')).statusCode).toBe(200);
  });

  it('are none where somebody expects what we do not know, or speaks an older HTTP', async () => {
    const expecting =
      'GET /health HTTP/1.1\r\nHost: localhost\r\nExpect: the best\r\nConnection: close\r\n\r\n';
    expect(await sendRaw(expecting)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await sendRaw('GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 /,
    );
  });
});

describe('request ids', () => {
  it.each(['a b', 'x'.repeat(129), 'line\u00e9', ''])('replace %j', async (given) => {
    const answer = await inject('/health', { 'x-request-id': given });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });
});

describe('addresses', () => {
  it('without a version lead to their twins', async () => {
    const answer = await inject('/api/scans?limit=1', {}, 'POST');
    expect(answer.statusCode).toBe(308);
    expect(answer.headers).toMatchObject({
      location: '/api/v1/scans?limit=1',
      deprecation: 'true',
      link: '</api/v1/scans>; rel="successor-version"',
    });
    expect((await inject('/api/v1/scans')).headers['deprecation']).toBeUndefined();
  });

  it('give the banner to programs and the dashboard to browsers', async () => {
    expect((await inject('/')).json()).toEqual({
      name: 'SecureScan API',
      status: 'ok',
      docs: '/docs',
      health: '/health',
      version: expect.stringMatching(/^\d+\.\d+/) as string,
    });
    for (const url of ['/', '/scans/7', '/index.html/']) {
      const page = await inject(url, { accept: 'text/html,*/*' });
      expect([page.statusCode, page.headers['content-type']]).toEqual([
        200,
        'text/html; charset=utf-8',
      ]);
    }
  });

  it('send the page with a fresh nonce and no leave for inline code', async () => {
    const pages = await Promise.all([1, 2].map(() => inject('/scans', { accept: 'text/html' })));
    const nonces = pages.map(({ body }) => /ngCspNonce="([^"]+)"/.exec(body)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    const policy = String(pages[0]?.headers['content-security-policy']);
    expect(policy).toContain(`'nonce-${nonces[0] ?? ''}'`);
    expect(policy).not.toContain('unsafe');
  });

  it('leave a missing file missing, whoever asks', async () => {
    for (const url of ['/main-ZZZZZZZZ.js', '/assets/none.png', '/api/v1/none', '/docs/none']) {
      const missing = await inject(url, { accept: 'text/html' });
      expect([missing.statusCode, missing.headers['cache-control']]).toEqual([404, 'no-store']);
    }
    const file = await inject('/main-ABCDEFGH.js');
    expect(file.headers['cache-control']).toContain('immutable');
    expect(file.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and lists every route of the current version', async () => {
    const document = (await inject('/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.version).toBe('0.0.0-test');
    expect(JSON.stringify(document)).not.toContain('"nullable"');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/scans',
        '/api/v1/scans/{id}/events',
        '/api/v1/browse',
        '/health',
      ]),
    );
    const scan = document.components.schemas.ScanDto;
    expect(scan.properties.error.type).toEqual(['string', 'null']);
    expect(scan.required).toContain('scanner_outcomes');
  });

  it('has a page that loads nothing from elsewhere', async () => {
    const page = await inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(?:src|href)=["']https?:/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });
});

describe('the log', () => {
  it('has one line for each request, without its query', async () => {
    await inject('/api/v1/scans?limit=3', { 'x-request-id': 'logged-1' });
    const line =
      server
        .logged()
        .split('\n')
        .find((entry) => entry.includes('logged-1')) ?? '';
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', path: '/api/v1/scans', status: 200 });
    expect(line).not.toContain('limit=3');
  });
});
