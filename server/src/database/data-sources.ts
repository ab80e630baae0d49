import { DataSource } from 'typeorm';
import { ENTITIES } from './entities';
import { MIGRATIONS } from './migrations';

/** How long a connection waits for a lock that a backup or a checkpoint holds. */
const BUSY_TIMEOUT_MS = 5000;

/** The part of a better-sqlite3 connection that is needed before TypeORM takes it over. */
interface PragmaConnection {
  pragma(source: string): unknown;
}

/** The one connection that writes. It makes the file if there is none; migrations are run by whoever opens it. */
export function createWriterDataSource(file: string): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    entities: ENTITIES,
    migrations: [...MIGRATIONS],
    migrationsTransactionMode: 'each',
    synchronize: false,
    timeout: BUSY_TIMEOUT_MS,
    prepareDatabase: (connection: PragmaConnection) => {
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = NORMAL');
      connection.pragma('trusted_schema = OFF');
      // A thread folds the log into the file long before that; this is for the day on which it cannot.
      connection.pragma('wal_autocheckpoint = 250000');
      // The log is cut back to this after a checkpoint; below it, because that too takes its time, it is written over.
      connection.pragma('journal_size_limit = 268435456');
      connection.pragma('cache_size = -32768');
    },
  });
}

/** A connection that cannot write. Open it after the writer, which makes the file and its log. */
export function createReaderDataSource(file: string): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    entities: ENTITIES,
    synchronize: false,
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
    prepareDatabase: (connection: PragmaConnection) => {
      connection.pragma('trusted_schema = OFF');
      connection.pragma('cache_size = -32768');
      connection.pragma('temp_store = MEMORY');
    },
  });
}
