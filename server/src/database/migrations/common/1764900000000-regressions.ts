import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = {
  finding_states: `"change"."project" IS NULL`,
  project_finding_states: `"change"."project" = "project_finding_states"."project"`,
} as const;

/** What a regression needs to know: why a verdict is as it is, when a scan really began, and how far one has been looked through. */
export class Regressions1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, isOfTable] of Object.entries(TABLES)) {
      await runner.query(
        `ALTER TABLE "${table}" ADD COLUMN "cause" text NOT NULL DEFAULT ('decision')`,
      );
      await runner.query(
        `UPDATE "${table}" SET "cause" = COALESCE((SELECT "change"."cause" FROM "finding_state_history" AS "change"
          WHERE "change"."fingerprint" = "${table}"."fingerprint" AND ${isOfTable}
          ORDER BY "change"."seq" DESC LIMIT 1), 'decision')`,
      );
    }
    await runner.query(`ALTER TABLE "scans" ADD COLUMN "begun_at" text`);
    await runner.query(
      `CREATE TABLE "regression_searches" (
        "scan_id" text PRIMARY KEY NOT NULL,
        "after_position" integer NOT NULL,
        "told" integer NOT NULL,
        CONSTRAINT "fk_regression_searches_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "regression_searches"`);
    await runner.query(`ALTER TABLE "scans" DROP COLUMN "begun_at"`);
    for (const table of Object.keys(TABLES)) {
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "cause"`);
    }
  }
}
