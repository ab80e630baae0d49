import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type {
  ErrorBody,
  ScannerInstallBody,
  ScannerStatusBody,
  ScannerStatusListBody,
} from '@securescan/contracts';
import {
  describeWithTool,
  notedLines,
  type PipBehaviour,
  writeStandInPython,
} from '@securescan/testing';
import Database from 'better-sqlite3';
import { aMoment } from '../support/until';
import { startTestServer, type TestServer } from './test-server';

const MINUTES = 180_000;
const ALLOWED = { SECURESCAN_ALLOW_INSTALL: '1' };
const inherited = process.env['PATH'];

let server: TestServer | null = null;
let bin: string;

beforeEach(async () => {
  bin = await realpath(await mkdtemp(join(tmpdir(), 'securescan-install-')));
});

afterEach(async () => {
  process.env['PATH'] = inherited;
  await server?.close();
  server = null;
  await rm(bin, { recursive: true });
});

/** A server whose PATH has a stand-in for python3, and no scanner. */
async function start(pip: PipBehaviour, environment: Record<string, string> = ALLOWED) {
  writeStandInPython(bin, pip);
  const path = [bin, '/usr/bin', '/bin'].join(delimiter);
  server = await startTestServer({ environment, path });
  return server;
}

async function install({ app }: TestServer, name: string) {
  const answer = await app.inject({ method: 'POST', url: `/api/v1/dashboard/install/${name}` });
  return { status: answer.statusCode, body: answer.json<ScannerInstallBody & ErrorBody>() };
}

async function statusOf({ app }: TestServer, name: string): Promise<ScannerStatusBody | undefined> {
  const { scanners } = (await app.inject('/api/v1/dashboard/status')).json<ScannerStatusListBody>();
  return scanners.find((scanner) => scanner.name === name);
}

/** Resolves once the hanging stand-in and its child both run. */
async function hanging(withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (notedLines(bin, 'pids').length < 2) {
    if (performance.now() > deadline) throw new Error('The stand-in for pip did not start.');
    await aMoment();
  }
}

/** What the audit log tells of installations, read from the file: the server may have stopped. */
function installationsIn({ directory }: TestServer): object[] {
  const file = new Database(join(directory, 'scans.db'), { readonly: true });
  try {
    return file
      .prepare<[], object>(
        `SELECT action, subject_id, details_json FROM audit_log WHERE subject_type = 'scanner'`,
      )
      .all();
  } finally {
    file.close();
  }
}

/** A process that was killed and only waits to be reaped does not run. */
function runs(pid: string): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // Expected: it is gone.
    return false;
  }
}

describe('the status of scanners', () => {
  it('says who needs the network and what can be installed', async () => {
    const running = await start('fails', { SECURESCAN_SEMGREP_RULES: 'p/ci' });
    const missing = { available: false, installable: true };
    expect(await statusOf(running, 'semgrep')).toMatchObject({ ...missing, needs_network: true });
    expect(await statusOf(running, 'bandit')).toMatchObject({ ...missing, needs_network: false });
    const builtIn = { available: true, installable: false, needs_network: false };
    expect(await statusOf(running, 'secrets')).toMatchObject(builtIn);
  });
});

describe('installing a scanner', () => {
  it('is refused unless the operator allowed it, with the variable to set', async () => {
    const running = await start('installs', {});
    const { status, body } = await install(running, 'bandit');
    expect([status, body.code]).toEqual([403, 'INSTALL_NOT_ALLOWED']);
    expect(body.detail).toContain('SECURESCAN_ALLOW_INSTALL=1');
    expect(notedLines(bin, 'calls')).toEqual([]);
  });

  it.each([
    ['nothing', 404, 'SCANNER_NOT_FOUND'],
    ['..%2Fbandit', 404, 'SCANNER_NOT_FOUND'],
    ['dockerfile', 400, 'SCANNER_NOT_INSTALLABLE'],
  ])('of the name %s is answered with %i %s', async (name, status, code) => {
    const answer = await install(await start('installs'), name);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(notedLines(bin, 'calls')).toEqual([]);
  });

  it('shows in the status at once', async () => {
    const running = await start('installs');
    expect(await statusOf(running, 'bandit')).toMatchObject({ available: false });
    const { status, body } = await install(running, 'bandit');
    expect([status, body.success]).toEqual([200, true]);
    expect(body.message).toBe('Successfully installed bandit');
    expect(installationsIn(running)).toMatchObject([
      { action: 'scanner.installed', subject_id: 'bandit' },
    ]);
    const after = { available: true, version: '1.9.4', install_hint: null };
    expect(await statusOf(running, 'bandit')).toMatchObject(after);
  });

  it('that fails says why, with secrets taken out', async () => {
    const running = await start('fails');
    const { status, body } = await install(running, 'bandit');
    expect([status, body.success]).toEqual([200, false]);
    expect(body.message).toContain('pip install bandit==1.9.4 ended with exit code 1');
    expect(body.output).toContain('no such release');
    expect(JSON.stringify(body) + running.logged()).not.toContain('hunter2hunter2');
    expect(await statusOf(running, 'bandit')).toMatchObject({ available: false });
  });

  it('happens once for two who ask at the same time', async () => {
    const running = await start('installs');
    const answers = await Promise.all([install(running, 'bandit'), install(running, 'bandit')]);
    expect(answers.map(({ body }) => body.success)).toEqual([true, true]);
    expect(notedLines(bin, 'calls')).toHaveLength(2);
  });

  it('does not outlive the server', async () => {
    const running = await start('hangs');
    const answer = install(running, 'bandit');
    await hanging(10_000);
    const environment = join(running.directory, 'tools', 'bandit-1.9.4');
    expect(existsSync(environment)).toBe(true);
    await running.app.close();
    expect((await answer).body.success).toBe(false);
    expect(existsSync(environment)).toBe(false);
    const alive = notedLines(bin, 'pids').filter(runs);
    expect(alive).toEqual([]);
    expect(installationsIn(running)).toEqual([
      {
        action: 'scanner.install_failed',
        subject_id: 'bandit',
        details_json: '{"end":"cancelled"}',
      },
    ]);
  });
});

describeWithTool(['python3'], 'installing the real bandit', () => {
  it(
    'makes it run, where no other is on PATH',
    async () => {
      // Everything but the scanners that may be installed here.
      const path = (inherited ?? '')
        .split(delimiter)
        .filter((directory) => !existsSync(join(directory, 'bandit')))
        .join(delimiter);
      server = await startTestServer({ environment: ALLOWED, path });
      const { body } = await install(server, 'bandit');
      expect(body).toMatchObject({ success: true });
      expect(await statusOf(server, 'bandit')).toMatchObject({ available: true, version: '1.9.4' });
    },
    MINUTES,
  );
});
