import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSearchIndex, dropSearchIndex } from './search-index';

const TABLES = [
  `CREATE TABLE "finding_runs" (
    "scan_id" text NOT NULL,
    "field" text NOT NULL,
    "value" text NOT NULL,
    "last_position" integer NOT NULL,
    "first_position" integer NOT NULL,
    CONSTRAINT "fk_finding_runs_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE,
    PRIMARY KEY ("scan_id", "field", "value", "last_position")
  ) WITHOUT ROWID`,
  `CREATE TABLE "search_scans" (
    "number" integer PRIMARY KEY NOT NULL,
    "scan_id" text NOT NULL
  )`,
];

const FORMER_INDEXES = [
  `CREATE INDEX "idx_findings_fingerprint" ON "findings" ("fingerprint")`,
  `CREATE INDEX "idx_findings_scan_type" ON "findings" ("scan_id", "scan_type", "position")`,
  `CREATE INDEX "idx_findings_scanner" ON "findings" ("scan_id", "scanner", "position")`,
  `CREATE INDEX "idx_findings_severity" ON "findings" ("scan_id", "severity", "position")`,
];

const INDEXES = [
  `CREATE UNIQUE INDEX "idx_search_scans_scan" ON "search_scans" ("scan_id")`,
  `CREATE INDEX "idx_findings_fingerprint" ON "findings" ("fingerprint", "scan_id", "position")`,
  `CREATE INDEX "idx_findings_file" ON "findings" ("scan_id", "severity", "file_path", "position")`,
  `CREATE INDEX "idx_findings_rule" ON "findings" ("scan_id", "severity", "rule_id", "position")`,
  `CREATE INDEX "idx_finding_states_status" ON "finding_states" ("status", "fingerprint")`,
  `CREATE INDEX "idx_project_finding_states_status" ON "project_finding_states" ("project", "status", "fingerprint")`,
  `CREATE INDEX "idx_scans_project_status" ON "scans" ("project", "status", "created_at", "id")`,
];

const ADDED_INDEX_NAMES = [
  'idx_findings_file',
  'idx_findings_rule',
  'idx_finding_states_status',
  'idx_project_finding_states_status',
  'idx_scans_project_status',
];

/** What each field of the stored findings says, for the runs of those that are there already. */
const STORED_VALUES = [
  ...['severity', 'scan_type', 'scanner', 'rule_id', 'cwe'].map(
    (field) =>
      `SELECT "scan_id", "position", '${field}' AS "field", "${field}" AS "value" FROM "findings" WHERE "${field}" IS NOT NULL`,
  ),
  `SELECT "scan_id", "position", 'suppressed', 'true' FROM "findings"
    WHERE json_extract("metadata_json", '$.suppressed_by') IN ('inline', 'config', 'baseline')`,
  `SELECT DISTINCT "scan_id", "position", 'compliance', tag."value" FROM "findings", json_each("compliance_tags_json") AS tag`,
].join(' UNION ALL ');

/** Lists of findings: the runs that every filter is answered from, an index for each further order, and the search. */
export class FindingLists1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of FORMER_INDEXES.map(nameOf)) await runner.query(`DROP INDEX "${name}"`);
    for (const statement of [...TABLES, ...INDEXES]) await runner.query(statement);
    await runner.query(
      `INSERT INTO "finding_runs" ("scan_id", "field", "value", "first_position", "last_position")
      SELECT "scan_id", "field", "value", min("position"), max("position") FROM (
        SELECT *, "position" - row_number() OVER (
          PARTITION BY "scan_id", "field", "value" ORDER BY "position") AS "island" FROM (${STORED_VALUES}))
      GROUP BY "scan_id", "field", "value", "island"`,
    );
    await createSearchIndex(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropSearchIndex(runner);
    for (const name of [...ADDED_INDEX_NAMES, 'idx_findings_fingerprint']) {
      await runner.query(`DROP INDEX "${name}"`);
    }
    for (const table of ['search_scans', 'finding_runs'])
      await runner.query(`DROP TABLE "${table}"`);
    for (const statement of FORMER_INDEXES) await runner.query(statement);
  }
}

function nameOf(statement: string): string {
  return /"(\w+)"/.exec(statement)?.[1] ?? '';
}
