import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../../database/database';
import type { RunField } from '../../findings/finding-run.entity';
import { BatchedRanges } from '../../findings/lists/batched-ranges';
import type { ListedScan } from '../../findings/lists/listed-scan';
import type { PositionRange, PositionSet } from '../../findings/lists/position-set';
import { NUMBERS_OF_A_SCAN } from '../../findings/scan-number.entity';
import { placeOf, rankAt } from '../current-scan.entity';

/** Runs, or scans, that are read in one go. */
const ROWS_OF_A_BATCH = 500;

const SHOWN = `SELECT "first_place" AS "first", "last_place" AS "last" FROM "current_runs"`;
const IN_ORDER = `"last_place" >= ? ORDER BY "last_place" LIMIT ${ROWS_OF_A_BATCH}`;
const SCANS = `SELECT current."rank", scan."id", scan."project", scan."findings_count" AS "findingsCount",
    scan."suppressed_count" AS "suppressedCount" FROM`;
const ITS_SCAN = `CROSS JOIN "scans" AS scan ON scan."id" = current."scan_id"`;
const ITS_CURRENT = `CROSS JOIN "current_scans" AS current ON current."scan_id" = pair."scan_id"`;

/** Every statement that finds what is there now; a test asks the database how it would run each. */
export const CURRENT_STATEMENTS = {
  shown: `${SHOWN} WHERE ${IN_ORDER}`,
  shownOfTarget: `${SHOWN} WHERE "target_id" = ? AND ${IN_ORDER}`,
  shownOfProject: `${SHOWN} WHERE "project" = ? AND ${IN_ORDER}`,
  withValue: `SELECT scan."rank" * ${NUMBERS_OF_A_SCAN} + run."first_position" AS "first",
      scan."rank" * ${NUMBERS_OF_A_SCAN} + run."last_position" AS "last"
    FROM "current_scans" AS scan CROSS JOIN "finding_runs" AS run ON run."scan_id" = scan."scan_id"
    WHERE scan."rank" >= ? AND run."field" = ? AND run."value" = ?
      AND run."last_position" >= CASE WHEN scan."rank" = ? THEN ? ELSE 0 END
    ORDER BY scan."rank", run."last_position" LIMIT ${ROWS_OF_A_BATCH}`,
  scans: `${SCANS} "current_scans" AS current ${ITS_SCAN}
    WHERE current."rank" > ? ORDER BY current."rank" LIMIT ${ROWS_OF_A_BATCH}`,
  scansOfTarget: `${SCANS} "current_outcomes" AS pair ${ITS_CURRENT} ${ITS_SCAN} WHERE pair."target_id" = ?`,
  scansOfProject: `${SCANS} "targets" AS target
    CROSS JOIN "current_outcomes" AS pair ON pair."target_id" = target."id" ${ITS_CURRENT} ${ITS_SCAN}
    WHERE target."project" = ?`,
} as const;

/** Whose findings a list is about: one target's, one project's, or all. */
export interface CurrentScope {
  readonly targetId: string | null;
  readonly project: string | null;
}

/** A scan of which something is there now. */
export interface RankedScan extends ListedScan {
  readonly rank: number;
}

/** Where findings are that are there now, from indexes alone: sets of places over all scans. */
@Injectable()
export class CurrentIndexRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Everything that is there now. */
  shown({ targetId, project }: CurrentScope): PositionSet {
    const { manager } = this.database;
    return new BatchedRanges((from) => {
      if (targetId !== null) {
        return manager.query<PositionRange[]>(CURRENT_STATEMENTS.shownOfTarget, [targetId, from]);
      }
      return project === null
        ? manager.query<PositionRange[]>(CURRENT_STATEMENTS.shown, [from])
        : manager.query<PositionRange[]>(CURRENT_STATEMENTS.shownOfProject, [project, from]);
    }, ROWS_OF_A_BATCH);
  }

  /** What has a value in any scan that a target's state is made of, whether or not it is shown. */
  withValue(field: RunField, value: string): PositionSet {
    const { manager } = this.database;
    return new BatchedRanges((from) => {
      const rank = rankAt(from);
      const position = from - placeOf(rank, 0);
      const parameters = [rank, field, value, rank, position];
      return manager.query<PositionRange[]>(CURRENT_STATEMENTS.withValue, parameters);
    }, ROWS_OF_A_BATCH);
  }

  /** The scans that the state is made of, newest first. */
  async scans(scope: CurrentScope): Promise<readonly RankedScan[]> {
    const { manager } = this.database;
    if (scope.targetId === null && scope.project === null) return this.allScans();
    const rows =
      scope.targetId === null
        ? await manager.query<RankedScan[]>(CURRENT_STATEMENTS.scansOfProject, [scope.project])
        : await manager.query<RankedScan[]>(CURRENT_STATEMENTS.scansOfTarget, [scope.targetId]);
    const byRank = new Map(rows.map((row) => [row.rank, row]));
    return [...byRank.values()].sort((a, b) => a.rank - b.rank);
  }

  private async allScans(): Promise<RankedScan[]> {
    const all: RankedScan[] = [];
    for (;;) {
      const rows = await this.database.manager.query<RankedScan[]>(CURRENT_STATEMENTS.scans, [
        all.at(-1)?.rank ?? -1,
      ]);
      all.push(...rows);
      if (rows.length < ROWS_OF_A_BATCH) return all;
    }
  }
}
