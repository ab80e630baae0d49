import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describeWithTool } from '@securescan/testing';
import type { VectorPlan, VectorRun } from '../support/send-to-vectors';

/** Plays the world: within the namespace it leads to the namespace itself. */
const PUBLIC = '93.184.215.14';

/** Where somebody listens who must not be reached; 127.0.0.0/8 and ::1 are there by themselves. */
const FORBIDDEN = [
  '10.0.0.5',
  '172.16.0.5',
  '192.168.0.5',
  '100.64.0.5',
  '198.18.0.5',
  '192.0.2.5',
  '169.254.169.254',
  '100.100.100.200',
  'fd00::5',
  'fd00:ec2::254',
  '2001:db8::5',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
];

const NAMES = {
  'public.test': [PUBLIC],
  'redirect.test': [PUBLIC],
  'private.test': ['10.0.0.5'],
  'mixed.test': [PUBLIC, '10.0.0.5'],
  'metadata.test': ['169.254.169.254'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'translated.test': ['64:ff9b::7f00:1'],
  'six-to-four.test': ['2002:7f00:1::'],
  'local.test': ['fd00::5'],
  'nobody.test': ['0.0.0.0'],
};

const SPELLINGS = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://１２７.0.0.1/',
  'http://0/',
  'http://localhost/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://2852039166/latest/meta-data/',
  'http://public.test@127.0.0.1/',
  'http://public.test:80@169.254.169.254/',
  'http://127.0.0.1\\@public.test/',
];

const REFUSED = [
  ...SPELLINGS,
  ...FORBIDDEN.map((address) => `http://${address.includes(':') ? `[${address}]` : address}/`),
  ...Object.keys(NAMES)
    .filter((name) => !/^(?:public|redirect)/u.test(name))
    .map((name) => `http://${name}/`),
];

/** The second at another port: over a connection that is still there nothing would have to be looked up. */
const REBOUND = ['http://rebind.test/', 'http://rebind.test:8080/'];

const OPENED = ['http://private.test/', 'http://10.0.0.5/', 'http://127.1/', 'http://[fd00::5]/'];
const STILL_CLOSED = [
  'http://169.254.169.254/',
  'http://metadata.test/',
  'http://100.100.100.200/',
  'http://[fd00:ec2::254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://192.168.0.5/',
];

const namespaces = spawnSync('unshare', ['-rnm', 'true']).status === 0 ? [] : ['a namespace'];

describeWithTool(['unshare', 'ip', ...namespaces], 'webhooks in a network of their own', () => {
  type Runs = ReadonlyMap<string, VectorRun>;
  let closedRuns: Runs = new Map();
  let openRuns: Runs = new Map();
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vectors-'));
    try {
      const resolver = join(directory, 'resolv.conf');
      writeFileSync(resolver, 'nameserver 127.0.0.1\noptions timeout:1\n');
      const urls = ['http://public.test/', ...REBOUND, 'http://redirect.test/', ...REFUSED];
      const opened = { open: '10.0.0.0/8,127.0.0.0/8,100.64.0.0/10,fd00::/16' };
      const rounds = [
        { open: '', urls },
        { ...opened, urls: [...OPENED, ...STILL_CLOSED] },
      ];
      const [first, second] = await runInside({ rounds, public: PUBLIC, names: NAMES }, resolver);
      closedRuns = runsByUrl(first);
      openRuns = runsByUrl(second);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('reach the world', () => {
    const answered = closedRuns.get('http://public.test/');
    expect(answered).toMatchObject({ responseCode: 200, seen: [PUBLIC] });
  });

  it.each(REFUSED)('do not reach what is forbidden: %s', (url) => {
    const run = closedRuns.get(url);
    expect(run).toMatchObject({ responseCode: null, seen: [] });
    expect(run?.error).toMatch(/which webhooks must not reach|^The URL must /u);
    // It does lead somewhere, for whoever does not look. Of several addresses the system chooses.
    if (url !== 'http://mixed.test/') {
      expect(run?.seenWithout).not.toEqual([]);
      expect(run?.seenWithout).not.toContain(PUBLIC);
    }
  });

  it('connect to what was checked, and check the next connection anew', () => {
    const [first = '', second = ''] = REBOUND;
    const checked = closedRuns.get(first);
    expect(checked).toMatchObject({ responseCode: 200, seen: [PUBLIC], lookups: 1 });
    expect(checked?.seenWithout).toEqual(['127.0.0.1']);
    expect(closedRuns.get(second)).toMatchObject({ responseCode: null, seen: [] });
  });

  it('follow no redirect', () => {
    const run = closedRuns.get('http://redirect.test/');
    expect(run).toMatchObject({ responseCode: 307, seen: [PUBLIC] });
    expect(run?.seenWithout).toEqual([PUBLIC, '127.0.0.1']);
  });

  it('reach what the operator opens, and metadata still not', () => {
    const codes = OPENED.map((url) => openRuns.get(url)?.responseCode);
    expect(codes).toEqual(OPENED.map(() => 200));
    expect(STILL_CLOSED.map((url) => openRuns.get(url)?.seen)).toEqual(STILL_CLOSED.map(() => []));
  });
});

async function runInside(plan: VectorPlan, resolver: string): Promise<VectorRun[][]> {
  const addresses = [PUBLIC, ...FORBIDDEN].map((address) =>
    address.includes(':') ? `${address}/128 dev lo nodad` : `${address}/32 dev lo`,
  );
  const prepare = [
    'ip link set lo up',
    ...addresses.map((address) => `ip address add ${address}`),
    `mount --bind '${resolver}' /etc/resolv.conf`,
    'exec "$@"',
  ].join(' && ');
  const program = [process.execPath, '-r', support('run-typescript.cjs')];
  const args = [...program, support('send-to-vectors.ts'), JSON.stringify(plan)];
  const env = { PATH: process.env['PATH'] ?? '' };
  const child = spawn('unshare', ['-rnm', 'sh', '-c', prepare, 'sh', ...args], { env });
  const [out, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(problems).toBe('');
  return JSON.parse(out) as VectorRun[][];
}

function runsByUrl(runs: readonly VectorRun[] = []): ReadonlyMap<string, VectorRun> {
  return new Map(runs.map((run) => [run.url, run]));
}

function support(file: string): string {
  return join(__dirname, '..', 'support', file);
}
