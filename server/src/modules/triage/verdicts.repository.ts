import { Injectable } from '@nestjs/common';
import type { Verdict } from '@securescan/contracts';
import type { EntityManager } from 'typeorm';
import { ReadDatabase } from '../../database/database';
import type { VerdictRow } from './verdict-row';

/** Those of a verdict that are read in one go. */
export const FINGERPRINTS_OF_A_BATCH = 2000;

const SHOWN = `"fingerprint", "status", "note", "reason", "assignee", "expires_at" AS "expiresAt",
  "updated_at" AS "updatedAt", "updated_by" AS "updatedBy", "principal_id" AS "principalId", "cause"`;

function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}

/** Every statement that lists read verdicts with; a test asks the database how it would run each. */
export const VERDICT_STATEMENTS = {
  everywhere: (count: number): string =>
    `SELECT ${SHOWN}, NULL AS "project" FROM "finding_states" WHERE "fingerprint" IN (${placeholders(count)})`,
  inProject: (count: number): string =>
    `SELECT ${SHOWN}, "project" FROM "project_finding_states"
    WHERE "project" = ? AND "fingerprint" IN (${placeholders(count)})`,
  withStatusInProject: `SELECT "fingerprint" FROM "project_finding_states"
    WHERE "project" = ? AND "status" = ? AND "fingerprint" > ? AND ("expires_at" IS NULL OR "expires_at" > ?)
    ORDER BY "fingerprint" LIMIT ${FINGERPRINTS_OF_A_BATCH}`,
  withStatusEverywhere: `SELECT "fingerprint" FROM "finding_states" AS "everywhere"
    WHERE "status" = ? AND "fingerprint" > ? AND ("expires_at" IS NULL OR "expires_at" > ?)
      AND NOT EXISTS (SELECT 1 FROM "project_finding_states" AS "own"
        WHERE "own"."project" = ? AND "own"."fingerprint" = "everywhere"."fingerprint"
          AND ("own"."expires_at" IS NULL OR "own"."expires_at" > ?))
    ORDER BY "fingerprint" LIMIT ${FINGERPRINTS_OF_A_BATCH}`,
  someInProject: `SELECT 1 FROM "project_finding_states" WHERE "project" = ? AND "status" = ? LIMIT ?`,
  someEverywhere: `SELECT 1 FROM "finding_states" WHERE "status" = ? LIMIT ?`,
  lapsedEverywhere: `SELECT ${SHOWN}, NULL AS "project" FROM "finding_states"
    WHERE "expires_at" <= ? ORDER BY "expires_at" LIMIT ?`,
  lapsedInProjects: `SELECT ${SHOWN}, "project" FROM "project_finding_states"
    WHERE "expires_at" <= ? ORDER BY "expires_at" LIMIT ?`,
} as const;

/** Which verdicts a list asks for. */
export interface VerdictsWanted {
  readonly project: string;
  readonly status: Verdict;
  readonly now: string;
}

@Injectable()
export class VerdictsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** @param manager of a unit of work, for whoever goes on to write. */
  async everywhere(
    fingerprints: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<VerdictRow[]> {
    const sql = VERDICT_STATEMENTS.everywhere(fingerprints.length);
    return manager.query<VerdictRow[]>(sql, [...fingerprints]);
  }

  /** @param manager of a unit of work, for whoever goes on to write. */
  async inProject(
    project: string,
    fingerprints: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<VerdictRow[]> {
    const sql = VERDICT_STATEMENTS.inProject(fingerprints.length);
    return manager.query<VerdictRow[]>(sql, [project, ...fingerprints]);
  }

  /** The next fingerprints, behind one, on which a project itself has decided so. */
  async withStatusInProject(wanted: VerdictsWanted, after: string): Promise<string[]> {
    const { project, status, now } = wanted;
    return this.fingerprints(VERDICT_STATEMENTS.withStatusInProject, [project, status, after, now]);
  }

  /** The next fingerprints, behind one, decided so for everywhere, of which the project says nothing itself. */
  async withStatusEverywhere(wanted: VerdictsWanted, after: string): Promise<string[]> {
    const { project, status, now } = wanted;
    const parameters = [status, after, now, project, now];
    return this.fingerprints(VERDICT_STATEMENTS.withStatusEverywhere, parameters);
  }

  /** How many say so, in the project or everywhere, whether or not they count; counted no further than `limit`. */
  async count(project: string, status: Verdict, limit: number): Promise<number> {
    const { manager } = this.database;
    const { someInProject, someEverywhere } = VERDICT_STATEMENTS;
    const own = await manager.query<object[]>(someInProject, [project, status, limit]);
    const rest = limit - own.length;
    const everywhere = await manager.query<object[]>(someEverywhere, [status, rest]);
    return own.length + everywhere.length;
  }

  /** The first verdicts whose time is over, of all projects. */
  async lapsed(manager: EntityManager, now: string, limit: number): Promise<VerdictRow[]> {
    const everywhere = await manager.query<VerdictRow[]>(VERDICT_STATEMENTS.lapsedEverywhere, [
      now,
      limit,
    ]);
    const rest = limit - everywhere.length;
    const inProjects = await manager.query<VerdictRow[]>(VERDICT_STATEMENTS.lapsedInProjects, [
      now,
      rest,
    ]);
    return [...everywhere, ...inProjects];
  }

  private async fingerprints(sql: string, parameters: readonly string[]): Promise<string[]> {
    const rows = await this.database.manager.query<{ fingerprint: string }[]>(sql, [...parameters]);
    return rows.map(({ fingerprint }) => fingerprint);
  }
}
