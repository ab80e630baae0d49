import type { MigrationInterface, QueryRunner } from 'typeorm';

const NUMBERS_OF_A_SCAN = 16_777_216;

const TABLES = [
  `CREATE TABLE "targets" (
    "id" text PRIMARY KEY NOT NULL,
    "project" text NOT NULL,
    "kind" text NOT NULL,
    "place" text NOT NULL,
    "latest_scan_id" text NOT NULL,
    "latest_at" text NOT NULL,
    "suppressed_count" integer NOT NULL,
    "critical_count" integer NOT NULL,
    "high_count" integer NOT NULL,
    "medium_count" integer NOT NULL,
    "low_count" integer NOT NULL,
    "info_count" integer NOT NULL,
    "risk_score" real NOT NULL,
    "is_stale" boolean NOT NULL
  )`,
  `CREATE TABLE "target_scans" (
    "target_id" text NOT NULL,
    "scan_type" text NOT NULL,
    "created_at" text NOT NULL,
    "scan_id" text NOT NULL,
    CONSTRAINT "fk_target_scans_target" FOREIGN KEY ("target_id") REFERENCES "targets" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_target_scans_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE,
    PRIMARY KEY ("target_id", "scan_type", "created_at", "scan_id")
  ) WITHOUT ROWID`,
  `CREATE TABLE "current_outcomes" (
    "target_id" text NOT NULL,
    "scanner" text NOT NULL,
    "scan_type" text NOT NULL,
    "scan_id" text NOT NULL,
    CONSTRAINT "fk_current_outcomes_target" FOREIGN KEY ("target_id") REFERENCES "targets" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_current_outcomes_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE,
    PRIMARY KEY ("target_id", "scanner")
  ) WITHOUT ROWID`,
  `CREATE TABLE "current_scans" (
    "rank" integer PRIMARY KEY NOT NULL,
    "scan_id" text NOT NULL,
    CONSTRAINT "fk_current_scans_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE
  )`,
  `CREATE TABLE "current_runs" (
    "last_place" integer PRIMARY KEY NOT NULL,
    "first_place" integer NOT NULL,
    "target_id" text NOT NULL,
    "project" text NOT NULL,
    CONSTRAINT "fk_current_runs_target" FOREIGN KEY ("target_id") REFERENCES "targets" ("id") ON DELETE CASCADE
  )`,
  `CREATE TABLE "scan_counts" (
    "scan_id" text NOT NULL,
    "scanner" text NOT NULL,
    "severity" text NOT NULL,
    "findings_count" integer NOT NULL,
    CONSTRAINT "fk_scan_counts_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE CASCADE,
    PRIMARY KEY ("scan_id", "scanner", "severity")
  ) WITHOUT ROWID`,
];

const INDEXES = [
  `CREATE UNIQUE INDEX "idx_targets_place" ON "targets" ("project", "kind", "place")`,
  `CREATE INDEX "idx_targets_risk" ON "targets" ("risk_score", "id")`,
  `CREATE INDEX "idx_targets_latest" ON "targets" ("latest_at", "id")`,
  `CREATE INDEX "idx_targets_project_risk" ON "targets" ("project", "risk_score", "id")`,
  `CREATE INDEX "idx_targets_project_latest" ON "targets" ("project", "latest_at", "id")`,
  `CREATE INDEX "idx_targets_stale" ON "targets" ("is_stale")`,
  `CREATE INDEX "idx_target_scans_latest" ON "target_scans" ("target_id", "created_at", "scan_id")`,
  `CREATE INDEX "idx_target_scans_scan" ON "target_scans" ("scan_id")`,
  `CREATE INDEX "idx_current_outcomes_scan" ON "current_outcomes" ("scan_id")`,
  `CREATE UNIQUE INDEX "idx_current_scans_scan" ON "current_scans" ("scan_id")`,
  `CREATE INDEX "idx_current_runs_target" ON "current_runs" ("target_id", "last_place", "first_place")`,
  `CREATE INDEX "idx_current_runs_project" ON "current_runs" ("project", "last_place", "first_place")`,
];

const MERGED_RUNS = `INSERT INTO "finding_runs" ("scan_id", "field", "value", "first_position", "last_position")
  SELECT "scan_id", 'also_reported_by', "scanner", min("position"), max("position")
  FROM (SELECT *, "position" - row_number() OVER (
    PARTITION BY "scan_id", "scanner" ORDER BY "position") AS "island" FROM (
      SELECT DISTINCT "scan_id", "number" % ${NUMBERS_OF_A_SCAN} AS "position",
        json_extract(alias."value", '$.scanner') AS "scanner"
      FROM "findings", json_each("aliases_json") AS alias
      WHERE json_extract(alias."value", '$.scanner') <> "findings"."scanner"))
  GROUP BY "scan_id", "scanner", "island"`;

