import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ScanBody, ScanStatus } from '@securescan/contracts';
import { until } from '../support/until';
import { addressOf, spawnServer, stopServer } from './built-server';

const SLOTS = 2;

/** A tool that notes when it starts and ends, and takes long enough to overlap with others. */
function notingTool(log: string, version: string, answer: string): string {
  return `#!/bin/sh
[ "$1" = --version ] && echo '${version}' && exit 0
echo start >> '${log}'
sleep 0.3
echo end >> '${log}'
echo '${answer}'
`;
}

export interface ManyScans {
  readonly statuses: ReadonlySet<string>;
  /** Tools that ran, and the most of them at the same time. */
  readonly started: number;
  readonly mostAtOnce: number;
  readonly slots: number;
  /** Resident memory of the server when a fifth of the scans had ended, and when all had. */
  readonly earlyMb: number;
  readonly lateMb: number;
}

/**
 * Posts scans of as many directories one right after the other, eight of which run together, to a built server with two
 * slots: in a process of its own, whose memory is nobody else's.
 */
export async function runManyScans(count: number): Promise<ManyScans> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'securescan-many-')));
  const log = join(home, 'log');
  const semgrep = '{"results":[],"errors":[],"paths":{"scanned":[]}}';
  const bandit = '{"results":[],"errors":[],"metrics":{}}';
  await writeTool(join(home, 'tools', 'semgrep'), notingTool(log, '1.182.0', semgrep));
  await writeTool(join(home, 'tools', 'bandit'), notingTool(log, 'bandit 1.9.4', bandit));
  await mkdir(join(home, 'root'));
  const server = spawnServer({
    HOME: home,
    PATH: '/usr/bin:/bin',
    SECURESCAN_SCAN_ROOTS: join(home, 'root'),
    SECURESCAN_TOOLS_DIR: join(home, 'tools'),
    SECURESCAN_SCAN_SLOTS: String(SLOTS),
    SECURESCAN_SCAN_CONCURRENCY: '8',
  });
  try {
    const url = `${await addressOf(server)}/api/v1/scans`;
    for (let index = 0; index < count; index += 1) {
      await post(url, join(home, 'root', `project-${index}`));
    }
    const earlyMb = await whenEnded(url, Math.ceil(count / 5), server.child.pid);
    const lateMb = await whenEnded(url, count, server.child.pid);
    const statuses = new Set(await statusesOf(url, count));
    return { statuses, ...(await readLog(log)), slots: SLOTS, earlyMb, lateMb };
  } finally {
    await stopServer(server);
    await rm(home, { recursive: true });
  }
}

async function writeTool(path: string, source: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, source, { mode: 0o755 });
}

async function post(url: string, target_path: string): Promise<void> {
  await mkdir(target_path);
  await writeFile(join(target_path, 'main.py'), 'print("hello")\n');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ target_path, scanners: ['semgrep', 'bandit', 'secrets'] }),
  });
  if (!answer.ok) throw new Error(`The scan was refused: ${await answer.text()}`);
}

/** Resident memory of the server, in megabytes, once as many scans have ended. */
async function whenEnded(url: string, count: number, pid: number | undefined): Promise<number> {
  await until(async () => {
    const open = await Promise.all(['pending', 'running'].map((status) => countOf(url, status)));
    const all = await countOf(url);
    return all - open.reduce((sum, one) => sum + one, 0) >= count;
  });
  const kilobytes = /^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

async function countOf(url: string, status?: string): Promise<number> {
  const answer = await fetch(`${url}?limit=1${status === undefined ? '' : `&status=${status}`}`);
  await answer.text();
  return Number(answer.headers.get('x-total-count'));
}

async function statusesOf(url: string, count: number): Promise<ScanStatus[]> {
  const answer = await fetch(`${url}?limit=${count}`);
  return ((await answer.json()) as ScanBody[]).map(({ status }) => status);
}

async function readLog(log: string): Promise<Pick<ManyScans, 'started' | 'mostAtOnce'>> {
  let running = 0;
  let started = 0;
  let mostAtOnce = 0;
  for (const word of (await readFile(log, 'utf8')).trim().split('\n')) {
    running += word === 'start' ? 1 : -1;
    started += word === 'start' ? 1 : 0;
    mostAtOnce = Math.max(mostAtOnce, running);
  }
  return { started, mostAtOnce };
}
