import { Injectable } from '@nestjs/common';
import type { Severity, Verdict } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import { ReadDatabase } from '../../database/database';

/** Verdicts whose findings are looked for in one go. */
const VERDICTS_OF_A_BATCH = 500;

/** An open life with the verdict that counts for it. */
export interface DecidedLife {
  readonly id: number;
  readonly placeId: number;
  readonly severity: Severity;
  readonly firstSeenAt: string;
  readonly status: Verdict;
}

function candidatesIn(table: 'finding_states' | 'project_finding_states'): string {
  const isOwn = table === 'project_finding_states';
  const place = isOwn ? 'JOIN "finding_places" AS place ON place."id" = life."place_id"' : '';
  return `SELECT life."id" AS "id", life."place_id" AS "placeId", life."severity" AS "severity",
      life."first_seen_at" AS "firstSeenAt"
    FROM json_each(?) AS wanted
    CROSS JOIN "finding_life_aliases" AS alias ON alias."fingerprint" = wanted."value" ->> 0
    CROSS JOIN "finding_lives" AS life ON life."id" = alias."life_id" ${place}
    WHERE life."state" = 'open'${isOwn ? ` AND place."project" = wanted."value" ->> 1` : ''}`;
}

/** Of verdicts on several of its fingerprints: the project's before those for everywhere, then the latest (D5). */
const STANDING_VERDICT = `SELECT "status" FROM (
    SELECT 1 AS "isOwn", own."status" AS "status", own."updated_at" AS "updatedAt", own."fingerprint" AS "fingerprint"
    FROM "finding_lives" AS life JOIN "finding_places" AS place ON place."id" = life."place_id"
    JOIN "finding_life_aliases" AS alias ON alias."life_id" = life."id"
    JOIN "project_finding_states" AS own ON own."project" = place."project" AND own."fingerprint" = alias."fingerprint"
    WHERE life."id" = wanted."value" AND (own."expires_at" IS NULL OR own."expires_at" > ?)
    UNION ALL
    SELECT 0, everywhere."status", everywhere."updated_at", everywhere."fingerprint"
    FROM "finding_life_aliases" AS alias
    JOIN "finding_states" AS everywhere ON everywhere."fingerprint" = alias."fingerprint"
    WHERE alias."life_id" = wanted."value" AND (everywhere."expires_at" IS NULL OR everywhere."expires_at" > ?)
  ) ORDER BY "isOwn" DESC, "updatedAt" DESC, "fingerprint" LIMIT 1`;

/** Every statement that finds what has been decided; a test asks the database how it would run each. */
export const DECIDED_STATEMENTS = {
  everywhere: `SELECT "fingerprint", NULL AS "project" FROM "finding_states"
    WHERE "fingerprint" > ? ORDER BY "fingerprint" LIMIT ?`,
  inProjects: `SELECT "fingerprint", "project" FROM "project_finding_states"
    WHERE ("project", "fingerprint") > (?, ?) ORDER BY "project", "fingerprint" LIMIT ?`,
  ofEverywhere: candidatesIn('finding_states'),
  ofProjects: candidatesIn('project_finding_states'),
  standing: `SELECT wanted."value" AS "id", (${STANDING_VERDICT}) AS "status" FROM json_each(?) AS wanted`,
} as const;

interface VerdictKey {
  readonly fingerprint: string;
  readonly project: string | null;
}

/** Open findings that anybody has decided about, found from the verdicts: those are few. */
@Injectable()
export class DecidedLivesRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Each open life that has a verdict that counts at a time, in batches; none comes twice. */
  async *all(now: string): AsyncGenerator<readonly DecidedLife[]> {
    const seen = new Set<number>();
    for (const kind of ['inProjects', 'everywhere'] as const) {
      for await (const keys of this.verdicts(kind)) {
        const fresh = (await this.candidates(kind, keys)).filter(
          ({ id }) => !seen.has(id) && seen.add(id),
        );
        const statuses = await this.statuses(fresh, now);
        yield fresh.flatMap((life) => {
          const status = statuses.get(life.id) ?? null;
          return status === null ? [] : [{ ...life, status }];
        });
        await nextTurn();
      }
    }
  }

  private async *verdicts(kind: 'inProjects' | 'everywhere'): AsyncGenerator<VerdictKey[]> {
    let after: VerdictKey = { project: '', fingerprint: '' };
    for (;;) {
      const position =
        kind === 'inProjects' ? [after.project ?? '', after.fingerprint] : [after.fingerprint];
      const keys = await this.database.manager.query<VerdictKey[]>(DECIDED_STATEMENTS[kind], [
        ...position,
        VERDICTS_OF_A_BATCH,
      ]);
      if (keys.length > 0) yield keys;
      if (keys.length < VERDICTS_OF_A_BATCH) return;
      after = keys.at(-1) ?? after;
    }
  }

  private async candidates(
    kind: 'inProjects' | 'everywhere',
    keys: readonly VerdictKey[],
  ): Promise<Omit<DecidedLife, 'status'>[]> {
    const sql = kind === 'inProjects' ? 'ofProjects' : 'ofEverywhere';
    const wanted = JSON.stringify(keys.map(({ fingerprint, project }) => [fingerprint, project]));
    return this.database.manager.query(DECIDED_STATEMENTS[sql], [wanted]);
  }

  private async statuses(
    lives: readonly { readonly id: number }[],
    now: string,
  ): Promise<ReadonlyMap<number, Verdict | null>> {
    const rows = await this.database.manager.query<{ id: number; status: Verdict | null }[]>(
      DECIDED_STATEMENTS.standing,
      [now, now, JSON.stringify(lives.map(({ id }) => id))],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  }
}
