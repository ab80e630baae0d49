import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE "finding_places" (
    "id" integer PRIMARY KEY NOT NULL,
    "project" text NOT NULL,
    "kind" text NOT NULL,
    "place" text NOT NULL
  )`,
  `CREATE TABLE "finding_lives" (
    "id" integer PRIMARY KEY NOT NULL,
    "place_id" integer NOT NULL,
    "fingerprint" text NOT NULL,
    "scanner" text NOT NULL,
    "severity" text NOT NULL,
    "reporters" text NOT NULL,
    "state" text NOT NULL,
    "first_seen_at" text NOT NULL,
    "first_round" integer NOT NULL,
    "last_round" integer NOT NULL,
    "last_number" integer NOT NULL,
    "closed_at" text,
    CONSTRAINT "fk_finding_lives_place" FOREIGN KEY ("place_id") REFERENCES "finding_places" ("id") ON DELETE RESTRICT
  )`,
  `CREATE TABLE "finding_life_aliases" (
    "fingerprint" text NOT NULL,
    "place_id" integer NOT NULL,
    "life_id" integer NOT NULL,
    CONSTRAINT "fk_finding_life_aliases_life" FOREIGN KEY ("life_id") REFERENCES "finding_lives" ("id") ON DELETE CASCADE,
    PRIMARY KEY ("fingerprint", "place_id")
  ) WITHOUT ROWID`,
  `CREATE TABLE "finding_rounds" (
    "seq" integer PRIMARY KEY NOT NULL,
    "scan_id" text NOT NULL,
    "seen_at" text NOT NULL,
    "last_number" integer NOT NULL DEFAULT (0),
    "is_done" integer NOT NULL DEFAULT (0)
  )`,
];

const INDEXES = [
  `CREATE UNIQUE INDEX "idx_finding_places_place" ON "finding_places" ("project", "kind", "place")`,
  `CREATE INDEX "idx_finding_lives_severity" ON "finding_lives" ("place_id", "state", "severity", "first_seen_at")`,
  `CREATE INDEX "idx_finding_lives_age" ON "finding_lives" ("place_id", "state", "first_seen_at")`,
  `CREATE INDEX "idx_finding_lives_closed" ON "finding_lives" ("place_id", "state", "closed_at", "severity", "first_seen_at")`,
  `CREATE INDEX "idx_finding_life_aliases_life" ON "finding_life_aliases" ("life_id")`,
  `CREATE UNIQUE INDEX "idx_finding_rounds_scan" ON "finding_rounds" ("scan_id")`,
  `CREATE INDEX "idx_finding_rounds_open" ON "finding_rounds" ("is_done", "seq")`,
];

/** For who asks what was decided, and what completed, within a time, and how many scans there are. */
const OTHER_INDEXES = [
  `CREATE INDEX "idx_finding_state_history_changed" ON "finding_state_history" ("cause", "changed_at", "seq")`,
  `CREATE INDEX "idx_scans_completed" ON "scans" ("status", "completed_at", "id")`,
];

/** What is hidden stands behind what lists go by, so that scans are counted from the index and lists still find theirs in it. */
const SCANS_BY_STATUS = `CREATE INDEX "idx_scans_status" ON "scans" ("status", "created_at", "id", "hidden_at")`;
const SCANS_BY_STATUS_BEFORE = `CREATE INDEX "idx_scans_status" ON "scans" ("status", "created_at", "id")`;
const DROP_SCANS_BY_STATUS = `DROP INDEX "idx_scans_status"`;

/** The scans that are there stand in the line; the server takes them in when it starts. */
const LINE = `INSERT INTO "finding_rounds" ("scan_id", "seen_at")
  SELECT "id", "completed_at" FROM "scans"
  WHERE "origin" = 'scan' AND "status" = 'completed' AND "hidden_at" IS NULL AND "completed_at" IS NOT NULL
  ORDER BY "completed_at", "id"`;

/** What becomes of findings, from scan to scan. */
export class FindingLives1765100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const ofScans = [DROP_SCANS_BY_STATUS, SCANS_BY_STATUS];
    for (const statement of [...TABLES, ...INDEXES, ...OTHER_INDEXES, ...ofScans, LINE]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['finding_state_history_changed', 'scans_completed']) {
      await runner.query(`DROP INDEX "idx_${name}"`);
    }
    await runner.query(DROP_SCANS_BY_STATUS);
    await runner.query(SCANS_BY_STATUS_BEFORE);
    for (const name of ['rounds', 'life_aliases', 'lives', 'places']) {
      await runner.query(`DROP TABLE "finding_${name}"`);
    }
  }
}
