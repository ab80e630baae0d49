import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScanBody } from '@securescan/contracts';
import { OperationalError, UserError } from '@securescan/core';
import { ApiClient } from './api-client';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let handle: Handler;
let requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
let client: ApiClient;
let baseUrl: string;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body,
      });
      handle(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new ApiClient({ baseUrl, apiKey: 'a key', timeoutMs: 2000 });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
}

function aScan(id: string): Partial<ScanBody> {
  return { id, status: 'pending', scan_types: ['code'], findings_count: 0, scanner_outcomes: [] };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('ApiClient requests', () => {
  it('creates a scan', async () => {
    handle = answer(200, aScan('s1'));
    const scan = await client.createScan({ target_path: '/srv/shop', scan_types: ['code'] });
    expect(scan.id).toBe('s1');
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/api/v1/scans' });
    expect(requests[0]?.headers).toMatchObject({
      'x-api-key': 'a key',
      'content-type': 'application/json',
    });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      target_path: '/srv/shop',
      scan_types: ['code'],
    });
  });

  it('gets, cancels and deletes by an escaped id', async () => {
    handle = (request, response) => {
      if (request.method === 'DELETE') answer(204, undefined)(request, response);
      else answer(200, aScan('a/b'))(request, response);
    };
    await client.getScan('a/b');
    await client.cancelScan('a/b');
    await client.deleteScan('a/b');
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v1/scans/a%2Fb',
      'POST /api/v1/scans/a%2Fb/cancel',
      'DELETE /api/v1/scans/a%2Fb',
    ]);
  });

  it('follows the pages of a list, and only as far as they are read', async () => {
    handle = (request, response) => {
      const isLast = request.url?.includes('cursor=2') === true;
      const link = isLast ? {} : { Link: '</api/v1/scans?limit=1&cursor=2>; rel="next"' };
      answer(200, [aScan(isLast ? 'old' : 'new')], link)(request, response);
    };
    expect((await collect(client.listScans({ limit: 1 }))).map(({ id }) => id)).toEqual([
      'new',
      'old',
    ]);
    expect(requests.map(({ url }) => url)).toEqual([
      '/api/v1/scans?limit=1',
      '/api/v1/scans?limit=1&cursor=2',
    ]);
    await client.listScans().next();
    expect(requests).toHaveLength(3);
  });

  it('asks for the findings of a scan with its filters', async () => {
    handle = answer(200, [
      { fingerprint: 'f', scanner: 'secrets', title: 'A key', severity: 'high', occurrence: 1 },
    ]);
    expect(await collect(client.listFindings('s1', { severity: 'high' }))).toHaveLength(1);
    expect(requests[0]?.url).toBe('/api/v1/scans/s1/findings?severity=high');
  });

  it('lists the scanners', async () => {
    handle = answer(200, {
      scanners: [
        {
          name: 'bandit',
          scan_type: 'code',
          available: false,
          version: null,
          message: 'm',
          install_hint: null,
        },
      ],
      checked_at: '',
    });
    expect((await client.scannerStatus()).scanners[0]?.name).toBe('bandit');
  });
});

