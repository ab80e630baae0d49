import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SCAN_FORMATS, type ApiKeyCreatedBody, type ScanBody } from '@securescan/contracts';
import { endOf, SHOP, waitFor, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(90_000);

const KEY = 'a-key-of-the-operator-0123456789';
const PROJECT = 'git.example/shop';
const SCANNERS = ['--scanner', 'secrets', '--scanner', 'dockerfile'];
const TREE = {
  ...SHOP,
  '.securescan.yml': `project: ${PROJECT}\nignored_rules:\n  - rule: dockerfile/DL001\n    reason: We follow the latest\nseverity_overrides:\n  dockerfile/DL002: low\n`,
  'api.Dockerfile':
    'FROM node:latest\n# securescan: ignore dockerfile/DL002 reason="Drops its rights itself."\nUSER root\n',
};

let bench: Workbench;
let shop: string;
let server: ChildProcess;
let url: string;
beforeAll(async () => {
  bench = new Workbench();
  shop = bench.makeTree('shop', TREE);
  bench.makeTool('semgrep', 'setInterval(() => {}, 1000);');
  url = await serve('0');
});
afterAll(() => {
  kill(server);
  bench.dispose();
});

async function serve(port: string): Promise<string> {
  server = bench.start(['serve', '--port', port], {
    env: {
      SECURESCAN_API_KEY: KEY,
      SECURESCAN_SCAN_ROOTS: bench.directory,
      SECURESCAN_RATE_LIMIT_ENABLED: '0',
    },
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (text: string) => (output += text));
  return waitFor(() => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0], 60_000);
}

/** At once, as a machine that loses power. */
function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

const withKey = (key = KEY) => ({ SECURESCAN_API_KEY: key, SECURESCAN_SERVER_URL: url });
const remote = (args: readonly string[], env: Readonly<Record<string, string>> = withKey()) =>
  bench.run(args, { env });
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${url}/api/v1${path}`, {
    ...init,
    headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json' },
  });

async function scans(): Promise<ScanBody[]> {
  return (await (await ask('/scans')).json()) as ScanBody[];
}

async function waitForScan(status: string): Promise<ScanBody> {
  for (const end = performance.now() + 30_000; performance.now() < end;) {
    const scan = (await scans()).find((each) => each.status === status);
    if (scan !== undefined) return scan;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No scan is ${status}.`);
}

it('gives the bytes of a scan of this machine, whichever format, and the same exit codes', async () => {
  const local = await bench.run(['scan', shop, ...SCANNERS, '-o', 'json']);
  for (const kind of ['config', 'inline'])
    expect(local.stdout).toContain(`"suppressed_by": "${kind}"`);
  const runs = await Promise.all(
    SCAN_FORMATS.map((format) =>
      remote(['scan', shop, ...SCANNERS, '--server', url, '-q', '-o', format]),
    ),
  );
  const [newest] = await scans();
  for (const [index, format] of SCAN_FORMATS.entries()) {
    const report = await (await ask(`/scans/${newest?.id ?? ''}/report?format=${format}`)).text();
    expect([format, runs[index]]).toEqual([
      format,
      { code: 0, signal: null, stdout: report, stderr: '' },
    ]);
  }
  expect(runs[SCAN_FORMATS.indexOf('json')]?.stdout).toBe(local.stdout);
});

it('judges as a scan of this machine, tells how far it is, and writes to a file', async () => {
  const gate = ['--fail-on-severity', 'low', '--require-scanner', 'secrets'];
  const line = ['scan', shop, ...SCANNERS, ...gate, '--output-file', 'out.csv', '-o', 'csv'];
  const local = await bench.run(line);
  const bytes = readFileSync(join(bench.directory, 'out.csv'), 'utf8');
  const there = await remote([...line, '--server', url]);
  expect([local.code, there.code]).toEqual([1, 1]);
  expect(readFileSync(join(bench.directory, 'out.csv'), 'utf8')).toBe(bytes);
  expect(there.stderr).toMatch(/^securescan: scan [\w-]+ on http/u);
  expect(there.stderr).toMatch(/^secrets: \d findings?, /mu);
  const lastOf = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
  expect(lastOf(there.stderr)).toBe(lastOf(local.stderr));
});

