import { Injectable } from '@nestjs/common';
import { DefectError } from '@securescan/core';
import { ReadDatabase } from '../../../database/database';
import type { Transaction } from '../../../domain-events/unit-of-work';
import type { ScannedPlace } from '../../scans/scanned-places';

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

const PLACE = `SELECT "id" FROM "finding_places" WHERE "project" = ? AND "kind" = ? AND "place" = ?`;

const NEW_PLACE = `INSERT INTO "finding_places" ("project", "kind", "place") VALUES (?, ?, ?) RETURNING "id"`;

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

  async placeId(
    { manager }: Transaction,
    project: string,
    { kind, place }: ScannedPlace,
  ): Promise<number> {
    const key = [project, kind, place];
    const known = await manager.query<{ id: number }[]>(PLACE, key);
    const [row] = known.length > 0 ? known : await manager.query<{ id: number }[]>(NEW_PLACE, key);
    if (row === undefined) throw new DefectError('INVARIANT_BROKEN', 'A place was not stored.');
    return row.id;
  }
}
