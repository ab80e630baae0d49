import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, isHealthy } from './served';

/*
 * How fast the server answers while it scans a tree that was made to hold it up: files full of almost-secrets in one line,
 * an enormous Dockerfile, and a finding in each of many small files.
 * npm run bench -- health [small files]
 */

const [smallFiles = 20_000] = process.argv.slice(2).map(Number);
const root = join(__dirname, '..', '..', '..', '..');
const ASK_EVERY_MS = 5;

function makeTree(tree: string): void {
  const almost = {
    'password.js': 'password="',
    'base64.py': 'key=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789+/',
    'url.ts': 'postgres://a:a:a:',
    'jwt.go': 'eyJhbGciOi.eyJ',
    'spaces.rb': `secret${' '.repeat(200)}`,
    'backslashes.sh': String.raw`token=\\\"`,
  };
  for (const [name, piece] of Object.entries(almost)) {
    writeFileSync(join(tree, name), piece.repeat(Math.floor(990_000 / piece.length)));
  }
  writeFileSync(join(tree, 'Dockerfile'), `FROM a\n${'RUN a \\\n # b\n'.repeat(60_000)}`);
  for (let index = 0; index < smallFiles; index += 1) {
    const directory = join(tree, `part-${index % 100}`);
    mkdirSync(directory, { recursive: true });
    const text = `const one = 1;\nconst apiKey = "q8Zt${String(index).padStart(8, '0')}Lw3RvKx7TbYc";\n`;
    writeFileSync(join(directory, `file-${index}.js`), text);
  }
}

interface Scan {
  readonly status: string;
  readonly findings_count: number;
}

async function scanOf(url: string, tree: string): Promise<() => Promise<Scan>> {
  const answer = await fetch(`${url}/api/v1/scans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      target_path: tree,
      scan_types: ['code', 'iac'],
      scanners: ['secrets', 'dockerfile', 'git-hygiene'],
    }),
  });
  if (!answer.ok) throw new Error(`The scan was refused: ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  return async () => (await (await fetch(`${url}/api/v1/scans/${id}`)).json()) as Scan;
}

/** Asks for the server's health every few milliseconds until the scan has ended; milliseconds of each answer. */
async function measure(
  url: string,
  look: () => Promise<Scan>,
): Promise<{ times: number[]; scan: Scan }> {
  const times: number[] = [];
  let lastLook = performance.now();
  for (;;) {
    const asked = performance.now();
    await (await fetch(`${url}/health`)).arrayBuffer();
    times.push(performance.now() - asked);
    if (performance.now() - lastLook > 500) {
      const scan = await look();
      if (!['pending', 'running'].includes(scan.status)) return { times, scan };
      lastLook = performance.now();
    }
    await delay(ASK_EVERY_MS);
  }
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'securescan-bench-'));
  const tree = join(home, 'tree');
  mkdirSync(tree);
  makeTree(tree);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [join(root, 'dist/server/main.js')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      HOME: home,
      SECURESCAN_PORT: String(port),
      SECURESCAN_SCAN_ROOTS: tree,
      SECURESCAN_DB_PATH: join(home, 'scans.db'),
    },
  });
  try {
    while (!(await isHealthy(`${url}/health`))) await delay(ASK_EVERY_MS);
    const started = performance.now();
    const { times, scan } = await measure(url, await scanOf(url, tree));
    times.sort((a, b) => a - b);
    const at = (share: number): number =>
      Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
    const figures = {
      benchmark: 'health',
      scan_ms: Math.round(performance.now() - started),
      status: scan.status,
      findings: scan.findings_count,
      asked: times.length,
      p50_ms: at(0.5),
      p99_ms: at(0.99),
      max_ms: Math.round((times.at(-1) ?? 0) * 10) / 10,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(home, { recursive: true, force: true });
  }
}

void main();
