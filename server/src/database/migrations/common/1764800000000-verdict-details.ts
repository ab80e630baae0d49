import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['finding_states', 'project_finding_states', 'finding_state_history'] as const;

/** Why, and who looks after it. Behind a status stands when it lapses, so that a list reads nothing but the index. */
export class VerdictDetails1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "reason" text`);
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "assignee" text`);
    }
    await createStatusIndexes(runner, `, "expires_at"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await createStatusIndexes(runner, '');
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "assignee"`);
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "reason"`);
    }
  }
}

async function createStatusIndexes(runner: QueryRunner, more: string): Promise<void> {
  await runner.query(`DROP INDEX "idx_finding_states_status"`);
  await runner.query(`DROP INDEX "idx_project_finding_states_status"`);
  await runner.query(
    `CREATE INDEX "idx_finding_states_status" ON "finding_states" ("status", "fingerprint"${more})`,
  );
  await runner.query(
    `CREATE INDEX "idx_project_finding_states_status" ON "project_finding_states"
      ("project", "status", "fingerprint"${more})`,
  );
}
