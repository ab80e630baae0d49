import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { DEFAULT_CIPHERS } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { OperationalError } from '@securescan/core';
import type { HttpRequest } from '@securescan/scan-engine';
import { describeWithTool } from '@securescan/testing';
import { NodeHttpClient } from '../src/http-client';
import { inDays, TestAuthority, type Certificate } from './certificates';
import { listen, closeAll } from './servers';

const servers: Server[] = [];
const client = new NodeHttpClient();

afterEach(() => closeAll(servers));

function aRequest(overrides: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: 'http://shop.test/',
    address: '127.0.0.1',
    timeoutMs: 10_000,
    maxBodyBytes: 1_000_000,
    signal: new AbortController().signal,
    ...overrides,
  };
}

async function web(listener: RequestListener, host = '127.0.0.1'): Promise<number> {
  return listen(servers, createHttpServer(listener), host);
}

async function raw(onSocket: (socket: Socket) => void): Promise<number> {
  return listen(servers, createTcpServer(onSocket));
}

const at = (port: number, path = '/'): string => `http://shop.test:${port}${path}`;

describe('NodeHttpClient', () => {
  it('connects to the address it was given and asks there for the name', async () => {
    const port = await web(({ method, url, headers }, response) =>
      response.end(
        JSON.stringify({ method, url, host: headers.host, agent: headers['user-agent'] }),
      ),
    );
    const headers = { 'user-agent': 'SecureScan' };
    const answer = await client.send(aRequest({ url: at(port, '/a?b=c#d'), headers }));
    expect(answer).toMatchObject({ status: 200, isBodyCut: false, tls: null });
    expect(JSON.parse(answer.body)).toEqual({
      method: 'GET',
      url: '/a?b=c',
      host: `shop.test:${port}`,
      agent: 'SecureScan',
    });
  });

  it('sends neither user nor password of the address', async () => {
    const port = await web((request, response) => response.end(JSON.stringify(request.headers)));
    const { body } = await client.send(aRequest({ url: `http://anna:pass@shop.test:${port}/` }));
    expect(body).not.toContain('authorization');
    expect(body).not.toContain('anna');
  });

  it('speaks to IPv6', async () => {
    const port = await web((request, response) => response.end(request.headers.host), '::1');
    const { body } = await client.send({
      ...aRequest({ address: '::1' }),
      url: `http://[::1]:${port}/`,
    });
    expect(body).toBe(`[::1]:${port}`);
  });

  it('sends a body', async () => {
    const port = await web((request, response) => request.pipe(response));
    const { body } = await client.send(aRequest({ url: at(port), method: 'POST', body: 'a=1' }));
    expect(body).toBe('a=1');
  });

  it('gives headers in order, repeated ones apart, names in lower case', async () => {
    const port = await raw((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-A: 1\r\nset-cookie: b=2\r\n\r\n'),
    );
    const { headers } = await client.send(aRequest({ url: at(port) }));
    expect(headers).toEqual([
      ['set-cookie', 'a=1'],
      ['x-a', '1'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('takes a thousand headers', async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => `X-${index}: ${index}\r\n`).join('');
    const port = await raw((socket) => socket.end(`HTTP/1.1 200 OK\r\n${lines}\r\n`));
    const { headers } = await client.send(aRequest({ url: at(port) }));
    expect(headers).toHaveLength(1_000);
  });

  it('follows no redirect', async () => {
    const port = await web((_, response) => response.writeHead(302, { location: '/next' }).end());
    const { status, headers } = await client.send(aRequest({ url: at(port) }));
    expect(status).toBe(302);
    expect(headers).toContainEqual(['location', '/next']);
  });

  it('leaves a compressed body as it came', async () => {
    const packed = gzipSync('hello');
    const port = await web((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    );
    const { body } = await client.send(aRequest({ url: at(port) }));
    expect(body).toBe(packed.toString('utf8'));
  });

  it('cuts a body that does not end, and hangs up', async () => {
    const closed: Promise<void>[] = [];
    const port = await web((_, response) => {
      closed.push(new Promise((resolve) => response.once('close', resolve)));
      const more = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    const answer = await client.send(aRequest({ url: at(port), maxBodyBytes: 25_000 }));
    expect(answer.isBodyCut).toBe(true);
    expect(answer.body).toHaveLength(25_000);
    expect(await Promise.all(closed)).toHaveLength(1);
  });

  it('takes a body of exactly the size that is allowed for a whole one', async () => {
    const port = await web((_, response) => response.end('x'.repeat(25_000)));
    const answer = await client.send(aRequest({ url: at(port), maxBodyBytes: 25_000 }));
    expect(answer).toMatchObject({ isBodyCut: false, body: 'x'.repeat(25_000) });
  });

  it('rejects with the reason of the caller who gives up', async () => {
    const caller = new AbortController();
    const port = await web(() => caller.abort(new Error('enough')));
    const sending = client.send(aRequest({ url: at(port), signal: caller.signal }));
    await expect(sending).rejects.toThrow('enough');
  });

  it('gives up at the deadline where a server drips', async () => {
    const timers: NodeJS.Timeout[] = [];
    const port = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      timers.push(setInterval(() => socket.write('x'), 20));
    });
    const sending = client.send(aRequest({ url: at(port), timeoutMs: 300 }));
    await expect(sending).rejects.toThrow(
      `shop.test:${port} did not answer: no answer within 0.3 s`,
    );
    timers.forEach(clearInterval);
  });

  it.each([
    ['says nothing and hangs up', (socket: Socket) => void socket.end(), 'ECONNRESET'],
    ['breaks off', (socket: Socket) => void socket.resetAndDestroy(), 'ECONNRESET'],
    ['speaks something else', (socket: Socket) => void socket.end('SSH-2.0-x\r\n'), 'HPE_INVALID'],
    [
      'sends headers without end',
      (socket: Socket) => void socket.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`),
      'HPE_HEADER_OVERFLOW',
    ],
    [
      'changes the protocol',
      (socket: Socket) =>
        void socket.write('HTTP/1.1 101 Up\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
      'upgrade that nobody asked for',
    ],
    [
      'stops within the body',
      (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'),
      'ECONNRESET',
    ],
  ])('rejects with a sentence where a server %s', async (_, onSocket, reason) => {
    const port = await raw((socket) => {
      socket.on('error', () => undefined);
      onSocket(socket);
    });
    const sending = client.send(aRequest({ url: at(port) }));
    await expect(sending).rejects.toBeInstanceOf(OperationalError);
    await expect(client.send(aRequest({ url: at(port) }))).rejects.toThrow(reason);
  });

  it('rejects where nobody listens', async () => {
    const port = await raw(() => undefined);
    await closeAll(servers);
    const sending = client.send(aRequest({ url: at(port) }));
    await expect(sending).rejects.toThrow(`shop.test:${port} did not answer: ECONNREFUSED`);
  });
});

describeWithTool(['openssl'], 'NodeHttpClient over TLS', () => {
  let authority: TestAuthority;
  let trusting: NodeHttpClient;
  let good: Certificate;

  beforeAll(() => {
    authority = new TestAuthority();
    trusting = new NodeHttpClient([authority.cert]);
    good = authority.issue({ names: 'DNS:shop.test,IP:127.0.0.1', until: inDays(100.5) });
  });
  afterAll(() => authority.close());

  async function secure(options: ServerOptions, listener?: RequestListener): Promise<number> {
    const answer: RequestListener = listener ?? ((_, response) => void response.end('hello'));
    return listen(servers, createHttpsServer(options, answer));
  }

  const secureAt = (port: number, name = 'shop.test'): string => `https://${name}:${port}/`;

  it('tells what it sees of a connection that holds, a short answer included', async () => {
    const port = await secure(good);
    const { tls, body } = await trusting.send(aRequest({ url: secureAt(port) }));
    expect(body).toBe('hello');
    expect(tls).toMatchObject({
      protocol: 'TLSv1.3',
      cipher: expect.stringContaining('TLS_'),
      problem: null,
      daysLeft: 100,
      keyBits: 256,
    });
  });

  it('sends the name as SNI, and none for an address', async () => {
    const port = await secure(good, (request, response) => {
      const { servername } = request.socket as unknown as { servername: string | false };
      response.end(String(servername));
    });
    const named = await trusting.send(aRequest({ url: secureAt(port) }));
    const numbered = await trusting.send(aRequest({ url: secureAt(port, '127.0.0.1') }));
    expect([named.body, numbered.body]).toEqual(['shop.test', 'false']);
    expect(numbered.tls?.problem).toBeNull();
  });

  it('refuses a certificate that does not hold, and sends nothing over the connection', async () => {
    let requests = 0;
    const port = await secure(good, (_, response) => {
      requests += 1;
      response.end();
    });
    const sending = client.send(aRequest({ url: secureAt(port) }));
    await expect(sending).rejects.toThrow('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(requests).toBe(0);
  });

  it.each<[string, Parameters<TestAuthority['issue']>[0], string | null]>([
    [
      'CERT_HAS_EXPIRED',
      { names: 'DNS:shop.test', from: '20200101000000Z', until: '20210101000000Z' },
      'CERT_HAS_EXPIRED',
    ],
    [
      'CERT_NOT_YET_VALID',
      { names: 'DNS:shop.test', from: inDays(30), until: inDays(60) },
      'CERT_NOT_YET_VALID',
    ],
    ['ERR_TLS_CERT_ALTNAME_INVALID', { names: 'DNS:other.test' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      { names: 'DNS:shop.test', isSelfSigned: true },
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    ['a key of 1024 bits', { names: 'DNS:shop.test', rsaBits: 1024 }, null],
  ])('goes on where it may, and names %s', async (_, wish, problem) => {
    const port = await secure({
      ...authority.issue(wish),
      ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
    });
    const answer = await trusting.send(
      aRequest({ url: secureAt(port), allowsBadCertificate: true }),
    );
    expect(answer.tls).toMatchObject({ problem, keyBits: wish.rsaBits ?? 256 });
    expect(answer.body).toBe('hello');
  });

  it('counts the days since the end of a certificate below zero', async () => {
    const port = await secure(
      authority.issue({ names: 'DNS:shop.test', from: inDays(-3), until: inDays(-1.5) }),
    );
    const request = aRequest({ url: secureAt(port), allowsBadCertificate: true });
    expect((await trusting.send(request)).tls?.daysLeft).toBe(-2);
  });

  it('reaches a server that knows old protocols alone, where the certificate need not hold', async () => {
    const port = await secure({
      ...good,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
    });
    const request = aRequest({ url: secureAt(port) });
    const { tls } = await trusting.send({ ...request, allowsBadCertificate: true });
    expect(tls?.protocol).toBe('TLSv1.1');
    await expect(trusting.send(request)).rejects.toBeInstanceOf(OperationalError);
  });

  it('rejects where the port speaks plain http', async () => {
    const port = await web((_, response) => response.end());
    const sending = trusting.send(aRequest({ url: secureAt(port), allowsBadCertificate: true }));
    await expect(sending).rejects.toBeInstanceOf(OperationalError);
  });
});
