import { access, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '@securescan/core';
import type { DataSource } from 'typeorm';
import { createReaderDataSource, createWriterDataSource } from '../../database/data-sources';
import { OpenDatabase } from '../../database/database';
import { lockDatabase } from './database-lock';
import type { DatabaseLock } from './database-lock';
import { LogFolder } from './log-folder';
import { explainOpenFailure, explainReadFailure } from './sqlite-errors';

class SqliteDatabase extends OpenDatabase {
  constructor(
    readonly writer: DataSource,
    readonly reader: DataSource,
    private readonly lock: DatabaseLock,
    private readonly log: LogFolder,
  ) {
    super();
  }

  discardRunner(): void {
    // TypeORM keeps the one runner of this driver here and has no way to ask for another.
    Reflect.set(this.writer.driver, 'queryRunner', undefined);
  }

  room(): Promise<void> {
    return this.log.room();
  }

  async close(): Promise<void> {
    await this.log.close();
    // The writer last: it folds the log into the file once nobody reads from it any more.
    await this.reader.destroy();
    await this.writer.destroy();
    await this.log.release();
    this.lock.release();
  }
}

/**
 * Locks, opens and migrates the database of an installation; makes its directory, for its owner alone, if there is none.
 * @throws UserError DATABASE_IN_USE, DISK_FULL or CONFIG_INVALID with a sentence that says what to do.
 */
export async function openSqliteDatabase(file: string): Promise<OpenDatabase> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const lock = lockDatabase(file);
    try {
      return await openBehindLock(file, lock);
    } catch (error) {
      // Whatever it was, a start that failed must not keep the next one out.
      lock.release();
      throw error;
    }
  } catch (error) {
    // Expected: no such place, no right to write there, no room, or not a database.
    throw explainOpenFailure(error, file);
  }
}

/**
 * Opens a database to read from it and nothing else, without the lock, so also beside a running server.
 * @throws UserError CONFIG_INVALID where there is none.
 */
export async function openForReading(file: string): Promise<DataSource> {
  const reader = createReaderDataSource(file);
  try {
    // TypeORM would make the directory even for a connection that only reads.
    await access(file);
    await reader.initialize();
    await assertOurTables(reader, file);
    return reader;
  } catch (error) {
    // Expected: no such file, no right to read it, not a database, or one of something else.
    if (reader.isInitialized) await reader.destroy();
    throw explainReadFailure(error, file);
  }
}

async function assertOurTables(reader: DataSource, file: string): Promise<void> {
  const [found] = await reader.query<{ count: number }[]>(
    `SELECT count(*) AS "count" FROM "sqlite_master"
      WHERE "type" = 'table' AND "name" IN ('audit_log', 'finding_state_history', 'retention')`,
  );
  if (found?.count === 3) return;
  throw new UserError(
    'CONFIG_INVALID',
    `The file ${file} is no database of this version of SecureScan. Set SECURESCAN_DB_PATH to the one that the server uses.`,
  );
}

async function openBehindLock(file: string, lock: DatabaseLock): Promise<OpenDatabase> {
  const writer = createWriterDataSource(file);
  const reader = createReaderDataSource(file);
  try {
    await writer.initialize();
    await writer.runMigrations();
    await reader.initialize();
    return new SqliteDatabase(writer, reader, lock, new LogFolder(file));
  } catch (error) {
    // Whatever it was: nothing stays open behind it.
    await Promise.all(
      [reader, writer].filter((source) => source.isInitialized).map((source) => source.destroy()),
    );
    throw error;
  }
}
