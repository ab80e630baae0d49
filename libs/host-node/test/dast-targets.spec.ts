import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { OperationalError } from '@securescan/core';
import {
  runScan,
  SCANNERS,
  type BuiltinScanner,
  type HttpRequest,
  type ScannerReport,
  type ScanResult,
  type Unavailable,
} from '@securescan/scan-engine';
import { aMachine, anInspectContext, reportOf } from '@securescan/testing';
import { createHostPorts } from '../src/host-ports';
import { NodeHttpClient } from '../src/http-client';
import { openNetworkGate, type Resolve } from '../src/network-gate';
import { closeAll, listen } from './servers';
import { plainRequest } from './stand-ins';

const scanner = SCANNERS.find(({ name }) => name === 'builtin_dast') as BuiltinScanner;
const servers: Server[] = [];

afterEach(() => closeAll(servers));

interface Place {
  readonly targets?: readonly string[];
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
  /** What was sent, in order. */
  readonly sent?: HttpRequest[];
}

const LOCAL: Resolve = () => Promise.resolve(['127.0.0.1']);

function inspect(
  targetUrl: string | null,
  place: Place = {},
): Promise<ScannerReport | Unavailable> {
  const { targets = ['127.0.0.1'], resolve = LOCAL, timeoutMs, sent = [] } = place;
  const client = new NodeHttpClient();
  const http = {
    send: (request: HttpRequest) => {
      sent.push(request);
      return client.send({ ...request, timeoutMs: timeoutMs ?? request.timeoutMs });
    },
  };
  const options = { semgrepRules: [], targetUrl, tools: { networkTargets: targets } };
  const network = openNetworkGate(resolve);
  return scanner.inspect(anInspectContext({ options, machine: aMachine({ http, network }) }));
}

const scan = async (url: string, place?: Place): Promise<ScannerReport> =>
  reportOf(await inspect(url, place));

const web = (listener: RequestListener, host?: string): Promise<number> =>
  listen(servers, createHttpServer(listener), host);

/** A server that redirects to what the function says. */
const redirecting = (next: (path: string) => string): Promise<number> =>
  web(({ url = '' }, response) => void response.writeHead(302, { location: next(url) }).end());

/** Somebody who must hear nothing, on an address that is not listed. */
async function silence(host = '127.0.0.2'): Promise<{ port: number; heard: () => number }> {
  let connections = 0;
  const port = await listen(
    servers,
    createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    }),
    host,
  );
  return { port, heard: () => connections };
}

describe('builtin_dast keeps to the network targets', () => {
  it('does not run against a target that is not listed', async () => {
    const { port, heard } = await silence();
    expect(await inspect(`http://127.0.0.2:${port}/`)).toEqual({
      unavailable: '127.0.0.2 is not among the network targets that are allowed',
      installHint: expect.stringContaining('SECURESCAN_NETWORK_TARGETS'),
    });
    expect(await inspect(`http://127.0.0.2:${port}/`, { targets: [] })).toHaveProperty(
      'unavailable',
    );
    expect(heard()).toBe(0);
  });

  const SPELLINGS = [
    '127.0.0.2',
    '127.2',
    '2130706434',
    '0x7f000002',
    '0177.0.0.2',
    '0x7f.0.0x0.2',
    '%31%32%37.0.0.2',
    encodeURI('１２７.0.0.2'),
    encodeURI('127。0。0。2'),
    '[::ffff:127.0.0.2]',
    '[::ffff:7f00:2]',
    'evil.test',
    'EVIL.test.',
  ];
  const evil: Resolve = (name) =>
    Promise.resolve(name === 'evil.test' ? ['127.0.0.2'] : ['127.0.0.1']);

  it.each(SPELLINGS)('follows no redirect to %s where only 127.0.0.1 is listed', async (host) => {
    const { port, heard } = await silence();
    const from = await redirecting(() => `http://${host}:${port}/admin?token=abc`);
    const { notes } = await scan(`http://127.0.0.1:${from}/`, { resolve: evil });
    expect(notes).toEqual([
      `requested http://127.0.0.1:${from}/ (1 hop)`,
      expect.stringMatching(/^the redirect to .*\?token=… was not followed: .* is not among/u),
    ]);
    expect(await inspect(`http://${host}:${port}/`, { resolve: evil })).toHaveProperty(
      'unavailable',
    );
    expect(heard()).toBe(0);
  });

  it('lets no listed name lend its admission to an address', async () => {
    const { port, heard } = await silence();
    const from = await redirecting(() => `http://127.0.0.2:${port}/`);
    const { notes } = await scan(`http://shop.test:${from}/`, { targets: ['shop.test'] });
    expect(notes[1]).toContain('was not followed');
    expect(heard()).toBe(0);
  });

  it('connects to the address that it judged, whatever the name leads to a moment later', async () => {
    const seen: string[] = [];
    const noting =
      (who: string): RequestListener =>
      (_, response) => {
        seen.push(who);
        response.end();
      };
    const port = await web(noting('right'));
    const wrong = createHttpServer(noting('wrong'));
    servers.push(wrong);
    await new Promise<void>((resolve) => wrong.listen(port, '127.0.0.2', resolve));
    const answers = ['127.0.0.1', '127.0.0.2'];
    const { notes } = await scan(`http://shop.test:${port}/`, {
      targets: ['127.0.0.1'],
      resolve: () => Promise.resolve([answers.shift() ?? '127.0.0.2']),
    });
    expect(seen).toEqual(['right']);
    expect(notes).toEqual([
      `requested http://shop.test:${port}/ (1 hop)`,
      'its answer to foreign sites was not judged: shop.test is not among the network targets that are allowed',
    ]);
  });

  it('takes the next address where the first one is out of order', async () => {
    const port = await web((_, response) => void response.end('hello'));
    const sent: HttpRequest[] = [];
    await scan(`http://shop.test:${port}/`, {
      targets: ['shop.test'],
      resolve: () => Promise.resolve(['127.0.0.3', '127.0.0.1']),
      sent,
    });
    expect(sent.map(({ address }) => address)).toEqual([
      '127.0.0.3',
      '127.0.0.1',
      '127.0.0.3',
      '127.0.0.1',
    ]);
  });
});

