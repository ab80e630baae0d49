import { Injectable } from '@nestjs/common';
import type { Finding } from '@securescan/core';
import type { EntityManager } from 'typeorm';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';

/** Of one fingerprint. Scanners that see one defect are a handful; a document may claim anything. */
const MAX_ALIASES = 32;
/** Pairs per statement. */
const STATEMENT_PAIRS = 250;

/** Every statement that finds aliases; a test asks the database how it would run each. */
export const ALIAS_STATEMENTS = {
  of: (count: number): string =>
    `SELECT "fingerprint", "alias" FROM "finding_aliases"
    WHERE "fingerprint" IN (${Array(count).fill('?').join(', ')})`,
} as const;

type Pair = readonly [fingerprint: string, alias: string];

/** Which fingerprints have been one finding: a missing scanner does not change who a finding is. */
@Injectable()
export class FindingAliases {
  constructor(private readonly database: ReadDatabase) {}

  /** The other fingerprints of each; those that have none are left out. @param manager of a unit of work, for whoever writes. */
  async of(
    fingerprints: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (fingerprints.length === 0) return new Map();
    const sql = ALIAS_STATEMENTS.of(fingerprints.length);
    const rows = await manager.query<{ fingerprint: string; alias: string }[]>(sql, [
      ...fingerprints,
    ]);
    const aliases = new Map<string, string[]>();
    for (const { fingerprint, alias } of rows) {
      const known = aliases.get(fingerprint);
      if (known === undefined) aliases.set(fingerprint, [alias]);
      else known.push(alias);
    }
    return aliases;
  }

  /** A fingerprint and all others of the finding. */
  async identityOf(fingerprint: string): Promise<string[]> {
    const aliases = await this.of([fingerprint]);
    return [fingerprint, ...(aliases.get(fingerprint) ?? [])];
  }

  /** Keeps what findings tell of themselves. Most of them tell nothing, and what is known already costs a look. */
  async note(
    { manager }: Transaction,
    findings: readonly Pick<Finding, 'fingerprint' | 'aliases'>[],
  ): Promise<void> {
    const pairs = findings.flatMap(pairsOf);
    for (let start = 0; start < pairs.length; start += STATEMENT_PAIRS) {
      const some = pairs.slice(start, start + STATEMENT_PAIRS);
      await manager.query(
        `INSERT OR IGNORE INTO "finding_aliases" ("fingerprint", "alias")
        SELECT "column1", "column2" FROM (VALUES ${some.map(() => '(?, ?)').join(', ')})
        WHERE (SELECT count(*) FROM "finding_aliases" WHERE "fingerprint" = "column1") < ${MAX_ALIASES}`,
        some.flat(),
      );
    }
  }
}

function pairsOf({ fingerprint, aliases }: Pick<Finding, 'fingerprint' | 'aliases'>): Pair[] {
  if (aliases.length < 2) return [];
  return aliases
    .filter((alias) => alias.fingerprint !== fingerprint)
    .slice(0, MAX_ALIASES)
    .flatMap(({ fingerprint: other }): Pair[] => [
      [fingerprint, other],
      [other, fingerprint],
    ]);
}
