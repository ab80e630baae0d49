import type { MigrationInterface, QueryRunner } from 'typeorm';

const ADDED = [`"files_skipped_json" text`, `"bytes_assessed" integer`, `"stderr_tail" text`];

/** What a scanner read and what it left unread, beside how it ended. */
export class ScannerCoverage1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of ADDED) {
      await runner.query(`ALTER TABLE "scanner_outcomes" ADD COLUMN ${column}`);
    }
    await runner.query(`UPDATE "scanner_outcomes" SET "files_skipped_json" = '[]'`);
    await runner.query(
      `UPDATE "scans" SET "options_json" = json_set("options_json", '$.scanners', NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['stderr_tail', 'bytes_assessed', 'files_skipped_json']) {
      await runner.query(`ALTER TABLE "scanner_outcomes" DROP COLUMN "${column}"`);
    }
    await runner.query(
      `UPDATE "scans" SET "options_json" = json_remove("options_json", '$.scanners')`,
    );
  }
}
