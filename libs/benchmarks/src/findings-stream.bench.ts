import 'reflect-metadata';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { MadeScan } from './made-scan';
import { type ServedScans, serveScans } from './served-scans';

/*
 * All findings of a large scan in one answer, as lines and as reports: how long, how much memory, how long the event loop is held.
 * npm run bench -- findings-stream [findings]
 */

const [findings = 100_000] = process.argv.slice(2).map(Number);
const SCAN: MadeScan = { id: '00000000-0000-4000-8000-000000000001', project: 'bench', findings };
const ROUNDS = 3;
const LINE_END = 10;
const REST_MS = 200;

interface Answer {
  readonly name: string;
  /** Behind the address of the scan. */
  readonly path: string;
  readonly coding: 'identity' | 'gzip';
}

const ANSWERS: readonly Answer[] = [
  { name: 'lines', path: 'findings', coding: 'identity' },
  { name: 'lines', path: 'findings', coding: 'gzip' },
  { name: 'sarif', path: 'report?format=sarif', coding: 'identity' },
  { name: 'json', path: 'report?format=json', coding: 'identity' },
  { name: 'csv', path: 'report?format=csv', coding: 'identity' },
];

async function download(
  server: ServedScans,
  { name, path, coding }: Answer,
): Promise<Record<string, unknown>> {
  await server.report();
  await delay(REST_MS);
  const before = await server.report();
  const asked = performance.now();
  const answer = await fetch(`${server.url}/api/v1/scans/${SCAN.id}/${path}`, {
    headers: { accept: 'application/x-ndjson', 'accept-encoding': coding },
  });
  if (!answer.ok || answer.body === null) throw new Error(`It answered ${answer.status}.`);
  let lines = 0;
  let bytes = 0;
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.byteLength;
    for (const byte of piece) if (byte === LINE_END) lines += 1;
  }
  const ms = Math.round(performance.now() - asked);
  const during = await server.report();
  return {
    bench: 'findings-stream',
    answer: name,
    coding,
    lines,
    bytes,
    ms,
    blocked_max_ms: Math.round(during.blockedMs),
    rss_growth_mb: Math.round((during.mostBytes - before.mostBytes) / 1e6),
  };
}

async function run(): Promise<void> {
  const server = await serveScans((writer) => writer.write(SCAN));
  try {
    for (const answer of ANSWERS) {
      for (let round = 0; round < ROUNDS; round += 1) {
        process.stdout.write(`${JSON.stringify(await download(server, answer))}\n`);
      }
    }
  } finally {
    await server.close();
  }
}

void run();
