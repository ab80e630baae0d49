import { Injectable } from '@nestjs/common';
import type { ScanType } from '@securescan/contracts';
import { ReadDatabase } from '../../../database/database';
import type { Transaction } from '../../../domain-events/unit-of-work';

/** A completed scan whose findings are being taken into the lives. */
export interface OpenRound {
  readonly seq: number;
  readonly scanId: string;
  readonly seenAt: string;
  readonly lastNumber: number;
}

const ROUND = `"seq", "scan_id" AS "scanId", "seen_at" AS "seenAt", "last_number" AS "lastNumber"`;

const NEXT = `SELECT ${ROUND} FROM "finding_rounds" WHERE "is_done" = 0 ORDER BY "seq" LIMIT 1`;

const IS_VISIBLE = `SELECT 1 FROM "scans" WHERE "id" = ? AND "status" = 'completed' AND "hidden_at" IS NULL`;

const TARGETS = `"target_scans" AS link JOIN "targets" AS target ON target."id" = link."target_id"`;

const NEW_PLACES = `INSERT OR IGNORE INTO "finding_places" ("project", "kind", "place")
  SELECT target."project", target."kind", target."place" FROM ${TARGETS} WHERE link."scan_id" = ?`;

const PLACES = `SELECT link."scan_type" AS "scanType", place."id" AS "id" FROM ${TARGETS}
  JOIN "finding_places" AS place
    ON place."project" = target."project" AND place."kind" = target."kind" AND place."place" = target."place"
  WHERE link."scan_id" = ?`;

/** The line of scans, and where in it the work stands. */
@Injectable()
export class FindingRoundsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Puts a scan that has just completed at the end of the line. Imports say nothing of what is there. */
  async enqueue({ manager }: Transaction, scanId: string): Promise<void> {
    await manager.query(
      `INSERT INTO "finding_rounds" ("scan_id", "seen_at")
      SELECT "id", "completed_at" FROM "scans" WHERE "id" = ? AND "origin" = 'scan' AND "completed_at" IS NOT NULL`,
      [scanId],
    );
  }

  async next(): Promise<OpenRound | null> {
    const [round] = await this.database.manager.query<OpenRound[]>(NEXT);
    return round ?? null;
  }

  async scanOf(seq: number): Promise<string | null> {
    const [round] = await this.database.manager.query<{ scanId: string }[]>(
      `SELECT "scan_id" AS "scanId" FROM "finding_rounds" WHERE "seq" = ?`,
      [seq],
    );
    return round?.scanId ?? null;
  }

  /** False once the scan has been deleted. */
  async isVisible({ manager }: Transaction, scanId: string): Promise<boolean> {
    return (await manager.query<object[]>(IS_VISIBLE, [scanId])).length > 0;
  }

  async advance({ manager }: Transaction, seq: number, lastNumber: number): Promise<void> {
    await manager.query(`UPDATE "finding_rounds" SET "last_number" = ? WHERE "seq" = ?`, [
      lastNumber,
      seq,
    ]);
  }

  async finish({ manager }: Transaction, seq: number): Promise<void> {
    await manager.query(`UPDATE "finding_rounds" SET "is_done" = 1 WHERE "seq" = ?`, [seq]);
  }

  /** Where the findings of a scan are, by type: of its targets. Their names may be older than the scan's own words for them. */
  async placesOf({ manager }: Transaction, scanId: string): Promise<ReadonlyMap<ScanType, number>> {
    await manager.query(NEW_PLACES, [scanId]);
    const rows = await manager.query<{ scanType: ScanType; id: number }[]>(PLACES, [scanId]);
    return new Map(rows.map(({ scanType, id }) => [scanType, id]));
  }
}