const COUNTS = `INSERT INTO "scan_counts" ("scan_id", "scanner", "severity", "findings_count")
  SELECT "scan_id", "scanner", "severity", count(*) FROM "findings"
  WHERE "scan_id" IN (SELECT "id" FROM "scans" WHERE "status" = 'completed') AND
    coalesce(json_extract("metadata_json", '$.suppressed_by'), '') NOT IN ('inline', 'config', 'baseline', 'import')
  GROUP BY "scan_id", "scanner", "severity"`;

const OUTCOMES = `INSERT INTO "current_outcomes" ("target_id", "scanner", "scan_type", "scan_id")
  SELECT "target_id", "scanner", "scan_type", "scan_id" FROM (
    SELECT link."target_id", outcome."scanner", outcome."scan_type", link."scan_id", row_number() OVER (
      PARTITION BY link."target_id", outcome."scanner" ORDER BY link."created_at" DESC, link."scan_id" DESC) AS "age"
    FROM "target_scans" AS link
    JOIN "scans" AS scan ON scan."id" = link."scan_id" AND scan."status" = 'completed'
    JOIN "scanner_outcomes" AS outcome ON outcome."scan_id" = link."scan_id"
      AND outcome."scan_type" = link."scan_type" AND outcome."status" = 'completed')
  WHERE "age" = 1`;

interface StoredScan {
  readonly id: string;
  readonly project: string;
  readonly target_path: string | null;
  readonly target_in_project: string | null;
  readonly target_url: string | null;
  readonly target_host: string | null;
  readonly scan_types: string;
  readonly options_json: string;
  readonly created_at: string;
}

/**
 * What is there now: targets, the latest outcome of each scanner about each, and counts. Which findings that makes is counted
 * at the next start, for every target that is marked stale.
 */
export class CurrentState1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...INDEXES]) await runner.query(statement);
    await runner.query(MERGED_RUNS);
    await runner.query(COUNTS);
    await linkScans(runner);
    await runner.query(OUTCOMES);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = TABLES.map((statement) => /"(\w+)"/.exec(statement)?.[1] ?? '');
    const parent = 'targets';
    for (const name of [...names.filter((other) => other !== parent), parent]) {
      await runner.query(`DROP TABLE "${name}"`);
    }
    await runner.query(`DELETE FROM "finding_runs" WHERE "field" = 'also_reported_by'`);
  }
}

async function linkScans(runner: QueryRunner): Promise<void> {
  const scans = (await runner.query(
    `SELECT "id", "project", "target_path", "target_in_project", "target_url", "target_host", "scan_types",
      "options_json", "created_at"
    FROM "scans" WHERE "origin" = 'scan' AND "hidden_at" IS NULL ORDER BY "created_at", "id"`,
  )) as StoredScan[];
  const places = knownPlaces(scans);
  const targets = new Map<string, string>();
  for (const scan of scans) {
    for (const type of JSON.parse(scan.scan_types) as string[]) {
      const [kind, place] = placeOf(scan, type, places);
      if (place === null) continue;
      const key = JSON.stringify([scan.project, kind, place]);
      const targetId = targets.get(key) ?? globalThis.crypto.randomUUID();
      if (targets.has(key)) {
        await runner.query(
          `UPDATE "targets" SET "latest_scan_id" = ?, "latest_at" = ? WHERE "id" = ?`,
          [scan.id, scan.created_at, targetId],
        );
      } else {
        targets.set(key, targetId);
        await runner.query(
          `INSERT INTO "targets" VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 1)`,
          [targetId, scan.project, kind, place, scan.id, scan.created_at],
        );
      }
      await runner.query(`INSERT OR IGNORE INTO "target_scans" VALUES (?, ?, ?, ?)`, [
        targetId,
        type,
        scan.created_at,
        scan.id,
      ]);
    }
  }
}

/** Older scans do not say their place in the project; a younger one of the same path does. */
function knownPlaces(scans: readonly StoredScan[]): ReadonlyMap<string, string> {
  return new Map(
    scans.flatMap((scan) =>
      scan.target_in_project === null ? [] : [[pathKey(scan), scan.target_in_project]],
    ),
  );
}

function pathKey({ project, target_path }: StoredScan): string {
  return JSON.stringify([project, target_path]);
}

function placeOf(
  scan: StoredScan,
  type: string,
  places: ReadonlyMap<string, string>,
): readonly [string, string | null] {
  const tree = scan.target_in_project ?? places.get(pathKey(scan)) ?? scan.target_path;
  if (type === 'dast') return ['url', scan.target_url];
  if (type === 'network') return ['host', scan.target_host];
  if (type === 'baseline' && scan.options_json.includes('"hostProbes":true')) {
    return ['machine', 'this machine'];
  }
  return ['tree', tree];
}
