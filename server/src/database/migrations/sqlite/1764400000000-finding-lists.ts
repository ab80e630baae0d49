import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSearchIndex, dropSearchIndex } from './search-index';

const NUMBERS_OF_A_SCAN = 16_777_216;

const NUMBERS = `CREATE TABLE "scan_numbers" (
  "number" integer PRIMARY KEY NOT NULL,
  "scan_id" text NOT NULL,
  CONSTRAINT "fk_scan_numbers_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE
)`;

const RUNS = `CREATE TABLE "finding_runs" (
  "scan_id" text NOT NULL,
  "field" text NOT NULL,
  "value" text NOT NULL,
  "last_position" integer NOT NULL,
  "first_position" integer NOT NULL,
  CONSTRAINT "fk_finding_runs_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("scan_id", "field", "value", "last_position")
) WITHOUT ROWID`;

/** Columns of a finding that both shapes of its table have, behind the scan's id. */
const KEPT_COLUMNS = `
  "id" text NOT NULL,
  "fingerprint" text NOT NULL,
  "occurrence" integer NOT NULL,
  "scanner" text NOT NULL,
  "scan_type" text NOT NULL,
  "severity" text NOT NULL,
  "title" text NOT NULL,
  "description" text NOT NULL,
  "file_path" text,
  "line" integer,
  "line_end" integer,
  "rule_id" text NOT NULL,
  "cwe" text,
  "remediation" text,
  "metadata_json" text NOT NULL,
  "compliance_tags_json" text NOT NULL,
  "aliases_json" text NOT NULL,
  CONSTRAINT "fk_findings_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE`;
const KEPT_NAMES = [
  '"scan_id"',
  ...[...KEPT_COLUMNS.matchAll(/^\s*("\w+") (?:text|integer)/gm)].map(([, name]) => name),
].join(', ');

const NUMBERED = `"number" integer PRIMARY KEY NOT NULL, "scan_id" text NOT NULL, ${KEPT_COLUMNS}`;
const POSITIONED = `"scan_id" text NOT NULL, "position" integer NOT NULL, ${KEPT_COLUMNS}, PRIMARY KEY ("scan_id", "id")`;

const INDEXES = [
  `CREATE INDEX "idx_findings_fingerprint" ON "findings" ("fingerprint")`,
  `CREATE INDEX "idx_findings_file" ON "findings" ("scan_id", "severity", "file_path")`,
];
const OTHER_INDEXES = [
  `CREATE UNIQUE INDEX "idx_scan_numbers_scan" ON "scan_numbers" ("scan_id")`,
  `CREATE INDEX "idx_finding_states_status" ON "finding_states" ("status", "fingerprint")`,
  `CREATE INDEX "idx_project_finding_states_status" ON "project_finding_states" ("project", "status", "fingerprint")`,
  `CREATE INDEX "idx_scans_project_status" ON "scans" ("project", "status", "created_at", "id")`,
];
const FORMER_INDEXES = [
  `CREATE INDEX "idx_findings_fingerprint" ON "findings" ("fingerprint")`,
  `CREATE UNIQUE INDEX "idx_findings_position" ON "findings" ("scan_id", "position")`,
  `CREATE INDEX "idx_findings_scan_type" ON "findings" ("scan_id", "scan_type", "position")`,
  `CREATE INDEX "idx_findings_scanner" ON "findings" ("scan_id", "scanner", "position")`,
  `CREATE INDEX "idx_findings_severity" ON "findings" ("scan_id", "severity", "position")`,
];

/** What each field of the stored findings says, for the runs of those that are there already. */
const STORED_VALUES = [
  ...['severity', 'scan_type', 'scanner', 'rule_id', 'cwe'].map(
    (field) =>
      `SELECT "scan_id", "number", '${field}' AS "field", "${field}" AS "value" FROM "findings" WHERE "${field}" IS NOT NULL`,
  ),
  `SELECT "scan_id", "number", 'suppressed', 'true' FROM "findings"
    WHERE json_extract("metadata_json", '$.suppressed_by') IN ('inline', 'config', 'baseline')`,
  `SELECT DISTINCT "scan_id", "number", 'compliance', tag."value" FROM "findings", json_each("compliance_tags_json") AS tag`,
].join(' UNION ALL ');

/**
 * Lists of findings: numbers in the order of the list in place of random keys, the runs that every filter is answered from, an
 * index for the order by file, and the search.
 */
export class FindingLists1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NUMBERS);
    await runner.query(
      `INSERT INTO "scan_numbers" ("scan_id")
      SELECT "id" FROM "scans" WHERE "id" IN (SELECT "scan_id" FROM "findings") ORDER BY "created_at", "id"`,
    );
    await rebuild(runner, NUMBERED, {
      columns: `"number", ${KEPT_NAMES}`,
      source: `SELECT numbers."number" * ${NUMBERS_OF_A_SCAN} + "position", ${KEPT_NAMES}
        FROM "findings" JOIN "scan_numbers" AS numbers USING ("scan_id")`,
    });
    await runner.query(RUNS);
    for (const statement of [...INDEXES, ...OTHER_INDEXES]) await runner.query(statement);
    await runner.query(
      `INSERT INTO "finding_runs" ("scan_id", "field", "value", "first_position", "last_position")
      SELECT "scan_id", "field", "value", min("number") % ${NUMBERS_OF_A_SCAN}, max("number") % ${NUMBERS_OF_A_SCAN}
      FROM (SELECT *, "number" - row_number() OVER (
        PARTITION BY "scan_id", "field", "value" ORDER BY "number") AS "island" FROM (${STORED_VALUES}))
      GROUP BY "scan_id", "field", "value", "island"`,
    );
    await createSearchIndex(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropSearchIndex(runner);
    await rebuild(runner, POSITIONED, {
      columns: `"position", ${KEPT_NAMES}`,
      source: `SELECT "number" % ${NUMBERS_OF_A_SCAN}, ${KEPT_NAMES} FROM "findings"`,
    });
    await runner.query(`DROP TABLE "scan_numbers"`);
    await runner.query(`DROP TABLE "finding_runs"`);
    for (const name of OTHER_INDEXES.slice(1).map(nameOf))
      await runner.query(`DROP INDEX "${name}"`);
    for (const statement of FORMER_INDEXES) await runner.query(statement);
  }
}

/** Gives the table of findings another shape; its indexes and triggers go with the old one. */
async function rebuild(
  runner: QueryRunner,
  shape: string,
  { columns, source }: { readonly columns: string; readonly source: string },
): Promise<void> {
  await runner.query(`CREATE TABLE "findings_rebuilt" (${shape})`);
  await runner.query(`INSERT INTO "findings_rebuilt" (${columns}) ${source}`);
  await runner.query(`DROP TABLE "findings"`);
  await runner.query(`ALTER TABLE "findings_rebuilt" RENAME TO "findings"`);
}

function nameOf(statement: string): string {
  return /"(\w+)"/.exec(statement)?.[1] ?? '';
}
