import { Injectable } from '@nestjs/common';
import { SEVERITIES, type SeverityCountsBody } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import { ReadDatabase } from '../../database/database';
import type { InsightScope } from '../insight/insight-scopes.repository';

const TARGETS_OF_A_BATCH = 200;
const SCANS_OF_A_BATCH = 250;

/** What one scanner said of one target in one scan. */
export interface ScannerWord {
  readonly targetId: string;
  readonly scanner: string;
  readonly scanId: string;
  /** When the scan was asked for: of two, the word of the one that was asked for later counts. */
  readonly createdAt: string;
  readonly completedAt: string;
}

/** With how many active findings of each severity the scan lists under the scanner. */
export interface CountedWord extends ScannerWord {
  readonly counts: Readonly<SeverityCountsBody>;
}

const NOTHING: Readonly<SeverityCountsBody> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

/** Of the project, where one is named. */
const SCANS = `SELECT "id", "completed_at" AS "completedAt" FROM "scans"
  WHERE "status" = 'completed' AND ("completed_at", "id") > (?, ?) AND "completed_at" < ?
    AND "hidden_at" IS NULL AND "project" = coalesce(?, "project")
  ORDER BY "completed_at", "id" LIMIT ?`;

const COUNTED = SEVERITIES.map(
  (name) => `coalesce(sum("findings_count") FILTER (WHERE "severity" = '${name}'), 0) AS "${name}"`,
).join(', ');

/** Every statement behind the trends; a test asks the database how it would run each. */
export const TREND_STATEMENTS = {
  targets: `SELECT "id" FROM "targets"`,
  targetsOfProject: `SELECT "id" FROM "targets" WHERE "project" = ?`,
  target: `SELECT "id" FROM "targets" WHERE "id" = ? AND "project" = coalesce(?, "project")`,
  /** Of each scanner that told of some targets, its latest word before a time. */
  before: `SELECT pair."target_id" AS "targetId", pair."scanner" AS "scanner", scan."id" AS "scanId",
      scan."created_at" AS "createdAt", scan."completed_at" AS "completedAt"
    FROM json_each(?) AS wanted
    CROSS JOIN "current_outcomes" AS pair ON pair."target_id" = wanted."value"
    CROSS JOIN "scans" AS scan ON scan."id" = (
      SELECT link."scan_id" FROM "target_scans" AS link
      CROSS JOIN "scans" AS earlier ON earlier."id" = link."scan_id"
      CROSS JOIN "scanner_outcomes" AS outcome
        ON outcome."scan_id" = link."scan_id" AND outcome."scanner" = pair."scanner"
      WHERE link."target_id" = pair."target_id" AND link."scan_type" = pair."scan_type" AND link."created_at" < ?
        AND earlier."status" = 'completed' AND earlier."hidden_at" IS NULL AND earlier."completed_at" < ?
        AND outcome."status" = 'completed'
      ORDER BY link."created_at" DESC, link."scan_id" DESC LIMIT 1)`,
  scans: SCANS,
  /** In the order of the scans. */
  words: `SELECT link."target_id" AS "targetId", outcome."scanner" AS "scanner", scan."id" AS "scanId",
      scan."created_at" AS "createdAt", scan."completed_at" AS "completedAt"
    FROM json_each(?) AS wanted CROSS JOIN "scans" AS scan ON scan."id" = wanted."value"
    CROSS JOIN "scanner_outcomes" AS outcome
      ON outcome."scan_id" = scan."id" AND outcome."status" = 'completed'
    CROSS JOIN "target_scans" AS link
      ON link."scan_id" = scan."id" AND link."scan_type" = outcome."scan_type"`,
  counts: `SELECT "scan_id" AS "scanId", "scanner", ${COUNTED} FROM "scan_counts"
    WHERE "scan_id" IN (SELECT "value" FROM json_each(?) AS wanted) GROUP BY "scan_id", "scanner"`,
} as const;

/** A place in the line of completed scans. */
interface CompletedScan {
  readonly id: string;
  readonly completedAt: string;
}

/** Reads what scanners said of targets, and how many findings that is. Findings themselves are never read. */
@Injectable()
export class TrendsRepository {
  constructor(private readonly database: ReadDatabase) {}

  async targets({ project, targetId }: InsightScope): Promise<string[]> {
    const { manager } = this.database;
    const rows = await (targetId !== null
      ? manager.query<{ id: string }[]>(TREND_STATEMENTS.target, [targetId, project])
      : project !== null
        ? manager.query<{ id: string }[]>(TREND_STATEMENTS.targetsOfProject, [project])
        : manager.query<{ id: string }[]>(TREND_STATEMENTS.targets));
    return rows.map(({ id }) => id);
  }

  /** The latest words before a time, with their counts, in batches. */
  async *before(targets: readonly string[], time: string): AsyncGenerator<readonly CountedWord[]> {
    for (let start = 0; start < targets.length; start += TARGETS_OF_A_BATCH) {
      const some = JSON.stringify(targets.slice(start, start + TARGETS_OF_A_BATCH));
      const { manager } = this.database;
      const words = await manager.query<ScannerWord[]>(TREND_STATEMENTS.before, [some, time, time]);
      yield await this.counted(words);
      await nextTurn();
    }
  }

  /** What scanners said from one time on and before another, in the order in which their scans completed, in batches. */
  async *between(
    project: string | null,
    { from, to }: { readonly from: string; readonly to: string },
  ): AsyncGenerator<readonly CountedWord[]> {
    const { manager } = this.database;
    // No id comes before the empty one, so scans of that very time are there too.
    let after: CompletedScan = { completedAt: from, id: '' };
    for (;;) {
      const parameters = [after.completedAt, after.id, to, project, SCANS_OF_A_BATCH];
      const scans = await manager.query<CompletedScan[]>(TREND_STATEMENTS.scans, parameters);
      const ids = JSON.stringify(scans.map(({ id }) => id));
      yield await this.counted(await manager.query<ScannerWord[]>(TREND_STATEMENTS.words, [ids]));
      if (scans.length < SCANS_OF_A_BATCH) return;
      after = scans.at(-1) ?? after;
      await nextTurn();
    }
  }

  private async counted(words: readonly ScannerWord[]): Promise<CountedWord[]> {
    const ids = [...new Set(words.map(({ scanId }) => scanId))];
    const rows = await this.database.manager.query<
      (SeverityCountsBody & { readonly scanId: string; readonly scanner: string })[]
    >(TREND_STATEMENTS.counts, [JSON.stringify(ids)]);
    const counts = new Map(
      rows.map(({ scanId, scanner, ...of }) => [keyOf({ scanId, scanner }), of]),
    );
    return words.map((word) => ({ ...word, counts: counts.get(keyOf(word)) ?? NOTHING }));
  }
}

function keyOf({ scanId, scanner }: Pick<ScannerWord, 'scanId' | 'scanner'>): string {
  return `${scanId} ${scanner}`;
}
