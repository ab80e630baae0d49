import type { MigrationInterface, QueryRunner } from 'typeorm';

const ADDED = [
  `"origin" text NOT NULL DEFAULT 'scan'`,
  `"import_json" text`,
  `"notices_json" text`,
  `"notices_count" integer NOT NULL DEFAULT 0`,
];

/** Where a scan's findings come from, and what is to be said of its suppressions. */
export class ImportedScans1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of ADDED) {
      await runner.query(`ALTER TABLE "scans" ADD COLUMN ${column}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    // What came in a document is no scan, and nothing else would tell.
    await runner.query(`DELETE FROM "scans" WHERE "origin" = 'import'`);
    for (const column of ['notices_count', 'notices_json', 'import_json', 'origin']) {
      await runner.query(`ALTER TABLE "scans" DROP COLUMN "${column}"`);
    }
  }
}
