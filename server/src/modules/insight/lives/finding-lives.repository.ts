import { Injectable } from '@nestjs/common';
import { SUPPRESSION_KINDS } from '@securescan/core';
import type { FindingAliasBody, ScanType, Severity } from '@securescan/contracts';
import type { Fields } from '../../../common/fields';
import { ReadDatabase } from '../../../database/database';
import { insertRows } from '../../../database/insert-rows';
import type { Transaction } from '../../../domain-events/unit-of-work';
import { FindingLifeAliasEntity, FindingLifeEntity } from './finding-life.entity';
import type { KnownAlias, KnownLives, Life, LifePlan } from './plan-sightings';

const LIFE = `life."id" AS "id", life."place_id" AS "placeId", life."fingerprint" AS "fingerprint",
  life."scanner" AS "scanner", life."severity" AS "severity", life."reporters" AS "reporters", life."state" AS "state",
  life."first_seen_at" AS "firstSeenAt", life."first_round" AS "firstRound", life."last_round" AS "lastRound",
  life."last_number" AS "lastNumber", life."closed_at" AS "closedAt"`;

/** A kind that no scanner of ours writes would be no suppression. */
const IS_SUPPRESSED = `json_extract("metadata_json", '$.suppressed_by') IN (${SUPPRESSION_KINDS.map((kind) => `'${kind}'`).join(', ')})`;

/** Every statement that reads lives to keep them; a test asks the database how it would run each. */
export const LIFE_STATEMENTS = {
  findings: `SELECT "number", "scan_type" AS "scanType", "fingerprint", "scanner", "severity",
      ${IS_SUPPRESSED} AS "isSuppressed", "aliases_json" AS "aliases"
    FROM "findings" WHERE "number" > ? AND "number" <= ? ORDER BY "number" LIMIT ?`,
  aliases: `SELECT alias."fingerprint" AS "fingerprint", alias."place_id" AS "placeId", alias."life_id" AS "lifeId"
    FROM json_each(?) AS wanted CROSS JOIN "finding_life_aliases" AS alias
    ON alias."fingerprint" = wanted."value" ->> 1 AND alias."place_id" = wanted."value" ->> 0`,
  lives: `SELECT ${LIFE} FROM json_each(?) AS wanted CROSS JOIN "finding_lives" AS life ON life."id" = wanted."value"`,
  lastId: `SELECT coalesce(max("id"), 0) AS "id" FROM "finding_lives"`,
  standing: `SELECT "id", "last_round" AS "lastRound", "first_seen_at" AS "firstSeenAt", "reporters"
    FROM "finding_lives" WHERE "place_id" = ? AND "state" = ? AND ("first_seen_at", "id") > (?, ?)
    ORDER BY "first_seen_at", "id" LIMIT ?`,
  files: `SELECT life."id" AS "id", finding."number" IS NOT NULL AS "isKnown", finding."file_path" AS "path"
    FROM json_each(?) AS wanted CROSS JOIN "finding_lives" AS life ON life."id" = wanted."value"
    JOIN "finding_rounds" AS round ON round."seq" = life."last_round"
    LEFT JOIN "findings" AS finding ON finding."number" = life."last_number" AND finding."scan_id" = round."scan_id"`,
} as const;

/** A finding as a scan has it. */
export interface StoredSighting {
  readonly number: number;
  readonly scanType: ScanType;
  readonly fingerprint: string;
  readonly scanner: string;
  readonly severity: Severity;
  readonly isSuppressed: boolean;
  readonly aliases: readonly FindingAliasBody[];
}

/** A life that has not been closed. */
export interface StandingLife {
  readonly id: number;
  readonly lastRound: number;
  readonly firstSeenAt: string;
  readonly reporters: string;
}

/** Where a finding was last seen; `isKnown` is false where that scan has been deleted. */
export interface LastFile {
  readonly isKnown: boolean;
  readonly path: string | null;
}

