import { Injectable } from '@nestjs/common';
import { nextTurn } from '../../common/next-turn';
import { ReadDatabase } from '../../database/database';
import { FindingAliases } from './finding-aliases.repository';
import { FindingNotFoundError } from './triage.errors';

/** Verdicts outlive the scans that they are about, so what somebody decided about is known too. */
const JUDGED = ['finding_states', 'project_finding_states', 'finding_state_history'] as const;

function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}

/** Every statement that looks for one finding; a test asks the database how it would run each. */
export const KNOWN_STATEMENTS = {
  isJudged: (count: number): string =>
    JUDGED.map(
      (table) => `SELECT 1 FROM "${table}" WHERE "fingerprint" IN (${placeholders(count)})`,
    ).join(' UNION ALL ') + ' LIMIT 1',
  /** A fingerprint is looked up scan by scan, newest first. */
  isFound: (count: number): string => `SELECT 1 FROM "scans" AS "scan"
    WHERE "scan"."status" = 'completed' AND "scan"."hidden_at" IS NULL
      AND EXISTS (SELECT 1 FROM "findings"
        WHERE "scan_id" = "scan"."id" AND "fingerprint" IN (${placeholders(count)}))
    ORDER BY "scan"."created_at" DESC LIMIT 1`,
} as const;

/** Newest first. */
const COMPLETED = `SELECT "id" FROM "scans" WHERE "status" = 'completed' AND "hidden_at" IS NULL
  ORDER BY "created_at" DESC`;

/** Which findings this server has ever heard of. */
@Injectable()
export class KnownFindings {
  constructor(
    private readonly database: ReadDatabase,
    private readonly aliases: FindingAliases,
  ) {}

  /** @throws FindingNotFoundError */
  async assertKnown(fingerprint: string): Promise<void> {
    if (!(await this.has(fingerprint))) throw new FindingNotFoundError();
  }

  /** Those of the fingerprints that are not known. A finding is known by any of its own. */
  async unknownOf(fingerprints: readonly string[]): Promise<string[]> {
    const aliases = await this.aliases.of(fingerprints);
    const left = await this.without([
      ...new Set([...fingerprints, ...[...aliases.values()].flat()]),
    ]);
    return fingerprints.filter((fingerprint) =>
      [fingerprint, ...(aliases.get(fingerprint) ?? [])].every((one) => left.has(one)),
    );
  }

  /** Takes away those that were judged, and then those that were found, scan by scan, newest first. */
  private async without(fingerprints: readonly string[]): Promise<ReadonlySet<string>> {
    const { manager } = this.database;
    const left = new Set(fingerprints);
    const strike = async (sql: string, more: readonly string[] = []): Promise<void> => {
      const rows = await manager.query<{ fingerprint: string }[]>(
        `${sql} AND "fingerprint" IN (${placeholders(left.size)})`,
        [...more, ...left],
      );
      for (const { fingerprint } of rows) left.delete(fingerprint);
    };
    for (const table of JUDGED) await strike(`SELECT "fingerprint" FROM "${table}" WHERE true`);
    if (left.size === 0) return left;
    for (const { id } of await manager.query<{ id: string }[]>(COMPLETED)) {
      await strike(`SELECT "fingerprint" FROM "findings" WHERE "scan_id" = ?`, [id]);
      if (left.size === 0) break;
      await nextTurn();
    }
    return left;
  }

  private async has(fingerprint: string): Promise<boolean> {
    const { manager } = this.database;
    const identity = await this.aliases.identityOf(fingerprint);
    const { isJudged, isFound } = KNOWN_STATEMENTS;
    const judged = JUDGED.flatMap(() => identity);
    if ((await manager.query<object[]>(isJudged(identity.length), judged)).length > 0) return true;
    return (await manager.query<object[]>(isFound(identity.length), identity)).length > 0;
  }
}
