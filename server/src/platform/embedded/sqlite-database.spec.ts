import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UserError } from '@securescan/core';
import { explainOpenFailure } from './sqlite-errors';
import { openSqliteDatabase } from './sqlite-database';

jest.setTimeout(60_000);

const SUPPORT = join(__dirname, '..', '..', '..', 'test', 'support');

describe('openSqliteDatabase', () => {
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'securescan-open-'));
    file = join(directory, 'scans.db');
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  /** Another process that has the database open. */
  async function startHolder(): Promise<ChildProcess> {
    const holder = spawn(
      process.execPath,
      ['-r', join(SUPPORT, 'run-typescript.cjs'), join(SUPPORT, 'hold-database.ts'), file],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    return holder;
  }

  it('keeps a second process out while the first one lives, and not a moment longer', async () => {
    const holder = await startHolder();
    const refusal = openSqliteDatabase(file);
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toMatchObject({
      code: 'DATABASE_IN_USE',
      message: expect.stringMatching(/scans\.db.*SECURESCAN_DB_PATH/) as unknown,
    });

    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;

    const database = await openSqliteDatabase(file);
    await database.close();
  });

  it('keeps a second opening of the same process out, and opens again after the close', async () => {
    const first = await openSqliteDatabase(file);
    await expect(openSqliteDatabase(file)).rejects.toMatchObject({ code: 'DATABASE_IN_USE' });
    await first.close();

    const second = await openSqliteDatabase(file);
    await second.close();
  });

  it('makes the directory for its owner alone', async () => {
    const nested = join(directory, 'a', 'b', 'scans.db');

    const database = await openSqliteDatabase(nested);
    await database.close();

    expect(statSync(join(directory, 'a', 'b')).mode & 0o777).toBe(0o700);
  });

  it('sets up both connections', async () => {
    const database = await openSqliteDatabase(file);
    const settings = async (source: typeof database.reader): Promise<unknown[]> =>
      Promise.all(
        ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'busy_timeout'].map(
          async (name) =>
            Object.values((await source.query<object[]>(`PRAGMA ${name}`))[0] ?? {})[0],
        ),
      );
    const writer = await settings(database.writer);
    const [, , foreignKeys, trustedSchema, busyTimeout] = await settings(database.reader);
    await database.close();

    expect(writer).toEqual(['wal', 1, 1, 0, 5000]);
    expect([foreignKeys, trustedSchema, busyTimeout]).toEqual([1, 0, 5000]);
  });

  it('folds the log into the file when it closes', async () => {
    const database = await openSqliteDatabase(file);
    await database.close();

    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('folds a large log while it is open, beside whoever writes', async () => {
    const database = await openSqliteDatabase(file);
    const rows = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)';
    await database.writer.query('CREATE TABLE ballast (bytes BLOB)');
    await database.writer.query(`INSERT INTO ballast ${rows} SELECT randomblob(1000000) FROM n`);
    expect(statSync(file).size).toBeLessThan(10_000_000);
    while (statSync(file).size < 40_000_000) await nextTurn();
    await database.writer.query('INSERT INTO ballast VALUES (NULL)');
    await database.close();

    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it.each([
    ['a directory that is a file', () => join(file, 'below', 'scans.db')],
    ['a place where nothing can be made', () => '/sys/securescan/scans.db'],
    ['a path that is a directory', () => directory],
  ])('says what to do about %s', async (_case, path) => {
    await writeFile(file, '');

    const attempt = openSqliteDatabase(path());

    await expect(attempt).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('SECURESCAN_DB_PATH') as unknown,
    });
  });

  it('says what to do about a file that is no database, and leaves it alone', async () => {
    await writeFile(
      file,
      'These are notes, not rows, and long enough to be taken for a header. '.repeat(9),
    );

    await expect(openSqliteDatabase(file)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(openSqliteDatabase(file)).rejects.toThrow('not a sound SQLite database');
  });
});

describe('explainOpenFailure', () => {
  it.each([
    ['SQLITE_FULL', 'DISK_FULL'],
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['SQLITE_CANTOPEN', 'CONFIG_INVALID'],
    ['SQLITE_READONLY_DIRECTORY', 'CONFIG_INVALID'],
    ['EROFS', 'CONFIG_INVALID'],
  ])('makes a sentence of %s, also within a wrapper of TypeORM', (code, expected) => {
    expect(explainOpenFailure({ code }, '/x/scans.db')).toMatchObject({ code: expected });
    expect(explainOpenFailure({ driverError: { code } }, '/x/scans.db')).toMatchObject({
      code: expected,
    });
  });

  it('passes on what it does not know', () => {
    const error = new UserError('DATABASE_IN_USE', 'held');

    expect(explainOpenFailure(error, '/x/scans.db')).toBe(error);
    expect(explainOpenFailure('odd', '/x/scans.db')).toBe('odd');
  });
});
