import { Injectable } from '@nestjs/common';
import type { Severity } from '@securescan/contracts';
import { ReadDatabase } from '../../database/database';

/** Every statement behind the ages; a test asks the database how it would run each. */
export const AGE_STATEMENTS = {
  /** First seen after one time, and not after another. */
  count: `SELECT count(*) AS "count" FROM json_each(?) AS wanted CROSS JOIN "finding_lives" AS life
    ON life."place_id" = wanted."value" AND life."state" = 'open' AND life."severity" = ?
      AND life."first_seen_at" > ? AND life."first_seen_at" <= ?`,
  oldest: `SELECT life."id" AS "id", life."first_seen_at" AS "firstSeenAt" FROM json_each(?) AS wanted
    CROSS JOIN "finding_lives" AS life ON life."id" IN (
      SELECT near."id" FROM "finding_lives" AS near
      WHERE near."place_id" = wanted."value" AND near."state" = 'open' AND (near."first_seen_at", near."id") > (?, ?)
      ORDER BY near."first_seen_at", near."id" LIMIT ?)
    ORDER BY life."first_seen_at", life."id" LIMIT ?`,
  shown: `SELECT life."id" AS "id", life."fingerprint" AS "fingerprint", life."scanner" AS "scanner",
      life."severity" AS "severity", life."first_seen_at" AS "firstSeenAt", life."place_id" AS "placeId",
      first."scan_id" AS "firstScanId", last."scan_id" AS "lastScanId", last."seen_at" AS "lastSeenAt",
      place."project" AS "project", place."kind" AS "kind", place."place" AS "place", target."id" AS "targetId",
      finding."title" AS "title", finding."rule_id" AS "ruleId", finding."file_path" AS "filePath"
    FROM json_each(?) AS wanted CROSS JOIN "finding_lives" AS life ON life."id" = wanted."value"
    CROSS JOIN "finding_places" AS place ON place."id" = life."place_id"
    CROSS JOIN "targets" AS target
      ON target."project" = place."project" AND target."kind" = place."kind" AND target."place" = place."place"
    CROSS JOIN "finding_rounds" AS first ON first."seq" = life."first_round"
    CROSS JOIN "finding_rounds" AS last ON last."seq" = life."last_round"
    LEFT JOIN "findings" AS finding ON finding."number" = life."last_number" AND finding."scan_id" = last."scan_id"`,
} as const;

export interface ShownLife {
  readonly id: number;
  readonly fingerprint: string;
  readonly scanner: string;
  readonly severity: Severity;
  readonly firstSeenAt: string;
  readonly firstScanId: string;
  readonly lastScanId: string;
  readonly lastSeenAt: string;
  readonly project: string;
  readonly kind: string;
  readonly place: string;
  readonly targetId: string;
  /** `null` where the scan that saw it last has been deleted. */
  readonly title: string | null;
  readonly ruleId: string | null;
  readonly filePath: string | null;
}

/** A place in the line of open lives, the oldest first. */
export interface LifePosition {
  readonly id: number;
  readonly firstSeenAt: string;
}

@Injectable()
export class AgesRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Open lives of a severity at some places that were first seen after one time and not after another. */
  async count(
    places: readonly number[],
    severity: Severity,
    { after, until }: { readonly after: string; readonly until: string },
  ): Promise<number> {
    const [row] = await this.database.manager.query<{ count: number }[]>(AGE_STATEMENTS.count, [
      JSON.stringify(places),
      severity,
      after,
      until,
    ]);
    return row?.count ?? 0;
  }

  async oldest(
    places: readonly number[],
    after: LifePosition | null,
    limit: number,
  ): Promise<LifePosition[]> {
    return this.database.manager.query(AGE_STATEMENTS.oldest, [
      JSON.stringify(places),
      after?.firstSeenAt ?? '',
      after?.id ?? 0,
      limit,
      limit,
    ]);
  }

  /** In no order. */
  async shown(ids: readonly number[]): Promise<ShownLife[]> {
    return this.database.manager.query(AGE_STATEMENTS.shown, [JSON.stringify(ids)]);
  }
}
