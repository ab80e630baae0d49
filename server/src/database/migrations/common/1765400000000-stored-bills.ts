import type { MigrationInterface, QueryRunner } from 'typeorm';

const SCAN = `CONSTRAINT "fk_sbom_documents_scan" FOREIGN KEY ("scan_id") REFERENCES "scans" ("id") ON DELETE SET NULL`;
const SBOM = `FOREIGN KEY ("sbom_id") REFERENCES "sbom_documents" ("id") ON DELETE CASCADE`;

const UP = [
  `DROP TABLE "sbom_components"`,
  `DROP TABLE "sbom_documents"`,
  `CREATE TABLE "sbom_documents" (
    "id" text PRIMARY KEY NOT NULL,
    "scan_id" text,
    "project" text NOT NULL,
    "target_path" text NOT NULL,
    "name" text NOT NULL,
    "version" text,
    "is_complete" boolean NOT NULL,
    "is_published" boolean NOT NULL,
    "component_count" integer NOT NULL,
    "created_at" text NOT NULL,
    ${SCAN}
  )`,
  `CREATE TABLE "sbom_parts" (
    "sbom_id" text NOT NULL,
    "content" text NOT NULL,
    "position" integer NOT NULL,
    "bytes" blob NOT NULL,
    CONSTRAINT "fk_sbom_parts_sbom" ${SBOM},
    PRIMARY KEY ("sbom_id", "content", "position")
  )`,
  `CREATE INDEX "idx_sbom_documents_created" ON "sbom_documents" ("created_at", "id")`,
  `CREATE INDEX "idx_sbom_documents_project" ON "sbom_documents" ("project", "created_at", "id")`,
  `CREATE INDEX "idx_sbom_documents_target" ON "sbom_documents" ("target_path", "created_at", "id")`,
  `CREATE INDEX "idx_sbom_documents_scan" ON "sbom_documents" ("scan_id")`,
];

const DOWN = [
  `DROP TABLE "sbom_parts"`,
  `DROP TABLE "sbom_documents"`,
  `CREATE TABLE "sbom_documents" (
    "id" text PRIMARY KEY NOT NULL,
    "scan_id" text,
    "project" text NOT NULL,
    "target_path" text NOT NULL,
    "format" text NOT NULL,
    "component_count" integer NOT NULL,
    "created_at" text NOT NULL,
    ${SCAN}
  )`,
  `CREATE TABLE "sbom_components" (
    "id" text PRIMARY KEY NOT NULL,
    "sbom_id" text NOT NULL,
    "position" integer NOT NULL,
    "name" text NOT NULL,
    "version" text NOT NULL,
    "type" text NOT NULL,
    "purl" text,
    "license" text,
    "supplier" text,
    CONSTRAINT "fk_sbom_components_sbom" ${SBOM}
  )`,
  `CREATE INDEX "idx_sbom_documents_created" ON "sbom_documents" ("created_at", "id")`,
  `CREATE INDEX "idx_sbom_documents_scan" ON "sbom_documents" ("scan_id")`,
  `CREATE UNIQUE INDEX "idx_sbom_components_position" ON "sbom_components" ("sbom_id", "position")`,
];

/** Bills as they are sent, in compressed parts. Nothing has ever been written to the tables that go. */
export class StoredBills1765400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
