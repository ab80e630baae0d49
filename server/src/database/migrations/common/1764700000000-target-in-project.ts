import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents name a target by its place in the project, which only the scan itself knows for sure. */
export class TargetInProject1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "scans" ADD COLUMN "target_in_project" text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "scans" DROP COLUMN "target_in_project"`);
  }
}
