import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { until } from '../support/until';
import { addressOf, spawnServer, stopServer, type ServerProcess } from './built-server';
import { dockerfiles, writeTree } from './test-server';

const SLOW = 60_000;
const STREAMS = 50;

interface Running extends ServerProcess {
  readonly url: string;
}

let home: string;
let tree: string;
/** Directories in the tree, for scans that differ. */
const PARTS = ['a', 'b', 'c', 'd'];
const servers: ServerProcess[] = [];

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'securescan-lifecycle-')));
  tree = join(home, 'tree');
  const parts = PARTS.map((part) => [`${part}/main.py`, 'print(1)\n'] as const);
  await writeTree(tree, {
    ...dockerfiles(2),
    'main.py': 'print(1)\n',
    ...Object.fromEntries(parts),
  });
  await mkdir(join(home, 'bin'));
  // Stands in for semgrep: answers its version at once and otherwise never ends, with a child of its own.
  const tool = '#!/bin/sh\n[ "$1" = "--version" ] && echo 1.99.0 && exit 0\nsleep 987654 &\nwait\n';
  await writeFile(join(home, 'bin', 'semgrep'), tool);
  await chmod(join(home, 'bin', 'semgrep'), 0o755);
});

afterEach(async () => {
  await Promise.all(servers.map(stopServer));
  // Only where a test failed between a kill and the next start is there anything left.
  for (const pid of processesOfTest()) process.kill(Number(pid), 'SIGKILL');
  servers.splice(0);
  await rm(home, { recursive: true, force: true });
});

function spawnHere(environment: Record<string, string> = {}): ServerProcess {
  const server = spawnServer({
    HOME: home,
    PATH: `${join(home, 'bin')}:/usr/bin:/bin`,
    SECURESCAN_SCAN_ROOTS: tree,
    SECURESCAN_SCAN_CONCURRENCY: '5',
    ...environment,
  });
  servers.push(server);
  return server;
}

async function start(environment: Record<string, string> = {}): Promise<Running> {
  const server = spawnHere(environment);
  return { ...server, url: await addressOf(server) };
}

async function post(url: string, body?: object): Promise<ScanBody> {
  const answer = await fetch(url, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as ScanBody;
}

const scansOf = async (url: string): Promise<ScanBody[]> =>
  (await (await fetch(`${url}/api/v1/scans`)).json()) as ScanBody[];

/** Scanners, and children of theirs, that a server of this test started: their search path names its home. */
function processesOfTest(): string[] {
  const own = servers.map(({ child }) => String(child.pid));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !own.includes(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`PATH=${home}`);
      } catch {
        // It ended while we looked, or is not ours to look at.
        return false;
      }
    });
}

const isRunning = async (url: string, count: number): Promise<boolean> => {
  const scans = await scansOf(url);
  return scans.filter(({ status }) => status === 'running').length >= count;
};

describe('a server that is killed', () => {
  it(
    'fails the scans that it left as interrupted at its next start, ends their streams and clears up',
    async () => {
      const first = await start();
      // Different ones: the same scan, asked for again while it waits, is one scan.
      const requests = [...PARTS, '.'].map((part) => ({
        target_path: join(tree, part),
        scan_types: ['code', 'iac'],
      }));
      const scansBefore = requests.map((request) => post(`${first.url}/api/v1/scans`, request));
      const ids = (await Promise.all(scansBefore)).map(({ id }) => id);
      await until(() => isRunning(first.url, 5));
      await until(() => processesOfTest().length > 0);
      first.child.kill('SIGKILL');
      await first.exit;

      const second = await start();
      const askedAt = performance.now();
      const scans = await scansOf(second.url);
      expect(performance.now() - askedAt).toBeLessThan(2000);
      const left = scans.filter(({ id }) => ids.includes(id));
      expect(left).toHaveLength(5);
      for (const scan of left)
        expect(scan).toMatchObject({ status: 'failed', error: 'interrupted' });
      for (const id of ids) {
        const events = await (await fetch(`${second.url}/api/v1/scans/${id}/events`)).text();
        expect(events).toMatch(/event: scan\.failed\ndata: .*"error":"interrupted".*\n\n$/);
        expect((await fetch(`${second.url}/api/v1/scans/${id}`, { method: 'DELETE' })).status).toBe(
          204,
        );
      }
      expect(await scansOf(second.url)).toEqual([]);
      await until(() => processesOfTest().length === 0);
    },
    SLOW,
  );
});

