import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';

/** Rows of scans that are read at a time: some milliseconds. */
const SCANS_AT_ONCE = 100;

/** Which scans say how things stand. */
export interface StandingFilter {
  /** `null` for all. */
  readonly project: string | null;
}

type Position = Pick<StandingScan, 'createdAt' | 'id'>;

export interface StandingScan {
  readonly id: string;
  readonly project: string;
  readonly target: string;
  readonly createdAt: string;
}

/** A scanner that completed in a scan. */
export interface StandingOutcome {
  readonly scanId: string;
  readonly scanner: string;
  readonly filesAssessed: number | null;
}

export interface ControlRow {
  readonly scanId: string;
  readonly tag: string;
  readonly scanner: string;
  readonly findings: number;
}

/** The statements; a test asks the database how it would run each. */
export const COMPLIANCE_STATEMENTS = {
  /** Imports are left out: they say nothing of what is no longer there. */
  scans: (hasProject: boolean): string => `
    SELECT "id", "project", coalesce("target_path", "target_url", "target_host", '') AS "target", "created_at" AS "createdAt"
    FROM "scans"
    WHERE "status" = 'completed' AND "origin" = 'scan' AND "hidden_at" IS NULL ${hasProject ? 'AND "project" = ?' : ''}
      AND ("created_at", "id") > (?, ?)
    ORDER BY "created_at", "id" LIMIT ?`,
  outcomes: (count: number): string => `
    SELECT "scan_id" AS "scanId", "scanner", "files_assessed" AS "filesAssessed"
    FROM "scanner_outcomes" WHERE "scan_id" IN (${marks(count)}) AND "status" = 'completed'`,
  controls: (count: number): string => `
    SELECT "scan_id" AS "scanId", "tag", "scanner", "findings"
    FROM "scan_controls" WHERE "scan_id" IN (${marks(count)})`,
} as const;

/** Reads what scans say of controls, without their findings. */
@Injectable()
export class ComplianceRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Completed scans, the oldest first, some at a time. */
  async *scans({ project }: StandingFilter): AsyncGenerator<readonly StandingScan[]> {
    const sql = COMPLIANCE_STATEMENTS.scans(project !== null);
    let after: Position | undefined = { createdAt: '', id: '' };
    while (after !== undefined) {
      const { createdAt, id }: Position = after;
      const scans: StandingScan[] = await this.query<StandingScan>(sql, [
        ...(project === null ? [] : [project]),
        createdAt,
        id,
        SCANS_AT_ONCE,
      ]);
      if (scans.length > 0) yield scans;
      after = scans.length === SCANS_AT_ONCE ? scans.at(-1) : undefined;
    }
  }

  outcomes(scanIds: readonly string[]): Promise<StandingOutcome[]> {
    return this.query(COMPLIANCE_STATEMENTS.outcomes(scanIds.length), scanIds);
  }

  controls(scanIds: readonly string[]): Promise<ControlRow[]> {
    return this.query(COMPLIANCE_STATEMENTS.controls(scanIds.length), scanIds);
  }

  private query<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return this.database.manager.query<Row[]>(sql, [...parameters]);
  }
}

function marks(count: number): string {
  return Array(count).fill('?').join(', ');
}
