import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = [
  ['created', '"created_at", "id"'],
  ['state', '"state", "created_at", "id"'],
  ['project', '"project", "created_at", "id"'],
  ['project_state', '"project", "state", "created_at", "id"'],
  ['fingerprint', '"fingerprint", "created_at", "id"'],
  ['document', '"document_id", "state", "id"'],
] as const;

/** What documents of others would have somebody decide. */
export class VerdictProposals1765500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "verdict_proposals" (
      "id" text PRIMARY KEY NOT NULL,
      "project" text,
      "fingerprint" text NOT NULL,
      "status" text NOT NULL,
      "reason" text,
      "note" text,
      "vulnerability" text NOT NULL,
      "purl" text NOT NULL,
      "product" text,
      "format" text NOT NULL,
      "document_id" text NOT NULL,
      "document_version" integer NOT NULL,
      "document_digest" text NOT NULL,
      "author" text,
      "issued_at" text,
      "state" text NOT NULL,
      "created_at" text NOT NULL,
      "created_by" text,
      "principal_id" text,
      "decided_at" text,
      "decided_by" text,
      "decider_id" text,
      CONSTRAINT "fk_verdict_proposals_principal" FOREIGN KEY ("principal_id") REFERENCES "principals" ("id")
        ON DELETE SET NULL ON UPDATE NO ACTION,
      CONSTRAINT "fk_verdict_proposals_decider" FOREIGN KEY ("decider_id") REFERENCES "principals" ("id")
        ON DELETE SET NULL ON UPDATE NO ACTION
    )`);
    for (const [name, columns] of INDEXES) {
      await runner.query(
        `CREATE INDEX "idx_verdict_proposals_${name}" ON "verdict_proposals" (${columns})`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "verdict_proposals"`);
  }
}
