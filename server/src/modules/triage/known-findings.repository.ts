import { Injectable } from '@nestjs/common';
import { nextTurn } from '../../common/next-turn';
import { ReadDatabase } from '../../database/database';
import { FindingNotFoundError } from './triage.errors';

/** Verdicts outlive the scans that they are about, so what somebody decided about is known too. */
const IS_JUDGED = `SELECT 1 FROM "finding_states" WHERE "fingerprint" = ?
  UNION ALL SELECT 1 FROM "project_finding_states" WHERE "fingerprint" = ?
  UNION ALL SELECT 1 FROM "finding_state_history" WHERE "fingerprint" = ? LIMIT 1`;

/** A fingerprint is looked up scan by scan, newest first. */
const IS_FOUND = `SELECT 1 FROM "scans" AS "scan"
  WHERE "scan"."status" = 'completed' AND "scan"."hidden_at" IS NULL
    AND EXISTS (SELECT 1 FROM "findings" WHERE "scan_id" = "scan"."id" AND "fingerprint" = ?)
  ORDER BY "scan"."created_at" DESC LIMIT 1`;

/** Newest first. */
const COMPLETED = `SELECT "id" FROM "scans" WHERE "status" = 'completed' AND "hidden_at" IS NULL
  ORDER BY "created_at" DESC`;
const JUDGED = ['finding_states', 'project_finding_states', 'finding_state_history'] as const;

/** Which findings this server has ever heard of. */
@Injectable()
export class KnownFindings {
  constructor(private readonly database: ReadDatabase) {}

  /** @throws FindingNotFoundError */
  async assertKnown(fingerprint: string): Promise<void> {
    if (!(await this.has(fingerprint))) throw new FindingNotFoundError();
  }

  /** Those of the fingerprints that are not known. */
  async unknownOf(fingerprints: readonly string[]): Promise<string[]> {
    const { manager } = this.database;
    const left = new Set(fingerprints);
    const strike = async (sql: string, more: readonly string[] = []): Promise<void> => {
      const places = Array(left.size).fill('?').join(', ');
      const rows = await manager.query<{ fingerprint: string }[]>(
        `${sql} AND "fingerprint" IN (${places})`,
        [...more, ...left],
      );
      for (const { fingerprint } of rows) left.delete(fingerprint);
    };
    for (const table of JUDGED) await strike(`SELECT "fingerprint" FROM "${table}" WHERE true`);
    if (left.size === 0) return [];
    for (const { id } of await manager.query<{ id: string }[]>(COMPLETED)) {
      await strike(`SELECT "fingerprint" FROM "findings" WHERE "scan_id" = ?`, [id]);
      if (left.size === 0) break;
      await nextTurn();
    }
    return [...left];
  }

  private async has(fingerprint: string): Promise<boolean> {
    const { manager } = this.database;
    const judged = Array<string>(3).fill(fingerprint);
    if ((await manager.query<object[]>(IS_JUDGED, judged)).length > 0) return true;
    return (await manager.query<object[]>(IS_FOUND, [fingerprint])).length > 0;
  }
}
