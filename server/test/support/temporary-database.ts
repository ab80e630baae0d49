import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { OpenDatabase } from '../../src/database/database';
import { ReadDatabase } from '../../src/database/database';
import { DomainEvents } from '../../src/domain-events/domain-events';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { openSqliteDatabase } from '../../src/platform/embedded/sqlite-database';
import { SystemClock } from '../../src/platform/embedded/system-clock';
import { putMigratedDatabase } from './migrated-database';

/** A real, migrated database in a directory of its own, with everything that writes to it and reads from it. */
export interface TemporaryDatabase {
  readonly file: string;
  readonly database: OpenDatabase;
  readonly read: ReadDatabase;
  readonly events: DomainEvents;
  readonly unitOfWork: UnitOfWork;
  /** Ends the queued writes, closes the database and removes the directory. */
  dispose(): Promise<void>;
}

export async function openTemporaryDatabase(): Promise<TemporaryDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'securescan-database-'));
  const file = join(directory, 'scans.db');
  await putMigratedDatabase(file);
  const database = await openSqliteDatabase(file);
  const events = new DomainEvents(new EventEmitter2());
  const unitOfWork = new UnitOfWork(database, events, new SystemClock());
  return {
    file,
    database,
    read: new ReadDatabase(database),
    events,
    unitOfWork,
    dispose: async () => {
      await unitOfWork.close();
      await events.settled();
      await database.close();
      await rm(directory, { recursive: true });
    },
  };
}
