import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that end by themselves, and their list in the order in which it is shown. */
export class KeyExpiry1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "api_keys" ADD COLUMN "expires_at" text`);
    await queryRunner.query(
      `CREATE INDEX "idx_api_keys_created" ON "api_keys" ("created_at", "id")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "idx_api_keys_created"`);
    await queryRunner.query(`ALTER TABLE "api_keys" DROP COLUMN "expires_at"`);
  }
}
