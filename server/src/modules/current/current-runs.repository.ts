import { Injectable } from '@nestjs/common';
import type { Fields } from '../../common/fields';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import type { PositionRange } from '../findings/lists/position-set';
import { CurrentRunEntity } from './current-run.entity';
import { placeOf, rankOf } from './current-scan.entity';
import type { CurrentPart } from './shown-findings';
import type { TargetEntity } from './target.entity';

const NOTE_SCAN = `INSERT INTO "current_scans" ("rank", "scan_id") VALUES (?, ?) ON CONFLICT DO NOTHING`;

const FORGET_SCAN = `DELETE FROM "current_scans" WHERE "scan_id" = ?
  AND NOT EXISTS (SELECT 1 FROM "current_outcomes" AS pair WHERE pair."scan_id" = "current_scans"."scan_id")`;

/** Writes which findings are there now. */
@Injectable()
export class CurrentRunsRepository {
  async clear({ manager }: Transaction, targetId: string): Promise<void> {
    await manager.query(`DELETE FROM "current_runs" WHERE "target_id" = ?`, [targetId]);
  }

  /** What a target shows of one of its scans. */
  async add(
    { manager }: Transaction,
    target: Pick<Fields<TargetEntity>, 'id' | 'project'>,
    { part, shown }: { readonly part: CurrentPart; readonly shown: readonly PositionRange[] },
  ): Promise<void> {
    const rank = rankOf(part.scanNumber);
    await manager.query(NOTE_SCAN, [rank, part.scanId]);
    const rows = shown.map(({ first, last }) => ({
      targetId: target.id,
      project: target.project,
      firstPlace: placeOf(rank, first),
      lastPlace: placeOf(rank, last),
    }));
    await insertRows<Fields<CurrentRunEntity>>(manager, CurrentRunEntity, rows);
  }

  /** Leaves a scan out where it is no longer anybody's latest. */
  async forgetScan({ manager }: Transaction, scanId: string): Promise<void> {
    await manager.query(FORGET_SCAN, [scanId]);
  }
}
