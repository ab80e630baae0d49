import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, connect, type Server } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describeWithTool } from '@securescan/testing';
import { TestAuthority } from '../../../../libs/host-node/test/certificates';
import { closeAll, listen } from '../../../../libs/host-node/test/servers';
import { readConfig } from '../../config/config-loader';
import { WebhooksConfig } from '../../config/webhooks.config';
import type { WebhookAnswer, WebhookMessage } from '../../ports/webhook-sender.port';
import { SystemClock } from '../embedded/system-clock';
import { UndiciWebhookSender, type SenderSurroundings } from './undici-webhook-sender';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BODY = '{"id":"m-1","event":"webhook.test","data":{"message":"ä"}}';

const servers: Server[] = [];
const senders: UndiciWebhookSender[] = [];

afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.onApplicationShutdown()));
  await closeAll(servers);
});

function senderWith(
  environment: Record<string, string> = {},
  around: Partial<SenderSurroundings> = {},
): UndiciWebhookSender {
  const config = readConfig(WebhooksConfig, {
    SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
    ...environment,
  });
  const sender = new UndiciWebhookSender({
    config,
    clock: new SystemClock(),
    toolVersion: '1.2.3',
    ...around,
  });
  senders.push(sender);
  return sender;
}

function messageTo(url: string, changes: Partial<WebhookMessage> = {}): WebhookMessage {
  return {
    webhookId: 'w-1',
    deliveryId: 'd-1',
    messageId: 'm-1',
    event: 'webhook.test',
    url,
    headers: {},
    body: BODY,
    secrets: [SECRET],
    isOutOfOrder: false,
    ...changes,
  };
}

interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** A receiver that keeps what it was sent. */
async function receiver(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<{ port: number; received: Received[]; server: Server }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ request, body: Buffer.concat(chunks).toString('utf8') });
      answer(response, request);
    });
  });
  return { port: await listen(servers, server), received, server };
}

async function answerOf(answer: (response: ServerResponse) => void): Promise<WebhookAnswer> {
  const { port } = await receiver(answer);
  return senderWith().send(messageTo(`http://127.0.0.1:${port}/hook`));
}

