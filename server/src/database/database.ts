import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

/** An opened and migrated database: one connection that writes, one that only reads. */
export abstract class OpenDatabase {
  abstract readonly writer: DataSource;
  abstract readonly reader: DataSource;
  /** Drops the writer's query runner with whatever state it is in; the next one to ask gets a fresh one. */
  abstract discardRunner(): void;
  /** Resolves when there is room for the next unit: at once, but for a writer that is far ahead of the disk. */
  abstract room(): Promise<void>;
  /** Closes both connections and gives the lock back. */
  abstract close(): Promise<void>;
}

/**
 * For queries. Its connection cannot write and sees what is committed, never the middle of a transaction. Whoever writes,
 * and whoever must read what he has just written, goes through the unit of work.
 */
@Injectable()
export class ReadDatabase {
  constructor(private readonly database: OpenDatabase) {}

  get manager(): EntityManager {
    return this.database.reader.manager;
  }
}
