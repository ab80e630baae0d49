import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONTROLS = `CREATE TABLE "scan_controls" (
  "scan_id" text NOT NULL,
  "tag" text NOT NULL,
  "scanner" text NOT NULL,
  "findings" integer NOT NULL,
  CONSTRAINT "fk_scan_controls_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("scan_id", "tag", "scanner")
) WITHOUT ROWID`;

/** What the findings that are there already say of controls. */
const STORED = `INSERT INTO "scan_controls" ("scan_id", "tag", "scanner", "findings")
  SELECT "scan_id", "tag", "scanner", count(*) FROM (
    SELECT DISTINCT "scan_id", "number", "scanner", tag."value" AS "tag"
    FROM "findings", json_each("compliance_tags_json") AS tag
    WHERE coalesce(json_extract("metadata_json", '$.suppressed_by'), '') NOT IN ('inline', 'config', 'baseline', 'import')
  ) GROUP BY "scan_id", "tag", "scanner"`;

export class ScanControls1765300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONTROLS);
    await runner.query(STORED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "scan_controls"`);
  }
}
