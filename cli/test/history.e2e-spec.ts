import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { endOf, SHOP, waitFor, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

const NOON = { SECURESCAN_FAKE_NOW: '2026-01-31T12:00:00Z' };
/** One quick scanner. */
const QUICK = ['--scanner', 'dockerfile', '--quiet'];

let bench: Workbench;
let shop: string;
let file: string;
beforeEach(() => {
  bench = new Workbench();
  shop = bench.makeTree('shop', SHOP);
  file = join(bench.home, '.securescan/history.jsonl');
});
afterEach(() => {
  bench.dispose();
});

function lines(): Record<string, unknown>[] {
  const text = readFileSync(file, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('scan', () => {
  it('adds a line, for its owner alone', async () => {
    await bench.run(['scan', shop, ...QUICK, '--fail-on-severity', 'info'], { env: NOON });
    expect(lines()).toEqual([
      expect.objectContaining({
        started_at: '2026-01-31T12:00:00.000Z',
        ended_at: '2026-01-31T12:00:00.000Z',
        target: shop,
        scan_types: ['iac'],
        status: 'completed',
        exit_code: 1,
      }),
    ]);
    expect(lines()[0]?.['findings_count']).toBeGreaterThan(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(bench.home, '.securescan')).mode & 0o777).toBe(0o700);
  });

  it('adds one when a scanner failed, and when it was interrupted, and none for a line that makes no sense', async () => {
    bench.makeTool('semgrep', 'process.exit(7);');
    await bench.run(['scan', shop, '--scanner', 'semgrep', '--quiet']);
    expect(lines()[0]).toMatchObject({ status: 'failed', exit_code: 3 });

    const started = join(bench.home, 'started');
    bench.makeTool(
      'semgrep',
      `require('node:fs').writeFileSync(${JSON.stringify(started)}, ''); setInterval(() => {}, 1000);`,
    );
    const child = bench.start(['scan', shop, '--scanner', 'semgrep', '--quiet']);
    const end = endOf(child);
    await waitFor(() => existsSync(started));
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
    expect(lines()[1]).toMatchObject({ status: 'cancelled', exit_code: 130, counts: null });

    await bench.run(['scan', 'gone']);
    expect(lines()).toHaveLength(2);
  });

  it('tells in one line that the history cannot be written, and ends as it would have', async () => {
    mkdirSync(file, { recursive: true });
    const scan = ['scan', shop, '--scanner', 'dockerfile'];
    const { code, stdout, stderr } = await bench.run(scan);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
    expect(
      stderr.split('\n').filter((line) => line.includes('the history was not written')),
    ).toEqual([expect.stringMatching(/^securescan: the history was not written \(EISDIR: /)]);
    expect((await bench.run([...scan, '--quiet'])).stderr).toBe('');
  });
});

describe('history', () => {
  it('teaches where there is none yet', async () => {
    expect(await bench.run(['history'])).toEqual({
      code: 0,
      signal: null,
      stdout: '',
      stderr:
        'securescan: no scan yet. Run "securescan scan ." in a project; every scan is listed here from then on\n',
    });
    expect((await bench.run(['history', '--json'])).stdout).toBe('[]\n');
  });

  it('is a table, newest first, in which nothing moves the cursor', async () => {
    const odd = bench.makeTree('odd\u001b[2J', {});
    await bench.run(['scan', shop, ...QUICK], { env: NOON });
    await bench.run(['scan', odd, ...QUICK], { env: NOON });
    const { code, stdout, stderr } = await bench.run(['history']);
    expect([code, stderr]).toEqual([0, '']);
    const rows = stdout.trimEnd().split('\n');
    expect(rows[0]).toMatch(/^Started \(UTC\) +Target +Status +Findings +Risk +Exit$/);
    expect(rows[1]).toMatch(/^2026-01-31 12:00 +\S+odd\\u001b\[2J +completed +0 +0\.0 +0$/);
    expect(rows[2]).toMatch(/^2026-01-31 12:00 +\S+shop +completed +\d+: .*\d medium +[\d.]+ +0$/);
    expect(stdout).not.toContain('\u001b');
    expect(
      (await bench.run(['history', '--limit', '1'])).stdout.trimEnd().split('\n'),
    ).toHaveLength(2);
  });

  it('says that lines are broken, once, and shows the others', async () => {
    await bench.run(['scan', shop, ...QUICK]);
    writeFileSync(file, `{"target":\nnonsense\n${readFileSync(file, 'utf8')}`);
    const { code, stdout, stderr } = await bench.run(['history', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ target: shop })]);
    expect(stderr).toBe(`securescan: ${file}: 2 lines are no scans and were left out\n`);
  });

  it('says what is wrong with its flags', async () => {
    const { code, stderr } = await bench.run(['history', '--limit', 'all', '--server', 'here']);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('history --server', () => {
  let server: Server;
  let address: string;
  let handle: RequestListener;
  beforeEach(async () => {
    server = createServer((request, response) => {
      handle(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const SCAN = {
    id: 's1',
    project: 'git.example/shop',
    status: 'running',
    target_path: '/srv/shop',
    target_url: null,
    target_host: null,
    scan_types: ['code'],
    created_at: '2026-01-31T12:00:00.000Z',
    started_at: null,
    completed_at: null,
    findings_count: 3,
    suppressed_count: 0,
    risk_score: null,
    scanner_outcomes: [],
  };

  it('lists the scans of a server, with the key of the environment', async () => {
    const asked: unknown[] = [];
    handle = (request, response) => {
      asked.push([request.url, request.headers['x-api-key']]);
      response.end(JSON.stringify([SCAN, SCAN]));
    };
    const key = 'the-key';
    const { code, stdout } = await bench.run(['history', '--limit', '1'], {
      env: { SECURESCAN_SERVER_URL: address, SECURESCAN_API_KEY: key },
    });
    expect(code).toBe(0);
    expect(stdout.split('\n')[1]).toMatch(
      /^2026-01-31 12:00 +git\.example\/shop +running +3 +- +-$/,
    );
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(asked).toEqual([['/api/v1/scans?limit=1', key]]);
  });

  it.each<[string, RequestListener, number, RegExp]>([
    [
      'a missing key',
      (_, response) => {
        response.statusCode = 401;
        response.end(JSON.stringify({ detail: 'A key is needed.', code: 'ACCESS_DENIED' }));
      },
      2,
      /^securescan: A key is needed\.\n$/,
    ],
    [
      'a page of a proxy',
      (_, response) => response.end('<html>hello</html>'),
      3,
      /^securescan: The answer is not a list\. Check .*\n$/,
    ],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { Location: 'http://127.0.0.1:1/' });
        response.end();
      },
      3,
      /^securescan: http:\/\/127\.0\.0\.1:\d+ cannot be reached \(.*redirect.*\)\. Check .*\n$/,
    ],
    [
      'a scan without a time',
      (_, response) => response.end(JSON.stringify([{ ...SCAN, created_at: 5 }])),
      3,
      /^securescan: The server lists a scan without a time or a target; .*\n$/,
    ],
    [
      'pages without end',
      (_, response) => {
        response.setHeader('Link', '</api/v1/scans?cursor=x>; rel="next"');
        response.end('[]');
      },
      3,
      /^securescan: The server links from an empty page to a next one\.\n$/,
    ],
  ])('tells %s in one sentence', async (_name, answer, expectedCode, sentence) => {
    handle = answer;
    const { code, stdout, stderr } = await bench.run(['history', '--server', address]);
    expect([code, stdout]).toEqual([expectedCode, '']);
    expect(stderr).toMatch(sentence);
  });

  it('says that nobody is there', async () => {
    server.close();
    const { code, stderr } = await bench.run(['history', '--server', address]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/cannot be reached \(ECONNREFUSED\)\. Check that the server runs/);
  });

  it('ends with 130 on Ctrl-C while the server is silent', async () => {
    let isAsked = false;
    handle = () => {
      isAsked = true;
    };
    const child = bench.start(['history', '--server', address]);
    const end = endOf(child);
    await waitFor(() => isAsked);
    child.kill('SIGINT');
    expect(await end).toEqual({
      code: 130,
      signal: null,
      stdout: '',
      stderr: 'securescan: Interrupted.\n',
    });
  });
});