describe('ApiClient failures', () => {
  it('makes the server’s 4xx the caller’s fault, with its code and all its sentences', async () => {
    handle = answer(422, {
      detail: 'The body is not valid.',
      code: 'VALIDATION_FAILED',
      errors: [{ loc: 'body.scan_types', message: 'must not be empty' }],
    });
    const error = await failureOf(client.createScan({}));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: 'The body is not valid. body.scan_types: must not be empty',
    });
  });

  it('makes the server’s 5xx the world’s fault', async () => {
    handle = answer(503, { detail: 'Busy.', code: 'DISK_FULL' });
    const error = await failureOf(client.getScan('s'));
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code: 'DISK_FULL' });
  });

  it.each([
    ['a proxy’s page', 502, '<html>bad gateway</html>'],
    ['a code of another program', 404, { detail: 'no', code: 'NOT_OURS' }],
    ['an answer that is not a scan', 200, { id: 1 }],
    ['a status that no scan has', 200, { ...aScan('s'), status: 'confused' }],
  ])('does not take %s for an answer', async (_name, status, body) => {
    handle = answer(status, body);
    const error = await failureOf(client.getScan('s'));
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('follows no redirect and no link to another server, so that the key stays here', async () => {
    let foreign = 0;
    const other = createServer((_request, response) => {
      foreign += 1;
      response.end('[]');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    handle = answer(302, null, { Location: elsewhere });
    expect(await failureOf(client.getScan('s'))).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    handle = answer(200, [], { Link: `<${elsewhere}>; rel="next"` });
    expect(await failureOf(collect(client.listScans()))).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    expect(foreign).toBe(0);
    await new Promise((resolve) => other.close(resolve));
  });

  it('does not read on where an answer or a list has no end', async () => {
    const piece = Buffer.alloc(1_048_576, ' ');
    handle = (_request, response) => {
      const more = (): void => {
        while (response.write(piece));
      };
      response.on('drain', more);
      more();
    };
    const patient = new ApiClient({ baseUrl, timeoutMs: 20_000 });
    expect(String(await failureOf(patient.getScan('s')))).toContain(
      'is longer than 67108864 bytes',
    );

    handle = answer(200, [], { Link: '</api/v1/scans?cursor=2>; rel="next"' });
    expect(String(await failureOf(collect(client.listScans())))).toContain('from an empty page');
  });

  it('gives up a list when the caller does', async () => {
    handle = () => undefined;
    const controller = new AbortController();
    const end = failureOf(collect(client.listScans({}, controller.signal)));
    controller.abort();
    expect(await end).toMatchObject({ name: 'AbortError' });
  });

  it('gives up on a server that does not answer', async () => {
    handle = () => undefined;
    const impatient = new ApiClient({ baseUrl, timeoutMs: 50 });
    const error = await failureOf(impatient.getScan('s'));
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(String(error)).toContain('did not answer within 0.05 s');
  });

  it('says which address cannot be reached, and why', async () => {
    const nobody = new ApiClient({ baseUrl: 'http://127.0.0.1:1' });
    expect(String(await failureOf(nobody.getScan('s')))).toMatch(
      /127\.0\.0\.1:1 cannot be reached \(.+\)/,
    );
  });
});

describe('ApiClient that is told to be patient', () => {
  const busy = (status: number, retryAfter?: string): Handler =>
    answer(
      status,
      { detail: 'Busy.', code: 'RATE_LIMITED' },
      retryAfter === undefined ? {} : { 'Retry-After': retryAfter },
    );
  const once = (first: Handler, then: Handler): void => {
    handle = (request, response) => {
      (requests.length === 1 ? first : then)(request, response);
    };
  };

  beforeEach(() => {
    client = new ApiClient({ baseUrl, timeoutMs: 2000, retries: 2 });
  });

  it.each([429, 503])('asks again after %i', async (status) => {
    once(busy(status, '0'), answer(200, aScan('s1')));
    expect((await client.getScan('s1')).id).toBe('s1');
    expect(requests).toHaveLength(2);
  });

  it('repeats what changes something only where it was told when', async () => {
    once(busy(503, '0'), answer(200, aScan('s1')));
    expect((await client.createScan({ target_path: '/srv' })).id).toBe('s1');
    requests.length = 0;
    once(busy(503), answer(200, aScan('s1')));
    expect(await failureOf(client.createScan({ target_path: '/srv' }))).toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [busy(429, '0'), 3],
    [busy(429, '999'), 1],
    [busy(500, '0'), 1],
  ])('gives up in the end', async (answerOfServer, times) => {
    handle = answerOfServer;
    expect(await failureOf(client.getScan('s1'))).toMatchObject({ code: 'RATE_LIMITED' });
    expect(requests).toHaveLength(times);
  });

  it('ends an answer that only drips', async () => {
    handle = (_request, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        clearInterval(timer);
      });
    };
    const hasty = new ApiClient({ baseUrl, timeoutMs: 200 });
    expect(await failureOf(hasty.getScan('s1'))).toMatchObject({
      message: expect.stringContaining('did not answer within 0.2 s') as string,
    });
  });
});
