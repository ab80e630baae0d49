import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isHealthy } from './served';

const RUNS = 11;
const root = join(__dirname, '..', '..', '..', '..');

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function millisecondsOf(argument: string): number {
  const started = performance.now();
  spawnSync(process.execPath, [join(root, 'dist/cli/src/main.js'), argument], { stdio: 'ignore' });
  return performance.now() - started;
}

async function millisecondsToHealthy(home: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const server = spawn(process.execPath, [join(root, 'dist/server/main.js')], {
    stdio: 'ignore',
    env: { ...process.env, HOME: home, SECURESCAN_PORT: String(port) },
  });
  while (!(await isHealthy(`http://127.0.0.1:${port}/health`))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const took = performance.now() - started;
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  return took;
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'securescan-bench-'));
  const healthy: number[] = [];
  try {
    for (let run = 0; run < 5; run += 1) healthy.push(await millisecondsToHealthy(home));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  const times = (argument: string) =>
    median(Array.from({ length: RUNS }, () => millisecondsOf(argument)));
  const figures = {
    benchmark: 'start',
    version_ms: Math.round(times('--version')),
    help_ms: Math.round(times('--help')),
    healthy_ms: Math.round(median(healthy)),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
