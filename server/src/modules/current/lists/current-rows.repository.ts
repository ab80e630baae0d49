import { Injectable } from '@nestjs/common';
import type { ScanType, TargetReferenceBody } from '@securescan/contracts';
import { ReadDatabase } from '../../../database/database';

/** The statement that tells what scans of a page were about; a test asks the database how it would run it. */
export function targetsOfRanks(count: number): string {
  return `SELECT current."rank", scan."completed_at" AS "completedAt", link."scan_type" AS "scanType",
      target."id", target."project", target."kind", target."place"
    FROM "current_scans" AS current CROSS JOIN "scans" AS scan ON scan."id" = current."scan_id"
    CROSS JOIN "target_scans" AS link ON link."scan_id" = scan."id"
    CROSS JOIN "targets" AS target ON target."id" = link."target_id"
    WHERE current."rank" IN (${Array(count).fill('?').join(', ')})`;
}

type Row = TargetReferenceBody & {
  readonly rank: number;
  readonly completedAt: string;
  readonly scanType: ScanType;
};

/** What a scan says to each of its findings. */
export interface ScanOfPage {
  readonly project: string;
  readonly completedAt: string;
  readonly targets: ReadonlyMap<ScanType, TargetReferenceBody>;
}

/** What a page shows beside its findings. */
@Injectable()
export class CurrentRowsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** What the scans with some ranks were about; without those that have gone meanwhile. */
  async scansOf(ranks: readonly number[]): Promise<ReadonlyMap<number, ScanOfPage>> {
    if (ranks.length === 0) return new Map();
    const sql = targetsOfRanks(ranks.length);
    const rows = await this.database.manager.query<Row[]>(sql, [...ranks]);
    const scans = new Map<
      number,
      ScanOfPage & { readonly targets: Map<ScanType, TargetReferenceBody> }
    >();
    for (const { rank, completedAt, scanType, ...target } of rows) {
      const scan = scans.get(rank) ?? { project: target.project, completedAt, targets: new Map() };
      scan.targets.set(scanType, target);
      scans.set(rank, scan);
    }
    return scans;
  }
}
