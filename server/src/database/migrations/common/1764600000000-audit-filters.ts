import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Behind each, SQLite keeps `seq`: equal times stay in their order. */
const INDEXES = [
  ['idx_audit_log_subject', 'subject_id'],
  ['idx_audit_log_principal', 'principal_id'],
  ['idx_audit_log_actor', 'actor'],
  ['idx_audit_log_action', 'action'],
  ['idx_audit_log_subject_type', 'subject_type'],
] as const;

/** An index for every filter of the audit log's list, which is sorted by time. */
export class AuditFilters1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "idx_audit_log_subject"`);
    for (const [name, column] of INDEXES) {
      await runner.query(`CREATE INDEX "${name}" ON "audit_log" ("${column}", "occurred_at")`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of INDEXES) await runner.query(`DROP INDEX "${name}"`);
    await runner.query(
      `CREATE INDEX "idx_audit_log_subject" ON "audit_log" ("subject_type", "subject_id", "seq")`,
    );
  }
}
