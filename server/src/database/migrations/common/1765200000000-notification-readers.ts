import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A place for each notification, so that reading all of them is one row for each reader, and what one of many is made of. */
export class NotificationReaders1765200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "notifications" ADD COLUMN "seq" integer NOT NULL DEFAULT (0)`);
    await runner.query(`ALTER TABLE "notifications" ADD COLUMN "gathered_json" text`);
    await runner.query(`UPDATE "notifications" SET "seq" = "rowid"`);
    await runner.query(`DROP INDEX "idx_notifications_read"`);
    await runner.query(`CREATE UNIQUE INDEX "idx_notifications_seq" ON "notifications" ("seq")`);
    for (const column of ['type', 'severity']) {
      await runner.query(
        `CREATE INDEX "idx_notifications_${column}" ON "notifications" ("${column}", "seq")`,
      );
    }
    await runner.query(
      `CREATE TABLE "notification_read_marks" (
        "reader" text NOT NULL,
        "up_to" integer NOT NULL,
        "read_at" text NOT NULL,
        PRIMARY KEY ("reader", "up_to"))`,
    );
    await runner.query(
      `CREATE INDEX "idx_notification_read_marks_up_to" ON "notification_read_marks" ("up_to")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "notification_read_marks"`);
    for (const column of ['type', 'severity', 'seq']) {
      await runner.query(`DROP INDEX "idx_notifications_${column}"`);
    }
    await runner.query(`CREATE INDEX "idx_notifications_read" ON "notifications" ("read_at")`);
    await runner.query(`ALTER TABLE "notifications" DROP COLUMN "gathered_json"`);
    await runner.query(`ALTER TABLE "notifications" DROP COLUMN "seq"`);
  }
}
