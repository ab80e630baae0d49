import { Injectable } from '@nestjs/common';
import {
  SEVERITIES,
  type ScannerFindingsBody,
  type ScanStatus,
  type SeverityCountsBody,
  type Verdict,
} from '@securescan/contracts';
import { ReadDatabase } from '../../database/database';

/** What is there now, over all targets. */
export interface CurrentFigures extends Readonly<SeverityCountsBody> {
  readonly targets: number;
  readonly projects: number;
  readonly suppressed: number;
  /** `null` where no scanner has told of any target. */
  readonly averageRiskScore: number | null;
}

const VERDICTS_OF = (table: string): string =>
  `SELECT "status", count(*) AS "count" FROM "${table}"
  WHERE "expires_at" IS NULL OR "expires_at" > ? GROUP BY "status"`;

const SUM = (name: string): string => `coalesce(sum("${name}_count"), 0) AS "${name}"`;

const COUNTED = SEVERITIES.map(
  (name) =>
    `coalesce(sum(counted."findings_count") FILTER (WHERE counted."severity" = '${name}'), 0) AS "${name}"`,
).join(', ');

/** Every statement behind the numbers; a test asks the database how it would run each. */
export const STATS_STATEMENTS = {
  statuses: `SELECT "status", count(*) AS "count" FROM "scans" WHERE "hidden_at" IS NULL GROUP BY "status"`,
  /** One row for each target, of which there are few. */
  current: `SELECT count(*) AS "targets", count(DISTINCT "project") AS "projects",
      ${['suppressed', 'critical', 'high', 'medium', 'low', 'info'].map(SUM).join(', ')},
      avg("risk_score") FILTER (WHERE EXISTS (
        SELECT 1 FROM "current_outcomes" WHERE "target_id" = "targets"."id")) AS "averageRiskScore"
    FROM "targets"`,
  /** One row for each scanner, from what was counted when the scans completed whose word counts now. */
  scanners: `SELECT pair."scanner" AS "scanner", ${COUNTED}
    FROM "current_outcomes" AS pair
    LEFT JOIN "scan_counts" AS counted
      ON counted."scan_id" = pair."scan_id" AND counted."scanner" = pair."scanner"
    GROUP BY pair."scanner" ORDER BY pair."scanner"`,
  verdictsEverywhere: VERDICTS_OF('finding_states'),
  verdictsInProjects: VERDICTS_OF('project_finding_states'),
} as const;

interface StatusCount<T> {
  readonly status: T;
  readonly count: number;
}

@Injectable()
export class DashboardStatsRepository {
  constructor(private readonly database: ReadDatabase) {}

  async scans(): Promise<ReadonlyMap<ScanStatus, number>> {
    const rows = await this.database.manager.query<StatusCount<ScanStatus>[]>(
      STATS_STATEMENTS.statuses,
    );
    return new Map(rows.map(({ status, count }) => [status, count]));
  }

  async current(): Promise<CurrentFigures> {
    const [row] = await this.database.manager.query<CurrentFigures[]>(STATS_STATEMENTS.current);
    return row ?? NO_FIGURES;
  }

  /** By name. */
  async scanners(): Promise<ScannerFindingsBody[]> {
    return this.database.manager.query<ScannerFindingsBody[]>(STATS_STATEMENTS.scanners);
  }

  /** Verdicts that hold at a time. */
  async verdicts(now: string): Promise<ReadonlyMap<Verdict, number>> {
    const counts = new Map<Verdict, number>();
    for (const sql of [STATS_STATEMENTS.verdictsEverywhere, STATS_STATEMENTS.verdictsInProjects]) {
      const rows = await this.database.manager.query<StatusCount<Verdict>[]>(sql, [now]);
      for (const { status, count } of rows) counts.set(status, (counts.get(status) ?? 0) + count);
    }
    return counts;
  }
}

const NO_FIGURES: CurrentFigures = {
  targets: 0,
  projects: 0,
  suppressed: 0,
  averageRiskScore: null,
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  info: 0,
};
