import { UserError } from '@securescan/core';
import Database from 'better-sqlite3';
import { isSqliteError } from './sqlite-errors';

/** Held for as long as a process uses a database. */
export interface DatabaseLock {
  release(): void;
}

/**
 * Keeps a second server off the same database: an open exclusive transaction on a small SQLite file beside it. The kernel
 * frees it with the process, however that ends, so nothing stale is ever left; the file itself stays and means nothing.
 * @throws UserError DATABASE_IN_USE where another process, or another lock of this one, holds it.
 */
export function lockDatabase(databaseFile: string): DatabaseLock {
  const connection = new Database(`${databaseFile}.lock`, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (isSqliteError(error, 'SQLITE_BUSY')) {
      throw new UserError(
        'DATABASE_IN_USE',
        `Another SecureScan process is using the database ${databaseFile}. Stop it first, or give this one a database of its own with SECURESCAN_DB_PATH.`,
        { cause: error },
      );
    }
    throw error;
  }
  return {
    release: () => {
      connection.close();
    },
  };
}
