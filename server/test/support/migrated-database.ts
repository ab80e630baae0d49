import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteDatabase } from '../../src/platform/embedded/sqlite-database';

let isFirst = true;
let migrated: Promise<Buffer> | undefined;

/**
 * Puts an empty database where one will be opened, with all migrations run, which take half the time of a start. The first of a
 * test file is left to migrate by itself: most files need no other.
 */
export async function putMigratedDatabase(file: string): Promise<void> {
  if (isFirst) {
    isFirst = false;
    return;
  }
  migrated ??= migratedDatabase();
  await writeFile(file, await migrated, { mode: 0o600 });
}

async function migratedDatabase(): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'securescan-migrated-'));
  const file = join(directory, 'scans.db');
  const database = await openSqliteDatabase(file);
  await database.close();
  const bytes = await readFile(file);
  await rm(directory, { recursive: true });
  return bytes;
}
