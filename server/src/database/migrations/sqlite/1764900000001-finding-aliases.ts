import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `CREATE TABLE "finding_aliases" (
  "fingerprint" text NOT NULL,
  "alias" text NOT NULL,
  PRIMARY KEY ("fingerprint", "alias")
) WITHOUT ROWID`;

/** A finding that was reported once has nothing but itself in its list, so few are looked into. */
const OF_STORED_FINDINGS = `SELECT "finding"."fingerprint" AS "shown", json_extract("reporter"."value", '$.fingerprint') AS "other"
  FROM "findings" AS "finding", json_each("finding"."aliases_json") AS "reporter"
  WHERE json_array_length("finding"."aliases_json") > 1`;

/** Which fingerprints belong to one defect: of all findings that are stored, both ways round. */
export class FindingAliases1764900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    for (const pair of ['"shown", "other"', '"other", "shown"']) {
      await runner.query(
        `INSERT OR IGNORE INTO "finding_aliases" ("fingerprint", "alias")
        SELECT ${pair} FROM (${OF_STORED_FINDINGS}) WHERE "shown" <> "other"`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "finding_aliases"`);
  }
}
