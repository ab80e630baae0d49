import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Findings that a comment in the code mutes are listed, and counted apart from the others. */
export class SuppressedFindings1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "scans" ADD COLUMN "suppressed_count" integer NOT NULL DEFAULT 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "scans" DROP COLUMN "suppressed_count"`);
  }
}
