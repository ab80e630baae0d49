import 'reflect-metadata';
import { openSqliteDatabase } from '../../src/platform/embedded/sqlite-database';

/* A second process for tests: opens the database that it is told, says so, and holds it until somebody ends it. */

async function hold(file: string): Promise<void> {
  const database = await openSqliteDatabase(file);
  process.stdout.write('open\n');
  // Named for as long as we live: a connection that nobody can reach any more is collected, and closed with its lock.
  setInterval(() => database, 60_000);
}

void hold(process.argv[2] ?? '');