describe('builtin_dast on its way', () => {
  it('sends one GET for each hop and one more as another site, and nothing else', async () => {
    const seen: string[] = [];
    const port = await web((request, response) => {
      const { method, url, headers } = request;
      seen.push([method, url, headers.origin, headers.authorization, headers.cookie].join(' '));
      if (url !== '/') return void response.end('hello');
      response.writeHead(302, { location: '/next#part', 'set-cookie': 'a=1' }).end();
    });
    const url = `http://anna:pass@127.0.0.1:${port}/#part`;
    const report = await scan(url);
    expect(seen).toEqual(['GET /   ', 'GET /next   ', 'GET /next https://securescan.invalid  ']);
    expect(report.notes).toEqual([
      `requested http://127.0.0.1:${port}/, then http://127.0.0.1:${port}/next (2 hops)`,
      'user and password of the target URL were left out',
    ]);
    expect(JSON.stringify(report)).not.toContain('anna');
  });

  it('notices a loop', async () => {
    const port = await redirecting((path) => (path === '/a' ? '/b' : '/a'));
    const { notes } = await scan(`http://127.0.0.1:${port}/a`);
    expect(notes[1]).toMatch(
      /^the redirects lead back to http:.*\/a, and were followed no further/u,
    );
  });

  it('ends after ten redirects', async () => {
    const port = await redirecting((path) => `${path}x`);
    const sent: HttpRequest[] = [];
    const { notes } = await scan(`http://127.0.0.1:${port}/`, { sent });
    expect(sent).toHaveLength(11);
    expect(notes.at(-1)).toMatch(/^more than 10 redirects; http:.*\/x{11} was not requested$/u);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'http://', 'http://[', 'ftp://shop.test/'])(
    'goes nowhere with %s',
    async (location) => {
      const port = await redirecting(() => location);
      const { notes } = await scan(`http://127.0.0.1:${port}/`);
      expect(notes[1]).toBe(`the redirect of http://127.0.0.1:${port}/ leads to no http address`);
    },
  );

  it('says no word about https where it does not know what stands behind a redirect', async () => {
    const port = await redirecting(() => 'https://shop.test/');
    const resolve: Resolve = () => Promise.resolve(['127.0.0.2']);
    const { findings } = await scan(`http://127.0.0.1:${port}/`, { resolve });
    expect(findings).toEqual([]);
  });

  it('weighs plain http less on the machine itself', async () => {
    const port = await web((_, response) => response.writeHead(404).end());
    const { findings, notes } = await scan(`http://127.0.0.1:${port}/`);
    expect(findings).toContainEqual(
      expect.objectContaining({ ruleId: 'no-https', severity: 'low' }),
    );
    expect(notes[1]).toBe(`http://127.0.0.1:${port}/ answered 404`);
  });

  it('reads no body that is packed', async () => {
    const page = '<meta http-equiv="content-security-policy" content="default-src \'none\'">';
    const answering = (encoding: string, body: Buffer | string): Promise<number> =>
      web((_, response) => {
        const headers = { 'content-type': 'text/html', 'content-encoding': encoding };
        response.writeHead(200, headers).end(body);
      });
    const rulesOf = ({ findings }: ScannerReport): string[] => findings.map(({ ruleId }) => ruleId);
    const plain = await scan(`http://127.0.0.1:${await answering('identity', page)}/`);
    const packed = await scan(`http://127.0.0.1:${await answering('gzip', gzipSync(page))}/`);
    expect(rulesOf(plain)).not.toContain('missing-header-content-security-policy');
    expect(rulesOf(packed)).toContain('missing-header-content-security-policy');
    expect(packed.notes[1]).toMatch(/came as gzip, which was not asked for, and was not read$/u);
  });

  it('reads the first 2 MB of a page without end', async () => {
    const port = await web((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = (): void => {
        while (response.write('<b>'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    const { notes } = await scan(`http://127.0.0.1:${port}/`);
    expect(notes[1]).toBe(`of http://127.0.0.1:${port}/ only the first 2 MB were read`);
  });

  it('judges an answer with a thousand headers and cookies', async () => {
    const lines = Array.from(
      { length: 500 },
      (_, index) => `X-${index}: 1\r\nSet-Cookie: c${index}=1\r\n`,
    );
    const port = await listen(
      servers,
      createTcpServer((socket) => socket.end(`HTTP/1.1 204 OK\r\n${lines.join('')}\r\n`)),
    );
    const { findings } = await scan(`http://127.0.0.1:${port}/`);
    const cookies = findings.filter(({ ruleId }) => ruleId === 'cookie-missing-secure');
    expect(cookies).toHaveLength(200);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['drips', (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx')],
    ['says nothing', () => undefined],
    ['hangs up', (socket) => void socket.end()],
    ['speaks something else', (socket) => void socket.end('220 mail.test ESMTP\r\n')],
  ])('fails where the server %s', async (_, onSocket) => {
    const port = await listen(servers, createTcpServer(onSocket));
    const scanning = inspect(`http://127.0.0.1:${port}/`, { timeoutMs: 200 });
    await expect(scanning).rejects.toBeInstanceOf(OperationalError);
  });

  it('fails where the server behind a redirect does not answer', async () => {
    const dead = await listen(
      servers,
      createTcpServer((socket) => void socket.end()),
    );
    const port = await redirecting(() => `http://127.0.0.1:${dead}/`);
    await expect(inspect(`http://127.0.0.1:${port}/`)).rejects.toThrow(`127.0.0.1:${dead} did not`);
  });

  it('keeps what it saw where the server does not answer a second time', async () => {
    let requests = 0;
    const port = await web((_, response) => {
      requests += 1;
      if (requests === 1) response.end('hello');
      else response.destroy();
    });
    const { findings, notes } = await scan(`http://127.0.0.1:${port}/`);
    expect(findings).not.toEqual([]);
    expect(notes[1]).toMatch(/^its answer to foreign sites was not judged: .* did not answer/u);
  });

  it.each([null, 'ftp://shop.test/', 'shop.test', '', 'http://'])(
    'does not run without an address: %j',
    async (targetUrl) => {
      expect(await inspect(targetUrl)).toHaveProperty('unavailable');
    },
  );
});

describe('a scan of a web address', () => {
  const ports = createHostPorts();
  afterAll(() => ports.killAll());

  const run = (targetUrl: string, networkTargets: string[], offline = false): Promise<ScanResult> =>
    runScan(
      {
        ...plainRequest(2),
        target: null,
        scanTypes: ['dast'],
        options: { semgrepRules: [], targetUrl, offline, tools: { networkTargets } },
      },
      ports,
      () => undefined,
      { scanners: [scanner] },
    );

  it('completes without a tree', async () => {
    const port = await web((_, response) => void response.end('hello'));
    const { findings, outcomes, isConclusive } = await run(`http://localhost:${port}/`, [
      '127.0.0.0/8',
      '::1',
    ]);
    expect(outcomes).toMatchObject([{ status: 'completed', filesAssessed: 0 }]);
    expect(isConclusive).toBe(true);
    const identities = findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(identities).size).toBe(findings.length);
    expect(findings.map(({ ruleId }) => ruleId)).toContain('no-https');
  });

  it.each<[string, string[], boolean, string, RegExp]>([
    ['is not listed', [], false, 'skipped', /not among the network targets/u],
    ['would need the network', ['127.0.0.1'], true, 'skipped', /network, which is switched off/u],
    ['does not answer', ['127.0.0.1'], false, 'failed', /did not answer: ECONNRESET/u],
  ])('is not clean where the target %s', async (_, targets, offline, status, reason) => {
    const port = await listen(
      servers,
      createTcpServer((socket) => void socket.end()),
    );
    const result = await run(`http://127.0.0.1:${port}/`, targets, offline);
    expect(result.outcomes).toMatchObject([{ status, reason: expect.stringMatching(reason) }]);
    expect(result.isConclusive).toBe(false);
  });
});
