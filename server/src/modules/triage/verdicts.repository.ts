import { Injectable } from '@nestjs/common';
import type { Verdict } from '@securescan/contracts';
import { ReadDatabase } from '../../database/database';
import type { FindingStateEntity } from './finding-state.entity';
import type { ProjectFindingStateEntity } from './project-finding-state.entity';

/** Those of a verdict that are read in one go. */
export const FINGERPRINTS_OF_A_BATCH = 500;

export type StoredVerdict = Pick<FindingStateEntity, 'fingerprint' | 'status' | 'note'> &
  Pick<ProjectFindingStateEntity, 'updatedAt' | 'updatedBy'>;

const SHOWN = `"fingerprint", "status", "note", "updated_at" AS "updatedAt", "updated_by" AS "updatedBy"`;

function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}

/** Every statement that lists read verdicts with; a test asks the database how it would run each. */
export const VERDICT_STATEMENTS = {
  everywhere: (count: number): string =>
    `SELECT ${SHOWN} FROM "finding_states" WHERE "fingerprint" IN (${placeholders(count)})`,
  inProject: (count: number): string =>
    `SELECT ${SHOWN} FROM "project_finding_states"
    WHERE "project" = ? AND "fingerprint" IN (${placeholders(count)})`,
  withStatusInProject: `SELECT "fingerprint" FROM "project_finding_states"
    WHERE "project" = ? AND "status" = ? AND "fingerprint" > ?
    ORDER BY "fingerprint" LIMIT ${FINGERPRINTS_OF_A_BATCH}`,
  withStatusEverywhere: `SELECT "fingerprint" FROM "finding_states" AS "everywhere"
    WHERE "status" = ? AND "fingerprint" > ? AND NOT EXISTS (SELECT 1 FROM "project_finding_states" AS "own"
      WHERE "own"."project" = ? AND "own"."fingerprint" = "everywhere"."fingerprint")
    ORDER BY "fingerprint" LIMIT ${FINGERPRINTS_OF_A_BATCH}`,
} as const;

@Injectable()
export class VerdictsRepository {
  constructor(private readonly database: ReadDatabase) {}

  async everywhere(fingerprints: readonly string[]): Promise<StoredVerdict[]> {
    return this.database.manager.query<StoredVerdict[]>(
      VERDICT_STATEMENTS.everywhere(fingerprints.length),
      [...fingerprints],
    );
  }

  async inProject(project: string, fingerprints: readonly string[]): Promise<StoredVerdict[]> {
    return this.database.manager.query<StoredVerdict[]>(
      VERDICT_STATEMENTS.inProject(fingerprints.length),
      [project, ...fingerprints],
    );
  }

  /** The next fingerprints, behind one, on which a project itself has decided so. */
  async withStatusInProject(project: string, status: Verdict, after: string): Promise<string[]> {
    return this.fingerprints(VERDICT_STATEMENTS.withStatusInProject, [project, status, after]);
  }

  /** The next fingerprints, behind one, decided so for everywhere, of which the project says nothing itself. */
  async withStatusEverywhere(project: string, status: Verdict, after: string): Promise<string[]> {
    return this.fingerprints(VERDICT_STATEMENTS.withStatusEverywhere, [status, after, project]);
  }

  private async fingerprints(sql: string, parameters: readonly string[]): Promise<string[]> {
    const rows = await this.database.manager.query<{ fingerprint: string }[]>(sql, [...parameters]);
    return rows.map(({ fingerprint }) => fingerprint);
  }
}
