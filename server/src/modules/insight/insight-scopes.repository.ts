import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';

/** What figures are asked of: everything, a project, or one target. */
export interface InsightScope {
  readonly project: string | null;
  readonly targetId: string | null;
}

const PLACES = `FROM "finding_places" AS place`;
const TARGET = `"targets" AS target
  ON target."project" = place."project" AND target."kind" = place."kind" AND target."place" = place."place"`;

/** Every statement that finds places; a test asks the database how it would run each. */
export const SCOPE_STATEMENTS = {
  standing: `SELECT place."id" AS "id" ${PLACES} CROSS JOIN ${TARGET}`,
  standingOfProject: `SELECT place."id" AS "id" ${PLACES} CROSS JOIN ${TARGET}
    WHERE place."project" = ?`,
  ever: `SELECT "id" FROM "finding_places"`,
  everOfProject: `SELECT "id" FROM "finding_places" WHERE "project" = ?`,
  target: `SELECT place."id" AS "id" FROM "targets" AS target CROSS JOIN "finding_places" AS place
    ON target."project" = place."project" AND target."kind" = place."kind" AND target."place" = place."place"
    WHERE target."id" = ? AND target."project" = coalesce(?, target."project")`,
} as const;

/** Which places figures are about. */
@Injectable()
export class InsightScopes {
  constructor(private readonly database: ReadDatabase) {}

  /** Those that some scan still tells of: where all have been deleted, nothing is open that anybody could close. */
  async standing({ project, targetId }: InsightScope): Promise<number[]> {
    if (targetId !== null) return this.ids(SCOPE_STATEMENTS.target, [targetId, project]);
    return project === null
      ? this.ids(SCOPE_STATEMENTS.standing, [])
      : this.ids(SCOPE_STATEMENTS.standingOfProject, [project]);
  }

  /** Those that any scan ever told of. */
  async ever({ project, targetId }: InsightScope): Promise<number[]> {
    if (targetId !== null) return this.ids(SCOPE_STATEMENTS.target, [targetId, project]);
    return project === null
      ? this.ids(SCOPE_STATEMENTS.ever, [])
      : this.ids(SCOPE_STATEMENTS.everOfProject, [project]);
  }

  private async ids(sql: string, parameters: readonly unknown[]): Promise<number[]> {
    const rows = await this.database.manager.query<{ id: number }[]>(sql, [...parameters]);
    return rows.map(({ id }) => id);
  }
}
