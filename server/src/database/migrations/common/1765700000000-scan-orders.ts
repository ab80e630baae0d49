import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = [
  ['idx_scans_findings', 'findings_count'],
  ['idx_scans_risk', 'risk_score'],
] as const;

/** The list of scans by findings and by risk, and where two are alike by time. */
export class ScanOrders1765700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, column] of INDEXES) {
      await runner.query(`CREATE INDEX "${name}" ON "scans" ("${column}", "created_at", "id")`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of INDEXES) await runner.query(`DROP INDEX "${name}"`);
  }
}
