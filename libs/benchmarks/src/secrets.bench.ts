import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { SCANNERS } from '@securescan/scan-engine';

/*
 * How fast the built-in secrets scanner reads text that is in memory already. Goal: 130 MB/s on two cores.
 * Two bodies of text: this repository's own sources, and what other people publish to npm.
 * npm run bench -- secrets [seconds per figure]
 */

const [seconds = 4] = process.argv.slice(2).map(Number);
const root = join(__dirname, '..', '..', '..', '..');
const OWN = ['libs', 'server', 'cli', 'action', 'docs', 'dashboard/src'];
const SOURCE = /\.(?:[cm]?[jt]s|html|scss|css|json|md|ya?ml)$/;
const MAX_FILE_CHARACTERS = 1_000_000;
const MAX_CHARACTERS = 40_000_000;
const MAX_FINDINGS = 1_000;

interface Figure {
  readonly mbPerSecond: number;
  /** Per second of processor time: what other programs take meanwhile does not count. */
  readonly mbPerCpuSecond: number;
  readonly findings: number;
  readonly megabytes: number;
}

function inspectOne(): (path: string, text: string) => number {
  const scanner = SCANNERS.find(({ name }) => name === 'secrets');
  if (scanner?.kind !== 'file') throw new Error('the secrets scanner reads file by file');
  return (path, text) => scanner.inspectFile(path, text, MAX_FINDINGS).findings.length;
}

function textsBelow(folders: readonly string[]): [path: string, text: string][] {
  const texts: [string, string][] = [];
  let characters = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !SOURCE.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'utf8');
      if (text.length > MAX_FILE_CHARACTERS) continue;
      texts.push([path, text]);
      characters += text.length;
      if (characters > MAX_CHARACTERS) return texts;
    }
  }
  return texts;
}

function measure(folders: readonly string[]): Figure {
  const inspect = inspectOne();
  const texts = textsBelow(folders);
  const megabytes = texts.reduce((sum, [, text]) => sum + text.length, 0) / 1e6;
  const pass = () => texts.reduce((sum, [path, text]) => sum + inspect(path, text), 0);
  const findings = pass();
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  let passes = 0;
  while (performance.now() - started < seconds * 1000) {
    pass();
    passes += 1;
  }
  const took = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    mbPerSecond: (passes * megabytes) / took,
    mbPerCpuSecond: (passes * megabytes) / ((user + system) / 1e6),
    findings,
    megabytes,
  };
}

const own = OWN.map((folder) => join(root, folder));
const published = [join(root, 'node_modules')];

function inWorker(): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { argv: [String(seconds)] });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function main(): Promise<void> {
  const source = measure(own);
  const packages = measure(published);
  const both = await Promise.all([inWorker(), inWorker()]);
  process.stdout.write(
    `${JSON.stringify({
      benchmark: 'secrets',
      own_mb: Number(source.megabytes.toFixed(1)),
      own_mb_per_s: Math.round(source.mbPerSecond),
      own_mb_per_cpu_s: Math.round(source.mbPerCpuSecond),
      own_findings: source.findings,
      packages_mb: Number(packages.megabytes.toFixed(1)),
      packages_mb_per_s: Math.round(packages.mbPerSecond),
      packages_mb_per_cpu_s: Math.round(packages.mbPerCpuSecond),
      packages_findings: packages.findings,
      own_two_workers_mb_per_s: Math.round(both[0] + both[1]),
    })}\n`,
  );
}

if (isMainThread) {
  void main();
} else {
  parentPort?.postMessage(measure(own).mbPerSecond);
}
