import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, isHealthy } from './served';

const root = join(__dirname, '..', '..', '..', '..');
const LOOK_EVERY_MS = 5;
/** The kernel counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;
const KIB = 1024;

/** The built server in a process of its own, on an installation of its own, with an ended scan and a key. */
export interface BuiltServer {
  readonly pid: number;
  readonly port: number;
  readonly scanId: string;
  /** An `ssk_` key with all scopes. */
  readonly key: string;
  /** Where scans may be. */
  readonly tree: string;
  /** Processor time so far, in milliseconds. */
  cpuMs(): number;
  /** Resident memory, in bytes. */
  memory(): number;
  /** Sends as the holder of the key. */
  ask(path: string, body?: object): Promise<Response>;
  stop(): Promise<void>;
}

/**
 * Starts it with its log in a file, as under a supervisor.
 * @param flags of Node, such as `--cpu-prof`.
 */
export async function startBuiltServer(
  environment: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<BuiltServer> {
  const home = mkdtempSync(join(tmpdir(), 'securescan-bench-'));
  const tree = join(home, 'tree');
  mkdirSync(tree);
  writeFileSync(join(tree, 'Dockerfile'), 'FROM ubuntu:latest\nUSER root\n');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...flags, join(root, 'dist/server/main.js')], {
    stdio: ['ignore', 'ignore', openSync(join(home, 'log'), 'a')],
    env: {
      PATH: '/usr/bin:/bin',
      HOME: home,
      SECURESCAN_SCAN_ROOTS: tree,
      SECURESCAN_PORT: String(port),
      ...environment,
    },
  });
  while (!(await isHealthy(`${url}/health`))) await delay(LOOK_EVERY_MS);
  const { key } = await json<{ key: string }>(post(`${url}/api/v1/keys`, { name: 'benchmark' }));
  const scanId = await endedScan(url, tree, { 'x-api-key': key });
  return {
    pid: child.pid ?? 0,
    port,
    scanId,
    key,
    tree,
    cpuMs: () => cpuMsOf(child),
    memory: () => memoryOf(child),
    ask: (path, body) =>
      body === undefined
        ? fetch(`${url}${path}`, { headers: { 'x-api-key': key } })
        : post(`${url}${path}`, body, { 'x-api-key': key }),
    stop: async () => {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function json<T>(asked: Promise<Response>): Promise<T> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`The server refused: ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function endedScan(
  url: string,
  tree: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const request = { target_path: tree, scanners: ['dockerfile'] };
  const { id } = await json<{ id: string }>(post(`${url}/api/v1/scans`, request, headers));
  for (;;) {
    const asked = fetch(`${url}/api/v1/scans/${id}`, { headers });
    const { status } = await json<{ status: string }>(asked);
    if (status === 'completed') return id;
    await delay(LOOK_EVERY_MS);
  }
}

function cpuMsOf({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold anything; behind it are the third field and all others.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function memoryOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/mu.exec(status)?.[1]) * KIB;
}
