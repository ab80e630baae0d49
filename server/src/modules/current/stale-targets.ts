import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { CurrentState } from './current-state.service';

const STALE = `SELECT "id" FROM "targets" WHERE "is_stale" = 1`;

/** Counts targets anew before anybody asks, where an older version of the database did not know what is there now. */
@Injectable()
export class StaleTargets implements OnApplicationBootstrap {
  constructor(
    private readonly database: ReadDatabase,
    private readonly state: CurrentState,
    private readonly units: UnitOfWork,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const stale = await this.database.manager.query<{ id: string }[]>(STALE);
    for (const { id } of stale) await this.units.run((tx) => this.state.rebuild(tx, id));
  }
}
