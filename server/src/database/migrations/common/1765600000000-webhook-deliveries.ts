import type { MigrationInterface, QueryRunner } from 'typeorm';

const WEBHOOK = `CONSTRAINT "fk_webhook_deliveries_webhook" FOREIGN KEY ("webhook_id") REFERENCES "webhooks" ("id") ON DELETE CASCADE`;
const DELIVERY = `CONSTRAINT "fk_webhook_attempts_delivery" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries" ("id") ON DELETE CASCADE`;
const IS_OPEN = `"status" IN ('pending', 'delivering')`;

const DROP = [
  `DROP TABLE "webhook_attempts"`,
  `DROP TABLE "webhook_deliveries"`,
  `DROP TABLE "webhooks"`,
];

const UP = [
  `CREATE TABLE "webhooks" (
    "id" text PRIMARY KEY NOT NULL,
    "name" text NOT NULL,
    "url" text NOT NULL,
    "url_origin" text NOT NULL,
    "secret" text NOT NULL,
    "previous_secret" text,
    "previous_secret_until" text,
    "headers" text,
    "header_names_json" text NOT NULL,
    "format" text NOT NULL,
    "event_filter_json" text NOT NULL,
    "ordered" boolean NOT NULL,
    "enabled" boolean NOT NULL,
    "disabled_reason" text,
    "disabled_at" text,
    "failing_since" text,
    "paused_until" text,
    "created_at" text NOT NULL,
    "updated_at" text NOT NULL,
    "deleted_at" text
  )`,
  `CREATE TABLE "webhook_deliveries" (
    "id" text PRIMARY KEY NOT NULL,
    "webhook_id" text NOT NULL,
    "lane" text NOT NULL,
    "sequence" integer NOT NULL,
    "message_id" text NOT NULL,
    "event" text NOT NULL,
    "payload_json" text NOT NULL,
    "status" text NOT NULL,
    "attempt" integer NOT NULL,
    "next_attempt_at" text NOT NULL,
    "holds_since" text,
    "stepped_aside_at" text,
    "lease_token" integer NOT NULL,
    "redelivery_of" text,
    "occurred_at" text NOT NULL,
    "created_at" text NOT NULL,
    "updated_at" text NOT NULL,
    ${WEBHOOK}
  )`,
  `CREATE TABLE "webhook_attempts" (
    "delivery_id" text NOT NULL,
    "attempt" integer NOT NULL,
    "started_at" text NOT NULL,
    "duration_ms" integer NOT NULL,
    "response_code" integer,
    "response_body" text,
    "error" text,
    ${DELIVERY},
    PRIMARY KEY ("delivery_id", "attempt")
  )`,
  `CREATE INDEX "idx_webhooks_created" ON "webhooks" ("created_at", "id")`,
  `CREATE UNIQUE INDEX "idx_webhook_deliveries_lane" ON "webhook_deliveries" ("webhook_id", "lane", "sequence")`,
  `CREATE INDEX "idx_webhook_deliveries_line" ON "webhook_deliveries" ("webhook_id", "lane", "sequence")
    WHERE "stepped_aside_at" IS NULL AND ${IS_OPEN}`,
  `CREATE INDEX "idx_webhook_deliveries_aside" ON "webhook_deliveries" ("webhook_id", "lane", "next_attempt_at")
    WHERE "stepped_aside_at" IS NOT NULL AND ${IS_OPEN}`,
  `CREATE INDEX "idx_webhook_deliveries_created" ON "webhook_deliveries" ("webhook_id", "created_at", "id")`,
  `CREATE INDEX "idx_webhook_deliveries_status" ON "webhook_deliveries" ("webhook_id", "status", "created_at", "id")`,
  `CREATE INDEX "idx_webhook_deliveries_event" ON "webhook_deliveries" ("webhook_id", "event", "created_at", "id")`,
];

const DOWN = [
  `CREATE TABLE "webhooks" (
    "id" text PRIMARY KEY NOT NULL,
    "name" text NOT NULL,
    "url" text NOT NULL,
    "url_origin" text NOT NULL,
    "secret" text NOT NULL,
    "headers" text,
    "format" text NOT NULL,
    "event_filter_json" text NOT NULL,
    "ordered" boolean NOT NULL,
    "enabled" boolean NOT NULL,
    "disabled_reason" text,
    "paused_until" text,
    "created_at" text NOT NULL,
    "updated_at" text NOT NULL
  )`,
  `CREATE TABLE "webhook_deliveries" (
    "id" text PRIMARY KEY NOT NULL,
    "webhook_id" text NOT NULL,
    "lane" text NOT NULL,
    "sequence" integer NOT NULL,
    "event" text NOT NULL,
    "payload_json" text NOT NULL,
    "status" text NOT NULL,
    "attempt" integer NOT NULL,
    "next_attempt_at" text NOT NULL,
    "first_failed_at" text,
    "stepped_aside_at" text,
    "lease_expires_at" text,
    "response_code" integer,
    "response_body" text,
    "created_at" text NOT NULL,
    "updated_at" text NOT NULL,
    ${WEBHOOK}
  )`,
  `CREATE TABLE "webhook_attempts" (
    "delivery_id" text NOT NULL,
    "attempt" integer NOT NULL,
    "started_at" text NOT NULL,
    "duration_ms" integer NOT NULL,
    "response_code" integer,
    "error" text,
    ${DELIVERY},
    PRIMARY KEY ("delivery_id", "attempt")
  )`,
  `CREATE INDEX "idx_webhook_deliveries_created" ON "webhook_deliveries" ("webhook_id", "created_at", "id")`,
  `CREATE INDEX "idx_webhook_deliveries_due" ON "webhook_deliveries" ("status", "next_attempt_at")`,
  `CREATE UNIQUE INDEX "idx_webhook_deliveries_lane" ON "webhook_deliveries" ("webhook_id", "lane", "sequence")`,
];

/** What deliveries need to be claimed, repeated and shown. Nothing has ever been written to the tables that go. */
export class WebhookDeliveries1765600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...DROP, ...UP]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [...DROP, ...DOWN]) await runner.query(statement);
  }
}
