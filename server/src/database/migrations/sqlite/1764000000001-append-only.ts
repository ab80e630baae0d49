import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTriggers, dropTriggers } from './append-only-triggers';

/** What stands before the first link of a chain; the same text as in the entity, and like all of a migration never changed. */
const GENESIS = '0'.repeat(64);

/** Makes the audit log and the history of verdicts append-only, and writes the one row that governs them. */
export class AppendOnly1764000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `INSERT INTO "retention" ("id", "audit_days", "audit_anchor_seq", "audit_anchor_hash",
        "history_days", "history_anchor_seq", "history_anchor_hash", "updated_at")
      VALUES (1, NULL, 0, ?, NULL, 0, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
      [GENESIS, GENESIS],
    );
    await createTriggers(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropTriggers(queryRunner);
    await queryRunner.query(`DELETE FROM "retention"`);
  }
}