/** The findings of scans, and the lives that they make. Lives have one writer, so what it reads here holds while it writes. */
@Injectable()
export class FindingLivesRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** The next findings behind a number, up to another one. */
  async findings(after: number, last: number, limit: number): Promise<StoredSighting[]> {
    const rows = await this.database.manager.query<
      (Omit<StoredSighting, 'isSuppressed' | 'aliases'> & {
        readonly isSuppressed: number | null;
        readonly aliases: string;
      })[]
    >(LIFE_STATEMENTS.findings, [after, last, limit]);
    return rows.map(({ isSuppressed, aliases, ...row }) => ({
      ...row,
      isSuppressed: isSuppressed === 1,
      aliases: JSON.parse(aliases) as FindingAliasBody[],
    }));
  }

  /** @param wanted pairs of place and fingerprint. */
  async known(wanted: readonly (readonly [number, string])[]): Promise<KnownLives> {
    const { manager } = this.database;
    const aliases = await manager.query<KnownAlias[]>(LIFE_STATEMENTS.aliases, [
      JSON.stringify(wanted),
    ]);
    const ids = [...new Set(aliases.map(({ lifeId }) => lifeId))];
    const lives = await manager.query<Life[]>(LIFE_STATEMENTS.lives, [JSON.stringify(ids)]);
    const [last] = await manager.query<{ id: number }[]>(LIFE_STATEMENTS.lastId);
    return { lives, aliases, nextId: (last?.id ?? 0) + 1 };
  }

  /** The next lives of a place that are not closed, the oldest first. */
  async standing(
    placeId: number,
    state: 'open' | 'suppressed',
    { after, limit }: { readonly after: StandingLife | null; readonly limit: number },
  ): Promise<StandingLife[]> {
    return this.database.manager.query<StandingLife[]>(LIFE_STATEMENTS.standing, [
      placeId,
      state,
      after?.firstSeenAt ?? '',
      after?.id ?? 0,
      limit,
    ]);
  }

  async lastFiles(ids: readonly number[]): Promise<ReadonlyMap<number, LastFile>> {
    const rows = await this.database.manager.query<
      { readonly id: number; readonly isKnown: number; readonly path: string | null }[]
    >(LIFE_STATEMENTS.files, [JSON.stringify(ids)]);
    return new Map(rows.map(({ id, isKnown, path }) => [id, { isKnown: isKnown === 1, path }]));
  }

  async write({ manager }: Transaction, plan: LifePlan): Promise<void> {
    await insertRows<Life>(manager, FindingLifeEntity, plan.created);
    for (const life of plan.changed) {
      const { id, ...changes } = life;
      await manager.query(UPDATE_LIFE, [...valuesOf(changes), id]);
    }
    await manager.query(MARK, [
      JSON.stringify(
        plan.marked.map(({ id, lastRound, lastNumber }) => [id, lastRound, lastNumber]),
      ),
    ]);
    for (const { from, into } of plan.joins) {
      await manager.query(`UPDATE "finding_life_aliases" SET "life_id" = ? WHERE "life_id" = ?`, [
        into,
        from,
      ]);
      await manager.query(`DELETE FROM "finding_lives" WHERE "id" = ?`, [from]);
    }
    await this.own({ manager }, plan.aliases);
  }

  /** Closes what a scan would have reported and did not. */
  async close({ manager }: Transaction, ids: readonly number[], closedAt: string): Promise<void> {
    await manager.query(
      `UPDATE "finding_lives" SET "closed_at" = ?, "state" = CASE "state" WHEN 'open' THEN 'fixed' ELSE 'gone' END
      WHERE "id" IN (SELECT "value" FROM json_each(?)) AND "state" IN ('open', 'suppressed')`,
      [closedAt, JSON.stringify(ids)],
    );
  }

  private async own(
    { manager }: Pick<Transaction, 'manager'>,
    aliases: readonly KnownAlias[],
  ): Promise<void> {
    const moved = aliases.map(({ placeId, fingerprint }) => [placeId, fingerprint]);
    await manager.query(
      `DELETE FROM "finding_life_aliases" WHERE ("place_id", "fingerprint") IN
        (SELECT "value" ->> 0, "value" ->> 1 FROM json_each(?))`,
      [JSON.stringify(moved)],
    );
    await insertRows<Fields<FindingLifeAliasEntity>>(manager, FindingLifeAliasEntity, aliases);
  }
}

const CHANGEABLE = [
  ['fingerprint', 'fingerprint'],
  ['scanner', 'scanner'],
  ['severity', 'severity'],
  ['reporters', 'reporters'],
  ['state', 'state'],
  ['first_seen_at', 'firstSeenAt'],
  ['first_round', 'firstRound'],
  ['last_round', 'lastRound'],
  ['last_number', 'lastNumber'],
  ['closed_at', 'closedAt'],
] as const satisfies readonly (readonly [string, keyof Life])[];

const UPDATE_LIFE = `UPDATE "finding_lives" SET ${CHANGEABLE.map(([column]) => `"${column}" = ?`).join(', ')} WHERE "id" = ?`;

/** Only what every scan changes: no index holds it. */
const MARK = `UPDATE "finding_lives" SET "last_round" = mark."value" ->> 1, "last_number" = mark."value" ->> 2
  FROM json_each(?) AS mark WHERE "finding_lives"."id" = mark."value" ->> 0`;

function valuesOf(life: Omit<Life, 'id'>): unknown[] {
  return CHANGEABLE.map(([, property]) => life[property]);
}
