import { Injectable } from '@nestjs/common';
import type { Severity } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import { ReadDatabase } from '../../database/database';

/** Decisions whose findings are looked for in one go. */
const DECISIONS_OF_A_BATCH = 250;

const IS_DECISION = `"cause" = 'decision' AND "to_status" <> 'new'`;

/** Every statement behind the response times; a test asks the database how it would run each. */
export const RESPONSE_STATEMENTS = {
  fixed: `SELECT "severity", "first_seen_at" AS "firstSeenAt", "closed_at" AS "closedAt", count(*) AS "count"
    FROM "finding_lives" WHERE "place_id" = ? AND "state" = 'fixed' AND "closed_at" > ? AND "closed_at" <= ?
    GROUP BY "closed_at", "severity", "first_seen_at"`,
  decisions: `SELECT "seq", "changed_at" AS "changedAt" FROM "finding_state_history"
    WHERE ${IS_DECISION} AND ("changed_at", "seq") > (?, ?) AND "changed_at" <= ?
    ORDER BY "changed_at", "seq" LIMIT ?`,
  /** Of each finding only the first decision, and only where it came after the finding. */
  triaged: `SELECT life."id" AS "id", life."place_id" AS "placeId", life."severity" AS "severity",
      life."first_seen_at" AS "firstSeenAt", change."changed_at" AS "changedAt"
    FROM json_each(?) AS wanted
    CROSS JOIN "finding_state_history" AS change ON change."seq" = wanted."value"
    CROSS JOIN "finding_life_aliases" AS alias ON alias."fingerprint" = change."fingerprint"
    CROSS JOIN "finding_lives" AS life ON life."id" = alias."life_id"
    CROSS JOIN "finding_places" AS place ON place."id" = life."place_id"
    WHERE (change."project" IS NULL OR change."project" = place."project")
      AND change."changed_at" >= life."first_seen_at"
      AND NOT EXISTS (SELECT 1 FROM "finding_life_aliases" AS other
        CROSS JOIN "finding_state_history" AS earlier ON earlier."fingerprint" = other."fingerprint"
        WHERE other."life_id" = life."id" AND earlier."seq" < change."seq"
          AND earlier."cause" = 'decision' AND earlier."to_status" <> 'new'
          AND (earlier."project" IS NULL OR earlier."project" = place."project"))`,
} as const;

/** After the first and not after the second. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** Findings of one severity that were seen first and closed at the same times. */
export interface FixedLives {
  readonly severity: Severity;
  readonly firstSeenAt: string;
  readonly closedAt: string;
  readonly count: number;
}

export interface TriagedLife {
  readonly id: number;
  readonly placeId: number;
  readonly severity: Severity;
  readonly firstSeenAt: string;
  readonly changedAt: string;
}

interface DecisionKey {
  readonly seq: number;
  readonly changedAt: string;
}

@Injectable()
export class ResponseTimesRepository {
  constructor(private readonly database: ReadDatabase) {}

  async fixed(placeId: number, { from, to }: Window): Promise<FixedLives[]> {
    return this.database.manager.query(RESPONSE_STATEMENTS.fixed, [placeId, from, to]);
  }

  /** Findings that somebody decided about for the first time within the window, in batches. */
  async *triaged({ from, to }: Window): AsyncGenerator<readonly TriagedLife[]> {
    const { manager } = this.database;
    // Behind every row of that time, for the window begins after it.
    let after: DecisionKey = { changedAt: from, seq: Number.MAX_SAFE_INTEGER };
    for (;;) {
      const keys = await manager.query<DecisionKey[]>(RESPONSE_STATEMENTS.decisions, [
        after.changedAt,
        after.seq,
        to,
        DECISIONS_OF_A_BATCH,
      ]);
      const seqs = JSON.stringify(keys.map(({ seq }) => seq));
      yield await manager.query<TriagedLife[]>(RESPONSE_STATEMENTS.triaged, [seqs]);
      if (keys.length < DECISIONS_OF_A_BATCH) return;
      after = keys.at(-1) ?? after;
      await nextTurn();
    }
  }
}