describe('a server that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s ends scans and fifty streams within three seconds',
    async (signal) => {
      const running = await start();
      const { id } = await post(`${running.url}/api/v1/scans`, {
        target_path: tree,
        scan_types: ['code'],
      });
      const open = () => fetch(`${running.url}/api/v1/scans/${id}/events`);
      const streams = await Promise.all(Array.from({ length: STREAMS }, open));
      const { port } = new URL(running.url);
      const idle = connect(Number(port), '127.0.0.1');
      idle.on('error', () => undefined);
      await until(() => isRunning(running.url, 1));
      await until(() => processesOfTest().length > 0);
      const askedAt = performance.now();
      running.child.kill(signal);
      for (const text of await Promise.all(streams.map((stream) => stream.text()))) {
        expect(text).toMatch(/event: scan\.failed\n.*"error":"interrupted".*\n\n$/);
      }
      const { code } = await running.exit;
      expect(performance.now() - askedAt).toBeLessThan(3000);
      expect([code, running.output().stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      await until(() => processesOfTest().length === 0);
      const again = await start();
      expect(await scansOf(again.url)).toMatchObject([
        { id, status: 'failed', error: 'interrupted' },
      ]);
    },
    SLOW,
  );

  it(
    'twice at the same moment, as by a terminal and by npm, still stops in order',
    async () => {
      const running = await start();
      const { id } = await post(`${running.url}/api/v1/scans`, {
        target_path: tree,
        scan_types: ['code'],
      });
      await until(() => isRunning(running.url, 1));
      await until(() => processesOfTest().length > 0);
      running.child.kill('SIGINT');
      running.child.kill('SIGTERM');
      expect(await running.exit).toMatchObject({ code: 0, signal: null });
      await until(() => processesOfTest().length === 0);
      expect(await scansOf((await start()).url)).toMatchObject([
        { id, status: 'failed', error: 'interrupted' },
      ]);
    },
    SLOW,
  );
});

describe('a start that cannot be', () => {
  async function refusal(environment: Record<string, string>, exitCode = 1): Promise<string> {
    const running = spawnHere(environment);
    const { code } = await running.exit;
    const { stdout, stderr } = running.output();
    expect([code, stdout]).toEqual([exitCode, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
    return stderr;
  }

  it(
    'because a second server has the database says so in one sentence',
    async () => {
      const first = await start();
      const sentence = await refusal({});
      expect(sentence.trim().split('\n')).toHaveLength(1);
      expect(sentence).toContain(join(home, '.securescan', 'scans.db'));
      expect((await fetch(`${first.url}/health`)).status).toBe(200);
    },
    SLOW,
  );

  it(
    'because the port is taken says so in one sentence and gives the database back',
    async () => {
      const other: Server = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      try {
        const port = String((other.address() as AddressInfo).port);
        const sentence = await refusal({ SECURESCAN_PORT: port });
        expect(sentence.trim().split('\n')).toHaveLength(1);
        expect(sentence).toContain(port);
        expect(sentence).toContain('SECURESCAN_PORT');
      } finally {
        await new Promise((resolve) => other.close(resolve));
      }
      expect((await fetch(`${(await start()).url}/ready`)).status).toBe(200);
    },
    SLOW,
  );

  it(
    'because a setting makes no sense names the setting',
    async () => {
      expect(await refusal({ SECURESCAN_PORT: 'eighty' }, 2)).toContain('SECURESCAN_PORT');
    },
    SLOW,
  );

  it(
    'because strangers could reach it, or because nobody could administer it, says what to do',
    async () => {
      for (const host of ['0.0.0.0', '::', '192.0.2.4']) {
        const sentence = await refusal({ SECURESCAN_HOST: host }, 2);
        expect(sentence).toContain(`SECURESCAN_HOST: "${host}" can be reached from other machines`);
      }
      const closed = await refusal({ SECURESCAN_AUTH_REQUIRED: '1' }, 2);
      expect(closed).toContain('there is no key that holds admin');
      const guarded = {
        SECURESCAN_HOST: '0.0.0.0',
        SECURESCAN_AUTH_REQUIRED: '1',
        SECURESCAN_API_KEY: randomToken(40, 61),
      };
      const { url } = await start(guarded);
      const { port } = new URL(url);
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/scans`);
      expect(answer.status).toBe(401);
    },
    SLOW,
  );
});

describe('the first start', () => {
  it(
    'scans the examples where nothing was scanned yet, and no second time',
    async () => {
      const first = await start({ SECURESCAN_SCAN_ROOTS: '' });
      const [scan] = await scansOf(first.url);
      expect(scan?.target_path).toBe(await realpath(join(__dirname, '../../../examples')));
      first.child.kill('SIGTERM');
      await first.exit;
      const second = await start({ SECURESCAN_SCAN_ROOTS: '' });
      expect(await scansOf(second.url)).toHaveLength(1);
    },
    SLOW,
  );

  it(
    'makes the data directory readable by its owner alone',
    async () => {
      await start();
      const mode = execFileSync('stat', ['-c', '%a', join(home, '.securescan')], {
        encoding: 'utf8',
      });
      expect(mode.trim()).toBe('700');
    },
    SLOW,
  );
});
