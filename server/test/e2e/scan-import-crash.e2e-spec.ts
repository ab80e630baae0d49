import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ScanBody } from '@securescan/contracts';
import { addressOf, spawnServer, stopServer, type ServerProcess } from './built-server';

const SLOW = 60_000;
const LOG_SIZE = 12_000;

let home: string;
const servers: ServerProcess[] = [];

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'securescan-import-')));
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map(stopServer));
  await rm(home, { recursive: true, force: true });
});

async function start(): Promise<ServerProcess & { readonly url: string }> {
  const server = spawnServer({ HOME: home, PATH: '/usr/bin:/bin', SECURESCAN_DB_PATH: file() });
  servers.push(server);
  return { ...server, url: await addressOf(server) };
}

const file = (): string => join(home, 'scans.db');

function largeLog(): string {
  const results = Array.from({ length: LOG_SIZE }, (_, index) => ({
    ruleId: `R${String(index)}`,
    message: { text: `Number ${String(index)}.` },
  }));
  const runs = [{ tool: { driver: { name: 'Checker' } }, results }];
  return JSON.stringify({ version: '2.1.0', runs });
}

/** Asked of the file itself, once nobody writes to it: no route shows the findings of a scan that has not completed. */
function storedFindings(): number {
  const database = new Database(file(), { readonly: true });
  try {
    return database
      .prepare(
        `SELECT COUNT(*) FROM findings JOIN scans ON scans.id = scan_id WHERE origin = 'import'`,
      )
      .pluck()
      .get() as number;
  } finally {
    database.close();
  }
}

async function importsOf(url: string): Promise<ScanBody[]> {
  const scans = (await (await fetch(`${url}/api/v1/scans`)).json()) as ScanBody[];
  return scans.filter(({ origin }) => origin === 'import');
}

async function untilRunning(url: string): Promise<void> {
  while ((await importsOf(url))[0]?.status !== 'running') {
    await new Promise((resume) => setImmediate(resume));
  }
}

describe('a server that is killed in the middle of an import', () => {
  it(
    'leaves a scan that has failed and no finding of it, and takes the document again',
    async () => {
      const first = await start();
      const send = (url: string) =>
        fetch(`${url}/api/v1/scans/import?project=shop`, {
          method: 'POST',
          headers: { 'content-type': 'application/sarif+json' },
          body: largeLog(),
        });
      const sent = send(first.url).then(
        () => 'answered',
        () => 'cut off',
      );
      await untilRunning(first.url);
      first.child.kill('SIGKILL');
      await first.exit;
      expect(await sent).toBe('cut off');
      expect(storedFindings()).toBeLessThan(LOG_SIZE);

      const second = await start();
      expect(await importsOf(second.url)).toMatchObject([
        { status: 'failed', error: 'interrupted', findings_count: 0 },
      ]);
      const again = (await (await send(second.url)).json()) as ScanBody;
      expect(again).toMatchObject({ status: 'completed', findings_count: LOG_SIZE });
      await stopServer(second);
      expect(storedFindings()).toBe(LOG_SIZE);
    },
    SLOW,
  );

  it(
    'or told to stop, it ends at once and whoever sent the document hears of it',
    async () => {
      const running = await start();
      const sent = fetch(`${running.url}/api/v1/scans/import?project=shop`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: largeLog(),
      }).then(
        ({ status }) => status,
        () => 'cut off',
      );
      await untilRunning(running.url);
      const askedAt = performance.now();
      running.child.kill('SIGTERM');
      expect((await running.exit).code).toBe(0);
      expect(performance.now() - askedAt).toBeLessThan(6000);
      expect([409, 'cut off']).toContain(await sent);
      expect(running.output().stderr).not.toContain('INVARIANT_BROKEN');
    },
    SLOW,
  );
});
