import { Injectable } from '@nestjs/common';
import type { ScanStatus, ScanType, TargetKind } from '@securescan/contracts';
import { COUNT_LIMIT } from '../../common/pagination';
import { ReadDatabase } from '../../database/database';

export const TARGET_SORTS = ['place', 'risk', 'latest'] as const;
export type TargetSort = (typeof TARGET_SORTS)[number];

/** The severities' counts as both lists read them. */
interface CountRow {
  readonly suppressed: number;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly info: number;
}

export interface TargetRow extends CountRow {
  readonly id: string;
  readonly project: string;
  readonly kind: TargetKind;
  readonly place: string;
  readonly riskScore: number;
  readonly latestAt: string;
  readonly latestScanId: string;
}

export interface ProjectRow extends CountRow {
  readonly project: string;
  /** Of one of its targets. */
  readonly targetId: string;
  readonly targetsCount: number;
}

export interface LatestScanRow {
  readonly id: string;
  readonly status: ScanStatus;
  readonly createdAt: string;
  readonly completedAt: string | null;
}

export interface ScannerRow {
  readonly targetId: string;
  readonly scanner: string;
  readonly scanType: ScanType;
  readonly scanId: string;
  readonly completedAt: string;
}

const COUNTS = ['suppressed', 'critical', 'high', 'medium', 'low', 'info'];
const TARGET = `SELECT "id", "project", "kind", "place", "risk_score" AS "riskScore", "latest_at" AS "latestAt",
    "latest_scan_id" AS "latestScanId", ${COUNTS.map((name) => `"${name}_count" AS "${name}"`).join(', ')}
  FROM "targets"`;
const SUMS = COUNTS.map((name) => `sum("${name}_count") AS "${name}"`).join(', ');

interface TargetOrder {
  readonly columns: readonly string[];
  readonly isDescending: boolean;
  /** In front of every row. */
  readonly start: TargetKey;
}

export type TargetKey = readonly (string | number)[];

const TARGET_ORDERS: Readonly<Record<TargetSort, TargetOrder>> = {
  place: { columns: ['project', 'kind', 'place'], isDescending: false, start: ['', '', ''] },
  risk: { columns: ['risk_score', 'id'], isDescending: true, start: [Number.MAX_SAFE_INTEGER, ''] },
  latest: { columns: ['latest_at', 'id'], isDescending: true, start: ['9999', ''] },
};

const OF_IDS = (count: number): string => Array(count).fill('?').join(', ');

/** Every statement of the lists of targets and projects; a test asks the database how it would run each. */
export const TARGET_STATEMENTS = {
  page: (sort: TargetSort, isOfProject: boolean) => {
    const { columns, isDescending } = TARGET_ORDERS[sort];
    const names = columns.map((name) => `"${name}"`);
    const order = names.map((name) => `${name}${isDescending ? ' DESC' : ''}`).join(', ');
    return `${TARGET} WHERE ${isOfProject ? '"project" = ? AND ' : ''}
      (${names.join(', ')}) ${isDescending ? '<' : '>'} (${OF_IDS(names.length)})
    ORDER BY ${order} LIMIT ?`;
  },
  count: (isOfProject: boolean) =>
    `SELECT count(*) AS "count" FROM (SELECT 1 FROM "targets" WHERE "project" ${isOfProject ? '=' : '>='} ? LIMIT ?)`,
  scanners: (count: number) =>
    `SELECT pair."target_id" AS "targetId", pair."scanner", pair."scan_type" AS "scanType", pair."scan_id" AS "scanId",
      scan."completed_at" AS "completedAt"
    FROM "current_outcomes" AS pair CROSS JOIN "scans" AS scan ON scan."id" = pair."scan_id"
    WHERE pair."target_id" IN (${OF_IDS(count)})`,
  scans: (count: number) =>
    `SELECT "id", "status", "created_at" AS "createdAt", "completed_at" AS "completedAt" FROM "scans"
    WHERE "id" IN (${OF_IDS(count)})`,
  projects: `SELECT "project", min("id") AS "targetId", count(*) AS "targetsCount", ${SUMS} FROM "targets"
    WHERE "project" > ? GROUP BY "project" ORDER BY "project" LIMIT ?`,
  byId: `${TARGET} WHERE "id" = ?`,
  countProjects: `SELECT count(*) AS "count" FROM (
    SELECT 1 FROM "targets" WHERE "project" >= ? GROUP BY "project" LIMIT ?)`,
  latestOfProject: `SELECT "id", "status", "created_at" AS "createdAt", "completed_at" AS "completedAt" FROM "scans"
    WHERE "project" = ? AND "hidden_at" IS NULL AND "origin" = 'scan' ORDER BY "created_at" DESC, "id" DESC LIMIT 1`,
} as const;

/** Targets and projects, as they stand now. */
@Injectable()
export class TargetsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** @param after the columns of the order of the row behind which the page begins. */
  async page(
    sort: TargetSort,
    project: string | null,
    { after, limit }: { readonly after: TargetKey | null; readonly limit: number },
  ): Promise<TargetRow[]> {
    const key = after ?? TARGET_ORDERS[sort].start;
    const parameters = [...(project === null ? [] : [project]), ...key, limit];
    return this.database.manager.query(TARGET_STATEMENTS.page(sort, project !== null), parameters);
  }

  async find(id: string): Promise<TargetRow | null> {
    const rows = await this.database.manager.query<TargetRow[]>(TARGET_STATEMENTS.byId, [id]);
    return rows[0] ?? null;
  }

  /** Counted no further than `COUNT_LIMIT`. */
  async count(project: string | null): Promise<number> {
    const sql = TARGET_STATEMENTS.count(project !== null);
    return this.countOf(sql, [project ?? '', COUNT_LIMIT]);
  }

  /** Whose word counts for each of some targets, in no order. */
  async scanners(targetIds: readonly string[]): Promise<ScannerRow[]> {
    if (targetIds.length === 0) return [];
    return this.database.manager.query(TARGET_STATEMENTS.scanners(targetIds.length), [
      ...targetIds,
    ]);
  }

  async scans(ids: readonly string[]): Promise<ReadonlyMap<string, LatestScanRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.manager.query<LatestScanRow[]>(
      TARGET_STATEMENTS.scans(ids.length),
      [...ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async projects(after: string, limit: number): Promise<ProjectRow[]> {
    return this.database.manager.query(TARGET_STATEMENTS.projects, [after, limit]);
  }

  /** Counted no further than `COUNT_LIMIT`. */
  async countProjects(): Promise<number> {
    return this.countOf(TARGET_STATEMENTS.countProjects, ['', COUNT_LIMIT]);
  }

  /** Of a project's own scans; `null` where the last was deleted just now. */
  async latestOf(project: string): Promise<LatestScanRow | null> {
    const rows = await this.database.manager.query<LatestScanRow[]>(
      TARGET_STATEMENTS.latestOfProject,
      [project],
    );
    return rows[0] ?? null;
  }

  private async countOf(sql: string, parameters: readonly (string | number)[]): Promise<number> {
    const rows = await this.database.manager.query<{ count: number }[]>(sql, [...parameters]);
    return rows[0]?.count ?? 0;
  }
}
