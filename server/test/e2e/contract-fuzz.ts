import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { addressOf, spawnServer, stopServer } from './built-server';
import { writeTree } from './test-server';

const KEY = `env-${randomToken(40, 71)}`;

/** How a run of schemathesis ended, with what it printed. */
export interface FuzzRun {
  readonly code: number | null;
  readonly report: string;
}

async function seedScan(url: string, root: string): Promise<void> {
  const headers = { 'x-api-key': KEY, 'content-type': 'application/json' };
  const body = JSON.stringify({ target_path: root, scanners: ['dockerfile'] });
  const made = await fetch(`${url}/api/v1/scans`, { method: 'POST', headers, body });
  const { id } = (await made.json()) as ScanBody;
  const events = await fetch(`${url}/api/v1/scans/${id}/events`, { headers: { 'x-api-key': KEY } });
  // The stream ends with the scan.
  await events.text();
}

/** A request that is too long to be read is refused with 431, which schemathesis does not expect by itself. */
const SETTINGS = `[checks]
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "413", "414", "415", "422", "429", "431"]
`;

function schemathesis(url: string, directory: string, words: readonly string[]): Promise<FuzzRun> {
  const settings = join(directory, 'schemathesis.toml');
  writeFileSync(settings, SETTINGS);
  const child = spawn(
    'schemathesis',
    [
      ...['--config-file', settings],
      'run',
      `${url}/openapi.json`,
      ...['--header', `X-API-Key: ${KEY}`],
      ...['--checks', 'all'],
      // What the schema of one field cannot say, the rules between fields do: a valid shape may still be refused with 422.
      ...['--exclude-checks', 'positive_data_acceptance'],
      ...['--request-timeout', '10', '--no-color'],
      ...words,
    ],
    { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let report = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (report += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (report += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, report });
    });
  });
}

/** Lets schemathesis try everything that the description of the API says, and much that it forbids, on the built server. */
export async function fuzzContract(words: readonly string[]): Promise<FuzzRun> {
  const directory = mkdtempSync(join(tmpdir(), 'securescan-fuzz-'));
  const root = join(directory, 'root');
  await mkdir(root);
  await writeTree(root, { Dockerfile: 'FROM ubuntu:latest\nUSER root\n' });
  const server = spawnServer({
    HOME: directory,
    PATH: '/usr/bin:/bin',
    SECURESCAN_DB_PATH: join(directory, 'scans.db'),
    SECURESCAN_SCAN_ROOTS: root,
    SECURESCAN_API_KEY: KEY,
    SECURESCAN_AUTH_FAILURES_PER_MIN: '100000',
    SECURESCAN_MAX_QUEUED_SCANS: '20',
    SECURESCAN_LOG_LEVEL: 'error',
  });
  try {
    const url = await addressOf(server);
    await seedScan(url, root);
    return await schemathesis(url, directory, words);
  } finally {
    await stopServer(server);
    rmSync(directory, { recursive: true, force: true });
  }
}
