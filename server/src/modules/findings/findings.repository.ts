import { Injectable } from '@nestjs/common';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { FindingRunEntity } from './finding-run.entity';
import { FindingEntity } from './finding.entity';
import type { StoredFinding } from './finding.mapper';
import { runsOf } from './lists/finding-runs';

const SHOWN = `"id", "scan_id", "scanner", "scan_type", "severity", "title", "description", "file_path",
  "line" AS "line_start", "line_end", "rule_id", "cwe", "remediation", "metadata_json" AS "metadata",
  "compliance_tags_json" AS "compliance_tags", "fingerprint", "occurrence", "aliases_json" AS "aliases"`;

/** The statements that lists read findings with, by their positions; a test asks the database how it would run each. */
export const ROW_STATEMENTS = {
  between: `SELECT ${SHOWN}, "position" FROM "findings" WHERE "scan_id" = ? AND "position" BETWEEN ? AND ?`,
  at: (count: number): string =>
    `SELECT ${SHOWN}, "position" FROM "findings"
    WHERE "scan_id" = ? AND "position" IN (${Array(count).fill('?').join(', ')})`,
} as const;

@Injectable()
export class FindingsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** The findings at the given positions, in the order of those. */
  async at(scanId: string, positions: readonly number[]): Promise<StoredFinding[]> {
    const byPosition = new Map(
      (await this.rows(scanId, positions)).map(({ position, ...stored }) => [position, stored]),
    );
    return positions.flatMap((position) => byPosition.get(position) ?? []);
  }

  /** The position of the last stored finding of a scan, or `null` where it has none. */
  async lastPosition(scanId: string): Promise<number | null> {
    const last = await this.database.manager.findOne(FindingEntity, {
      select: { scanId: true, id: true, position: true },
      where: { scanId },
      order: { position: 'DESC' },
    });
    return last?.position ?? null;
  }

  /** @param rows findings of one scan whose positions follow one another. */
  async insert(tx: Transaction, rows: Fields<FindingEntity>[]): Promise<void> {
    await insertRows<Fields<FindingEntity>>(tx.manager, FindingEntity, rows);
    await insertRows<Fields<FindingRunEntity>>(tx.manager, FindingRunEntity, runsOf(rows));
  }

  async removeBelow(tx: Transaction, scanId: string, position: number): Promise<void> {
    await tx.manager.query(`DELETE FROM "findings" WHERE "scan_id" = ? AND "position" < ?`, [
      scanId,
      position,
    ]);
  }

  /** Removes some of a scan's runs. @returns whether there may be more. */
  async removeRuns(tx: Transaction, scanId: string, limit: number): Promise<boolean> {
    const removed = await tx.manager.query<object[]>(
      `DELETE FROM "finding_runs" WHERE ("scan_id", "field", "value", "last_position") IN (
        SELECT "scan_id", "field", "value", "last_position" FROM "finding_runs" WHERE "scan_id" = ? LIMIT ?)
      RETURNING 1`,
      [scanId, limit],
    );
    return removed.length === limit;
  }

  private async rows(
    scanId: string,
    positions: readonly number[],
  ): Promise<(StoredFinding & { position: number })[]> {
    const { manager } = this.database;
    const first = positions[0];
    const last = positions.at(-1);
    if (first === undefined || last === undefined) return [];
    const areNeighbours = positions.every((position, index) => position === first + index);
    return areNeighbours
      ? manager.query(ROW_STATEMENTS.between, [scanId, first, last])
      : manager.query(ROW_STATEMENTS.at(positions.length), [scanId, ...positions]);
  }
}
