import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { OpenDatabase } from '../database/database';
import { DomainEvents } from './domain-events';
import { UnitOfWork } from './unit-of-work';

/**
 * Lets the queued writes and the reactions to them end, then closes the database. It is the last phase of a shutdown:
 * whoever writes while stopping does so before it, in `onModuleDestroy` or `beforeApplicationShutdown`.
 */
@Injectable()
export class DatabaseShutdown implements OnApplicationShutdown {
  constructor(
    private readonly database: OpenDatabase,
    private readonly events: DomainEvents,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.events.settled();
    await this.unitOfWork.close();
    await this.events.settled();
    await this.database.close();
  }
}
