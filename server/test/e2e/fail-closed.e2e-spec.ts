import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import Database from 'better-sqlite3';
import { spawnServer } from './built-server';
import {
  asOwner,
  ENVIRONMENT,
  type Guarded,
  guarded,
  remove,
  statusOf,
  welcomed,
} from './strangers';

jest.setTimeout(60_000);

let server: Guarded;

async function start(): Promise<void> {
  server = await guarded();
  expect(await welcomed(server)).toEqual([]);
  expect(await asOwner(server)).toBe(200);
}

describe('nobody comes in because the database', () => {
  beforeAll(start);
  afterAll(() => remove(server));

  afterEach(async () => {
    // Where the cause goes away, so does the trouble.
    expect(await asOwner(server)).toBe(200);
    expect(await welcomed(server)).toEqual([]);
  });

  it('was moved away', async () => {
    const parts = ['', '-wal', '-shm'].map((end) => `${server.file}${end}`);
    for (const part of parts) await rename(part, `${part}.moved`);
    try {
      expect(await welcomed(server)).toEqual([]);
    } finally {
      for (const part of parts) await rename(`${part}.moved`, part);
    }
  });

  it('is locked against writing by another process', async () => {
    const other = new Database(server.file);
    try {
      other.exec('BEGIN EXCLUSIVE');
      expect(await welcomed(server)).toEqual([]);
    } finally {
      other.close();
    }
  });

  it('is out of descriptors, as is the rest of the process', async () => {
    const pid = String(server.child.pid);
    const limit = (count: number | string) =>
      execFileSync('prlimit', ['--pid', pid, `--nofile=${count}:`]);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await statusOf(`${server.url}/health`, 'GET', {}, agent);
    const asked = ['--pid', pid, '--nofile', '-o', 'SOFT', '--noheadings'];
    const before = execFileSync('prlimit', asked, { encoding: 'utf8' }).trim();
    limit(lowestFreeDescriptor(pid));
    try {
      let isAnswered = false;
      // Over a connection of its own, for which there is no descriptor.
      const another = asOwner(server).then(
        () => (isAnswered = true),
        () => undefined,
      );
      expect(await welcomed(server, agent)).toEqual([]);
      expect(isAnswered).toBe(false);
      limit(before);
      await another;
    } finally {
      limit(before);
      agent.destroy();
    }
  });
});

/** The one that the next file or socket would get; under a limit of that number there is no next one. */
function lowestFreeDescriptor(pid: string): number {
  const used = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let free = 0;
  while (used.has(free)) free += 1;
  return free;
}

describe('nobody comes in where the database is broken behind the back of the server', () => {
  beforeEach(start);
  afterEach(() => remove(server));

  it('and the table of the keys is gone', async () => {
    const other = new Database(server.file);
    other.pragma('foreign_keys = OFF');
    other.exec('DROP TABLE api_keys');
    other.close();
    expect(await welcomed(server)).toEqual([]);
    expect(await asOwner(server)).toBe(503);
  });

  it('and its file holds nothing but zeros, nor does a server start on that, or on no file at all', async () => {
    const { size } = await stat(server.file);
    await writeFile(server.file, Buffer.alloc(size), { flag: 'r+' });
    expect(await welcomed(server)).toEqual([]);
    server.child.kill('SIGKILL');
    await server.exit;
    for (const part of ['-wal', '-shm']) await rm(`${server.file}${part}`, { force: true });
    const refusal = async () => {
      const again = spawnServer({ ...ENVIRONMENT, HOME: server.home });
      const { code } = await again.exit;
      return [code === 0, again.output().stdout, again.output().stderr.includes(server.file)];
    };
    expect(await refusal()).toEqual([false, '', true]);
    await rm(server.file);
    await mkdir(server.file);
    expect(await refusal()).toEqual([false, '', true]);
  });
});
