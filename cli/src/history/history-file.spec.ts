import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEntry } from './history-entry';
import { HistoryFile } from './history-file';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'history-'));
  path = join(directory, 'history.jsonl');
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function anEntry(target: string): HistoryEntry {
  return {
    started_at: '2026-01-31T12:00:00.000Z',
    ended_at: '2026-01-31T12:00:01.000Z',
    target,
    project: null,
    scan_types: ['code'],
    status: 'completed',
    findings_count: 1,
    counts: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
    suppressed_count: 0,
    risk_score: 12.5,
    exit_code: 0,
    tool_version: '1.2.3',
  };
}

async function targets(file: HistoryFile, limit = 1000): Promise<string[]> {
  return (await file.read(limit)).entries.map(({ target }) => target);
}

it('gives back what was added, newest first, as far as it is asked for', async () => {
  const file = new HistoryFile(path);
  expect(await file.read(10)).toEqual({ entries: [], brokenLines: 0 });
  for (const target of ['/a', '/b\n', '/c']) await file.append(anEntry(target));
  expect(await file.read(2)).toEqual({
    entries: [anEntry('/c'), anEntry('/b\n')],
    brokenLines: 0,
  });
});

it('is for its owner alone, a file that was made with other rights too', async () => {
  writeFileSync(path, '');
  chmodSync(path, 0o644);
  await new HistoryFile(path).append(anEntry('/a'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('skips what is no entry and counts it, and a line that was cut off spoils no other', async () => {
  const whole = JSON.stringify(anEntry('/old'));
  const other = JSON.stringify({ ...anEntry('/x'), started_at: 5 });
  writeFileSync(path, `${whole}\n[]\n${other}\n\n${whole.slice(0, 40)}`);
  const file = new HistoryFile(path);
  await file.append(anEntry('/new'));
  const { entries, brokenLines } = await file.read(10);
  expect(entries.map(({ target }) => target)).toEqual(['/new', '/old']);
  expect(brokenLines).toBe(3);
});

it('takes a figure of another kind for none', async () => {
  const odd = { ...anEntry('/a'), risk_score: '9', counts: { critical: 1 }, exit_code: null };
  writeFileSync(path, `${JSON.stringify(odd)}\n`);
  expect((await new HistoryFile(path).read(1)).entries[0]).toMatchObject({
    risk_score: null,
    counts: null,
    exit_code: null,
  });
});

it.each([
  ['lines', { lines: 10, bytes: 1_000_000 }],
  ['bytes', { lines: 1_000, bytes: 3_000 }],
])('keeps at least the newest half when there are too many %s', async (_name, limits) => {
  const file = new HistoryFile(path, limits);
  const names = Array.from({ length: 57 }, (_, index) => `/${index}`);
  for (const name of names) await file.append(anEntry(name));
  const kept = await targets(file);
  expect(kept).toEqual([...names].reverse().slice(0, kept.length));
  expect(kept.length).toBeGreaterThanOrEqual(9);
  expect(kept.length).toBeLessThanOrEqual(20);
  expect(statSync(path, { throwIfNoEntry: false })?.size ?? 0).toBeLessThanOrEqual(4_000);
});

it('loses no line of many that are added at once, and cuts none', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `/${index}`);
  await Promise.all(names.map((name) => new HistoryFile(path).append(anEntry(name))));
  const { entries, brokenLines } = await new HistoryFile(path).read(1000);
  expect(brokenLines).toBe(0);
  expect(new Set(entries.map(({ target }) => target))).toEqual(new Set(names));
});

it('leaves the rotation to whoever holds the lock, until that one must be gone', async () => {
  const lock = `${path}.lock`;
  writeFileSync(lock, '');
  const file = new HistoryFile(path, { lines: 2, bytes: 1_000_000 });
  for (const target of ['/a', '/b', '/c']) await file.append(anEntry(target));
  expect(existsSync(`${path}.1`)).toBe(false);
  utimesSync(lock, 1, 1);
  for (const target of ['/d', '/e']) await file.append(anEntry(target));
  expect(existsSync(lock)).toBe(false);
  expect(readFileSync(`${path}.1`, 'utf8').split('\n')).toHaveLength(6);
  expect(await targets(file)).toEqual(['/e', '/d', '/c', '/b', '/a']);
});

it('writes through no link and into no directory', async () => {
  const other = join(directory, 'other');
  writeFileSync(other, 'mine');
  symlinkSync(other, path);
  await expect(new HistoryFile(path).append(anEntry('/a'))).rejects.toMatchObject({
    code: 'ELOOP',
  });
  expect(readFileSync(other, 'utf8')).toBe('mine');
  await expect(new HistoryFile(directory).append(anEntry('/a'))).rejects.toMatchObject({
    code: 'EISDIR',
  });
});