describe('UndiciWebhookSender', () => {
  it('sends the bytes as they are, signed, with the headers of the subscriber', async () => {
    const { port, received } = await receiver((response) => response.writeHead(204).end());
    const answer = await senderWith().send(
      messageTo(`http://127.0.0.1:${port}/a/b?c=d`, {
        headers: { 'X-Team': 'blue', Host: 'evil.example', 'webhook-id': 'forged' },
      }),
    );

    expect(answer).toEqual({ responseCode: 204, retryAfter: null, responseBody: '', error: null });
    const [{ request, body } = { request: null, body: '' }] = received;
    expect(body).toBe(BODY);
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe('/a/b?c=d');
    expect(request?.headers).toMatchObject({
      host: `127.0.0.1:${port}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(BODY)),
      'user-agent': 'SecureScan-Webhook/1.2.3',
      'x-team': 'blue',
      'x-securescan-delivery': 'd-1',
      'webhook-id': 'm-1',
    });
    const headers = request?.headers as Record<string, string>;
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(BODY));
  });

  it('follows no redirect and tells what it was answered', async () => {
    const { port: inner, received } = await receiver((response) => response.end());
    const answer = await answerOf((response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${inner}/` }).end('elsewhere'),
    );
    expect(answer).toMatchObject({ responseCode: 307, responseBody: 'elsewhere' });
    expect(received).toHaveLength(0);
  });

  it('passes on how long the receiver asks to wait', async () => {
    const answer = await answerOf((response) =>
      response.writeHead(429, { 'retry-after': '120' }).end('slow down'),
    );
    expect(answer).toMatchObject({ responseCode: 429, retryAfter: '120' });
  });

  it('reads the beginning of an answer that does not end, and drops the rest', async () => {
    let sent = 0;
    const { port, server } = await receiver((response) => {
      const chunk = 'x'.repeat(8192);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    const closed = new Promise((resolve) =>
      server.once('connection', (socket) => socket.once('close', resolve)),
    );
    const answer = await senderWith().send(messageTo(`http://127.0.0.1:${port}/`));
    expect(answer.responseCode).toBe(200);
    expect(answer.responseBody).toBe('x'.repeat(2000));
    await closed;
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  });

  it('stores nothing secret of an answer, and nothing that a screen would not show', async () => {
    const url = '/services/T0ABC/x9y8z7w6v5u4t3s2?sig=k1k2k3k4k5k6';
    const token = 'tok-secret-canary-0001';
    const password = ['hunter2', 'Correct', 'Horse'].join('-');
    const { port } = await receiver((response, request) => {
      const echo = JSON.stringify({ url: request.url, headers: request.headers });
      response.end(`\u001b[31m${echo}\r\npassword = "${password}" \u202ex\u0000 ${SECRET} end`);
    });
    const answer = await senderWith().send(
      messageTo(`http://127.0.0.1:${port}${url}`, {
        headers: { Authorization: `Bearer ${token}` },
      }),
    );
    const text = answer.responseBody ?? '';
    for (const secret of ['T0ABC', 'x9y8z7w6', 'k1k2k3', token, password, SECRET]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toMatch(/\[redacted\].* end$/u);
    expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('reads no text from what is packed', async () => {
    const answer = await answerOf((response) =>
      response.writeHead(500, { 'content-encoding': 'gzip' }).end('\u001f\u008b'),
    );
    expect(answer).toMatchObject({ responseCode: 500, responseBody: null });
  });

  it.each<[string, number, () => Server, string]>([
    ['says nothing', 300, () => createTcp(), 'did not answer within 0.3 s.'],
    [
      'breaks off',
      15_000,
      () => createTcp((socket) => socket.once('data', () => socket.destroy())),
      'broke the connection off before it had answered.',
    ],
    [
      'speaks another language',
      15_000,
      () => createTcp((socket) => socket.end('220 mail.example ESMTP\r\n')),
      'did not answer in HTTP.',
    ],
    [
      'sends headers without end',
      15_000,
      () =>
        createTcp((socket) => {
          socket.on('error', () => undefined);
          socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`);
        }),
      'answered with more headers than are read.',
    ],
    [
      'drips its headers',
      300,
      () =>
        createTcp((socket) => {
          socket.write('HTTP/1.1 200 OK\r\nX: ');
          const timer = setInterval(() => socket.write('x'), 20);
          socket.on('error', () => undefined).once('close', () => clearInterval(timer));
        }),
      'did not answer within 0.3 s.',
    ],
  ])('tells of a receiver that %s, without its URL', async (_name, deadlineMs, make, expected) => {
    const port = await listen(servers, make());
    const sender = senderWith({}, { deadlineMs });
    const answer = await sender.send(messageTo(`http://127.0.0.1:${port}/canary-path-1234`));
    const error = `127.0.0.1:${port} ${expected}`;
    expect(answer).toEqual({ responseCode: null, retryAfter: null, responseBody: null, error });
  });

  it('takes the status of an answer that drips beyond the deadline', async () => {
    const { port } = await receiver((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('begun');
    });
    const sender = senderWith({}, { deadlineMs: 1500 });
    const answer = await sender.send(messageTo(`http://127.0.0.1:${port}/`));
    expect(answer).toEqual({
      responseCode: 200,
      retryAfter: null,
      responseBody: 'begun',
      error: null,
    });
  });

  it('tells of a port where nobody listens, and of a name that nobody knows', async () => {
    const port = await listen(servers, createTcp());
    await closeAll(servers);
    const sender = senderWith({}, { resolve: (host) => Promise.reject(notFound(host)) });
    const refused = await sender.send(messageTo(`http://127.0.0.1:${port}/`));
    expect(refused.error).toBe(`127.0.0.1:${port} refused the connection.`);
    const unknown = await sender.send(messageTo('http://nowhere.example/'));
    expect(unknown.error).toBe('nowhere.example is a name that nobody knows.');
  });

  it('ends at once what is on its way when the server stops', async () => {
    const arrived = Promise.withResolvers<undefined>();
    const port = await listen(
      servers,
      createTcp(() => arrived.resolve(undefined)),
    );
    const sender = senderWith();
    const sending = sender.send(messageTo(`http://127.0.0.1:${port}/`));
    await arrived.promise;
    await sender.onApplicationShutdown();
    expect((await sending).error).toBe('The server was stopped before the receiver had answered.');
  });

  it('is not held up by one that hangs at the same origin', async () => {
    const { port } = await receiver((response, request) => {
      if (request.url === '/ok') response.end('ok');
    });
    const sender = senderWith({}, { deadlineMs: 3000 });
    const hanging = Array.from({ length: 20 }, () =>
      sender.send(messageTo(`http://127.0.0.1:${port}/hang`)),
    );
    const answer = await Promise.race([
      sender.send(messageTo(`http://127.0.0.1:${port}/ok`)),
      ...hanging,
    ]);
    expect(answer.responseBody).toBe('ok');
    await sender.onApplicationShutdown();
    await Promise.all(hanging);
  });

  it('uses a connection again, and asks for a name once for all who want it at a time', async () => {
    const { port, server } = await receiver((response) => response.end('ok'));
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const asked: string[] = [];
    const sender = senderWith(
      {},
      {
        resolve: (host) => {
          asked.push(host);
          return new Promise((resolve) => setImmediate(resolve, ['127.0.0.1']));
        },
      },
    );
    const url = `http://hooks.example:${port}/`;
    await Promise.all([sender.send(messageTo(url)), sender.send(messageTo(url))]);
    expect(asked).toEqual(['hooks.example']);
    const before = connections;
    await sender.send(messageTo(url));
    expect([before, connections]).toEqual([2, 2]);
  });

  describe('through a proxy', () => {
    async function proxy(): Promise<{ port: number; asked: string[] }> {
      const asked: string[] = [];
      const server = createServer((request, response) => {
        asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
        response.end('through the proxy');
      });
      server.on('connect', (request: IncomingMessage, socket) => {
        asked.push(`CONNECT ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? '-'}`);
        const port = Number(request.url?.split(':')[1]);
        if (request.url?.startsWith('denied') === true) {
          socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
          return;
        }
        const onward = connect(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      });
      return { port: await listen(servers, server), asked };
    }

    const unknown = (host: string): Promise<never> => Promise.reject(notFound(host));

    it('lets it look up what we cannot, and refuses what we know to be forbidden', async () => {
      const { port, asked } = await proxy();
      const sender = senderWith(
        { HTTP_PROXY: `http://127.0.0.1:${port}`, SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '' },
        {
          resolve: (host) =>
            host === 'inside.example' ? Promise.resolve(['10.1.2.3']) : unknown(host),
        },
      );
      const outside = await sender.send(messageTo('http://outside.example/hook'));
      expect(outside.responseBody).toBe('through the proxy');
      const inside = await sender.send(messageTo('http://inside.example/hook'));
      expect(inside.error).toContain('inside.example leads to 10.1.2.3');
      const literal = await sender.send(messageTo('http://169.254.169.254/latest'));
      expect(literal.error).toContain('leads to 169.254.169.254');
      expect(asked).toEqual(['POST http://outside.example/hook']);
    });

    it('does not wait long for a lookup that nobody answers', async () => {
      const { port } = await proxy();
      const sender = senderWith(
        { HTTP_PROXY: `http://127.0.0.1:${port}` },
        { resolve: () => new Promise(() => undefined), deadlineMs: 6000 },
      );
      const answer = await sender.send(messageTo('http://outside.example/hook'));
      expect(answer.responseBody).toBe('through the proxy');
    });

    it('leaves out what NO_PROXY names, and checks that as ever', async () => {
      const { port, asked } = await proxy();
      const { port: direct } = await receiver((response) => response.end('direct'));
      const sender = senderWith(
        { http_proxy: `127.0.0.1:${port}`, no_proxy: '.corp.example,127.0.0.1' },
        {
          resolve: (host) =>
            Promise.resolve([host === 'a.corp.example' ? '127.0.0.1' : '10.0.0.1']),
        },
      );
      const allowed = await sender.send(messageTo(`http://a.corp.example:${direct}/`));
      expect(allowed.responseBody).toBe('direct');
      const refused = await sender.send(messageTo(`http://b.corp.example:${direct}/`));
      expect(refused.error).toContain('leads to 10.0.0.1');
      expect(asked).toEqual([]);
    });

    it('says that it was the proxy that refused', async () => {
      const { port } = await proxy();
      const sender = senderWith(
        { HTTPS_PROXY: `http://user:pa%20ss@127.0.0.1:${port}` },
        { resolve: unknown },
      );
      const answer = await sender.send(messageTo('https://denied.example/canary-1234'));
      expect(answer.error).toBe('denied.example was not reached: the proxy answered 403.');
    });

    describeWithTool(['openssl'], 'and TLS', () => {
      it('checks the certificate of the receiver, directly and through the proxy', async () => {
        const authority = new TestAuthority();
        try {
          const tls = createHttps(authority.issue({ names: 'DNS:hooks.example' }), (_, response) =>
            response.end('secure'),
          );
          const target = await listen(servers, tls);
          const { port, asked } = await proxy();
          const resolve = (): Promise<string[]> => Promise.resolve(['127.0.0.1']);
          const authorities = [authority.cert];
          const direct = senderWith({}, { resolve, authorities });
          const behind = senderWith(
            { HTTPS_PROXY: `http://user:pa%20ss@127.0.0.1:${port}` },
            { resolve, authorities },
          );
          for (const sender of [direct, behind]) {
            const good = await sender.send(messageTo(`https://hooks.example:${target}/`));
            expect(good).toMatchObject({ responseCode: 200, responseBody: 'secure' });
            const bad = await sender.send(messageTo(`https://other.example:${target}/`));
            expect(bad.error).toContain('has a certificate for another name.');
          }
          const stranger = senderWith({}, { resolve });
          const untrusted = await stranger.send(messageTo(`https://hooks.example:${target}/`));
          expect(untrusted.error).toContain('has a certificate that nobody known vouches for.');
          expect(asked[0]).toBe(`CONNECT hooks.example:${target} Basic ${btoa('user:pa ss')}`);
        } finally {
          authority.close();
        }
      });
    });
  });
});

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new TypeError(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
}
