import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { expiryOf, VerdictChanges } from './verdict-changes';
import { VerdictsRepository } from './verdicts.repository';

/** A unit holds the only writing connection, so it is kept short. */
const VERDICTS_PER_UNIT = 200;

/** Writes down what has lapsed. It counts no longer from its time on, whether or not that has been done. */
@Injectable()
export class VerdictExpiry {
  constructor(
    private readonly verdicts: VerdictsRepository,
    private readonly changes: VerdictChanges,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** A bounded number of verdicts in each unit, those that lapsed first to begin with. @returns how many. */
  async apply(isStopping: () => boolean): Promise<number> {
    let lapsed = 0;
    while (!isStopping()) {
      const count = await this.units.run(async (tx) => {
        const now = this.clock.now().toISOString();
        const rows = await this.verdicts.lapsed(tx.manager, now, VERDICTS_PER_UNIT);
        await this.changes.write(
          tx,
          rows.map((row) => expiryOf(row, now)),
        );
        return rows.length;
      });
      lapsed += count;
      if (count === 0) break;
    }
    return lapsed;
  }
}
