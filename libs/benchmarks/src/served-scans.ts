import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { openSqliteDatabase } from '../../../server/src/platform/embedded/sqlite-database';
import { ScanWriter } from './made-scan';
import { freePort, isHealthy } from './served';

const root = join(__dirname, '..', '..', '..', '..');
const ASK_EVERY_MS = 20;

/** What the server says of itself since the last question. */
export interface LoopReport {
  readonly blockedMs: number;
  readonly mostBytes: number;
}

/** The built server on a database that was filled beforehand. */
export interface ServedScans {
  readonly url: string;
  readonly file: string;
  report(): Promise<LoopReport>;
  close(): Promise<void>;
}

export async function serveScans(
  fill: (writer: ScanWriter) => Promise<void>,
): Promise<ServedScans> {
  const home = mkdtempSync(join(tmpdir(), 'securescan-bench-'));
  const file = join(home, 'scans.db');
  const database = await openSqliteDatabase(file);
  // The thread that folds the database's log keeps nobody awake, and a writer that waits for it does not either.
  const awake = setInterval(() => undefined, 1000);
  await fill(new ScanWriter(database));
  await database.close();
  clearInterval(awake);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = start(home, file, port);
  while (!(await isHealthy(`${url}/health`))) await delay(ASK_EVERY_MS);
  return {
    url,
    file,
    report: async () => {
      const answer = once(server, 'message') as Promise<[LoopReport]>;
      server.send('report');
      return (await answer)[0];
    },
    close: async () => {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function start(home: string, file: string, port: number): ChildProcess {
  const monitor = join(__dirname, 'loop-monitor.js');
  return spawn(process.execPath, ['-r', monitor, join(root, 'dist/server/main.js')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      HOME: home,
      SECURESCAN_PORT: String(port),
      SECURESCAN_SCAN_ROOTS: home,
      SECURESCAN_DB_PATH: file,
      SECURESCAN_LOG_LEVEL: 'error',
    },
  });
}

export interface Timing {
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly max_ms: number;
}

/** How long answers to the same request take, one after the other. */
export async function timeRequests(url: string, times: number): Promise<Timing> {
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const asked = performance.now();
    const answer = await fetch(url);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
    taken.push(performance.now() - asked);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((taken[Math.floor((taken.length - 1) * share)] ?? 0) * 10) / 10;
  return { p50_ms: at(0.5), p95_ms: at(0.95), max_ms: at(1) };
}