it('pushes, lists, decides and comments', async () => {
  const [newest] = await scans();
  const report = await (await ask(`/scans/${newest?.id ?? ''}/report?format=json`)).text();
  writeFileSync(join(bench.directory, 'scan.json'), report);
  const pushed = await remote(['push', 'scan.json']);
  expect(pushed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[\w-]{36}\n$/u) });
  // The page that the dashboard has for it.
  expect(pushed.stderr).toContain(`/scan/${pushed.stdout.trim()}`);
  // The project is that of the directory's configuration.
  const here = { cwd: shop, env: withKey() };
  const listed = await bench.run(['triage', 'list', '--severity', 'low', '--json'], here);
  const [finding] = JSON.parse(listed.stdout) as { fingerprint: string; severity: string }[];
  expect(finding?.severity).toBe('low');
  const fingerprint = finding?.fingerprint ?? '';
  const decision = [
    'triage',
    'set',
    fingerprint,
    '--status',
    'accepted_risk',
    '--note',
    'So be it',
  ];
  expect((await bench.run([...decision, '--dry-run'], here)).stdout).toBe(
    `1 of 1 verdict would change in ${PROJECT}\n`,
  );
  const both = await bench.run([...decision, '0'.repeat(64)], here);
  expect([both.code, both.stdout]).toEqual([2, `1 of 1 verdict changed in ${PROJECT}\n`]);
  expect(both.stderr).toContain(`knows no finding ${'0'.repeat(64)}`);
  expect((await bench.run(['triage', 'comment', fingerprint, 'Asked'], here)).code).toBe(0);
  const table = await bench.run(['triage', 'list', fingerprint], here);
  expect(table.stdout).toMatch(/^low +accepted_risk +dockerfile dockerfile\/DL002 /mu);
  const overview = (await (await ask(`/findings/${fingerprint}?project=${PROJECT}`)).json()) as {
    in_project: unknown;
    comments_count: number;
  };
  expect(overview.in_project).toMatchObject({ status: 'accepted_risk', note: 'So be it' });
});

it('refuses keys that may not, and lines that mean nothing there', async () => {
  const body = JSON.stringify({ name: 'reader', scopes: ['read'] });
  const made = await ask('/keys', { method: 'POST', body });
  const { key } = (await made.json()) as ApiKeyCreatedBody;
  const [wrong, reader, reads, line, nowhere] = await Promise.all([
    remote(['scan', shop, '--server', url], withKey('wrong')),
    remote(['scan', shop, '--server', url], withKey(key)),
    remote(['status', '--server', url], withKey(key)),
    remote(['scan', '.', '--server', url, '--staged', '--baseline', 'b.json', '--no-suppress']),
    remote(['triage', 'set', '0'.repeat(64), '--status', 'fixed']),
  ]);
  expect([wrong.code, wrong.stdout, wrong.stderr.split('\n').length]).toEqual([2, '', 2]);
  expect([reader.code, reader.stderr]).toEqual([2, expect.stringContaining('write')]);
  expect([reads.code, reads.stdout]).toEqual([0, expect.stringContaining('semgrep')]);
  expect([line.code, line.stderr.trimEnd().split('\n').length]).toEqual([2, 4]);
  expect(nowhere.stderr).toContain('Nothing names the project here');
});

it('cancels the scan there on Ctrl-C', async () => {
  const child = bench.start(['scan', shop, '--scanner', 'semgrep', '--server', url], {
    env: withKey(),
  });
  const end = endOf(child);
  const { id } = await waitForScan('running');
  child.kill('SIGINT');
  const { code, stdout, stderr } = await end;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toContain('interrupted, cancelling the scan on the server');
  expect((await waitForScan('cancelled')).id).toBe(id);
});

it('follows on when the server is killed and started again', async () => {
  const end = endOf(
    bench.start(['scan', shop, '--scanner', 'semgrep', '--server', url], { env: withKey() }),
  );
  await waitForScan('running');
  kill(server);
  await serve(new URL(url).port);
  const { code, stdout, stderr } = await end;
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^securescan: The scan [\w-]+ failed: /mu);
});

describe('a server that is none', () => {
  let fake: Server;
  let handle: RequestListener;
  let address: string;
  beforeAll(async () => {
    fake = createServer((request, response) => {
      handle(request, response);
    });
    await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(fake.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    fake.closeAllConnections();
    fake.close();
  });

  it('puts nothing on the terminal but text', async () => {
    const finding = {
      fingerprint: 'f\u001b[2J',
      scanner: 'secrets',
      title: 'x\u001b]0;mine\u0007y\u202e',
      rule_id: 'r\nr',
      severity: 'high',
      occurrence: 1,
      file_path: 'a\u001b[1A',
      state: null,
    };
    handle = (_, response) => response.end(JSON.stringify([finding]));
    const { code, stdout } = await bench.run([
      'triage',
      'list',
      '--scan',
      's',
      '--server',
      address,
    ]);
    expect([code, stdout.split('\n').length]).toEqual([0, 3]);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });

  const scan = {
    id: 's1',
    status: 'completed',
    scan_types: [],
    findings_count: 0,
    scanner_outcomes: [],
  };

  it.each<[string, RequestListener, RegExp]>([
    [
      'an answer without end',
      (_, response) => {
        const piece = Buffer.alloc(1024 * 1024, 32);
        const more = (): void => {
          while (!response.destroyed && response.write(piece));
        };
        response.on('drain', more);
        more();
      },
      /longer than 67108864 bytes/u,
    ],
    [
      'a scan without its report',
      ({ url: path }, response) => {
        response.end(path?.includes('/report') === true ? '{"version":9}' : JSON.stringify(scan));
      },
      /The server's answer is no JSON report of a scan/u,
    ],
  ])('is told in one sentence: %s', async (_name, answer, sentence) => {
    handle = answer;
    const { code, stdout, stderr } = await bench.run(['scan', '/srv', '-q', '--server', address], {
      env: { SECURESCAN_API_KEY: 'k' },
    });
    expect([code, stdout, stderr.split('\n').length]).toEqual([3, '', 2]);
    expect(stderr).toMatch(sentence);
  });
});
