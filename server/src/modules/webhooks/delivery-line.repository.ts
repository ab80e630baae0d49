import { Injectable } from '@nestjs/common';
import {
  DELIVERY_LANES,
  type DeliveryLane,
  type DeliveryStatus,
  type WebhookEventName,
} from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';

/** A message that is to be delivered. */
export interface NewDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly lane: DeliveryLane;
  readonly event: WebhookEventName;
  readonly payload: string;
  readonly occurredAt: string;
}

/** A place where deliveries of one webhook wait for one another. */
export interface Lane {
  readonly webhookId: string;
  readonly lane: DeliveryLane;
}

/** A delivery that has not ended, as whoever may send it sees it. */
export interface OpenDelivery {
  readonly id: string;
  readonly messageId: string;
  readonly event: WebhookEventName;
  readonly payload: string;
  readonly attempt: number;
  readonly nextAttemptAt: string;
  readonly holdsSince: string | null;
  readonly steppedAsideAt: string | null;
  readonly leaseToken: number;
}

/** How an attempt ended, to be written as a row. */
export interface EndedAttempt {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly responseCode: number | null;
  readonly responseBody: string | null;
  readonly error: string | null;
}

/** Where an attempt has brought its delivery. */
export interface NextState {
  readonly status: Extract<DeliveryStatus, 'pending' | 'succeeded' | 'failed'>;
  readonly nextAttemptAt: string;
  readonly holdsSince: string | null;
  readonly steppedAsideAt: string | null;
}

const IS_OPEN = `"status" IN ('pending', 'delivering')`;
const NEXT_SEQUENCE = `COALESCE((SELECT MAX("sequence") FROM "webhook_deliveries" WHERE "webhook_id" = ? AND "lane" = ?), 0)`;
const COLUMNS = `"id", "webhook_id", "lane", "sequence", "message_id", "event", "payload_json", "status", "attempt",
  "next_attempt_at", "lease_token", "redelivery_of", "occurred_at", "created_at", "updated_at"`;
const OPEN = `SELECT "id", "message_id" AS "messageId", "event", "payload_json" AS "payload", "attempt",
    "next_attempt_at" AS "nextAttemptAt", "holds_since" AS "holdsSince", "stepped_aside_at" AS "steppedAsideAt",
    "lease_token" AS "leaseToken" FROM "webhook_deliveries"
  WHERE "webhook_id" = ? AND "lane" = ? AND ${IS_OPEN}`;

/** Every statement of the line; a test asks the database how it would run each. */
export const LINE_STATEMENTS = {
  enqueue: `INSERT INTO "webhook_deliveries" (${COLUMNS})
    VALUES (?, ?, ?, 1 + ${NEXT_SEQUENCE}, ?, ?, ?, 'pending', 0, ?, 0, NULL, ?, ?, ?)`,
  repeat: `INSERT INTO "webhook_deliveries" (${COLUMNS})
    SELECT json_extract("pair"."value", '$[0]'), "one"."webhook_id", 'replay', "pair"."key" + 1 + ${NEXT_SEQUENCE},
      "one"."message_id", "one"."event", "one"."payload_json", 'pending', 0, ?, 0, "one"."id", "one"."occurred_at", ?, ?
    FROM json_each(?) AS "pair" JOIN "webhook_deliveries" AS "one" ON "one"."id" = json_extract("pair"."value", '$[1]')`,
  head: `${OPEN} AND "stepped_aside_at" IS NULL ORDER BY "sequence" LIMIT 1`,
  aside: `${OPEN} AND "stepped_aside_at" IS NOT NULL ORDER BY "next_attempt_at" LIMIT 1`,
  stepAside: `UPDATE "webhook_deliveries" SET "stepped_aside_at" = ?, "updated_at" = ? WHERE "id" = ? AND "lease_token" = ?`,
  claim: `UPDATE "webhook_deliveries" SET "status" = 'delivering', "lease_token" = "lease_token" + 1, "next_attempt_at" = ?
    WHERE "id" = ? AND "lease_token" = ? AND ${IS_OPEN} RETURNING "id"`,
  settle: `UPDATE "webhook_deliveries" SET "attempt" = "attempt" + 1, "updated_at" = ?,
      "status" = CASE "status" WHEN 'delivering' THEN ? ELSE "status" END,
      "next_attempt_at" = ?, "holds_since" = ?, "stepped_aside_at" = ?
    WHERE "id" = ? AND "lease_token" = ? RETURNING "attempt"`,
  attempt: `INSERT INTO "webhook_attempts"
    ("delivery_id", "attempt", "started_at", "duration_ms", "response_code", "response_body", "error")
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
  /** A lease whose holder is gone can be taken at once. */
  release: `UPDATE "webhook_deliveries" SET "next_attempt_at" = ?
    WHERE "webhook_id" IN (SELECT "id" FROM "webhooks") AND "status" = 'delivering'`,
  skip: `UPDATE "webhook_deliveries" SET "status" = 'skipped', "updated_at" = ? WHERE "id" = ? AND ${IS_OPEN} RETURNING "id"`,
  busyLanes: `SELECT "webhook"."id" AS "webhookId", "lane"."value" AS "lane"
    FROM "webhooks" AS "webhook" JOIN json_each(?) AS "lane" WHERE "webhook"."deleted_at" IS NULL AND (
      EXISTS (SELECT 1 FROM "webhook_deliveries" WHERE "webhook_id" = "webhook"."id" AND "lane" = "lane"."value"
        AND "stepped_aside_at" IS NULL AND ${IS_OPEN})
      OR EXISTS (SELECT 1 FROM "webhook_deliveries" WHERE "webhook_id" = "webhook"."id" AND "lane" = "lane"."value"
        AND "stepped_aside_at" IS NOT NULL AND ${IS_OPEN}))`,
} as const;

/** The line in which deliveries wait: where they are put, claimed by whoever sends them, and given back. */
@Injectable()
export class DeliveryLine {
  constructor(private readonly clock: Clock) {}

  /** Puts one at the end of its lane, and tells so. */
  async enqueue(tx: Transaction, made: NewDelivery): Promise<void> {
    const now = this.now();
    const { id, webhookId, lane, event, payload, occurredAt } = made;
    await tx.manager.query(LINE_STATEMENTS.enqueue, [
      ...[id, webhookId, lane, webhookId, lane],
      ...[id, event, payload, now, occurredAt, now, now],
    ]);
    await tx.publish('webhook.due', { webhookId });
  }

  /** Puts deliveries of one webhook that have ended in its lane for repetitions, in the given order. @returns the new ids. */
  async repeat(
    tx: Transaction,
    webhookId: string,
    ids: readonly string[],
  ): Promise<readonly string[]> {
    const now = this.now();
    const made = ids.map(() => globalThis.crypto.randomUUID());
    const pairs = JSON.stringify(made.map((id, index) => [id, ids[index]]));
    const parameters = [webhookId, 'replay', now, now, now, pairs];
    await tx.manager.query(LINE_STATEMENTS.repeat, parameters);
    await tx.publish('webhook.due', { webhookId });
    return made;
  }

  /** The first of a lane that has not stepped aside; others wait for it. */
  async head({ manager }: Transaction, { webhookId, lane }: Lane): Promise<OpenDelivery | null> {
    const rows = await manager.query<OpenDelivery[]>(LINE_STATEMENTS.head, [webhookId, lane]);
    return rows[0] ?? null;
  }

  /** The one of those that have stepped aside that is due first. */
  async aside({ manager }: Transaction, { webhookId, lane }: Lane): Promise<OpenDelivery | null> {
    const rows = await manager.query<OpenDelivery[]>(LINE_STATEMENTS.aside, [webhookId, lane]);
    return rows[0] ?? null;
  }

  async stepAside({ manager }: Transaction, one: OpenDelivery): Promise<void> {
    const now = this.now();
    await manager.query(LINE_STATEMENTS.stepAside, [now, now, one.id, one.leaseToken]);
  }

  /** @returns the claim's token; `null` where somebody else was first. */
  async claim(
    { manager }: Transaction,
    { id, leaseToken }: OpenDelivery,
    leaseUntil: string,
  ): Promise<number | null> {
    const rows = await manager.query<object[]>(LINE_STATEMENTS.claim, [leaseUntil, id, leaseToken]);
    return rows.length === 1 ? leaseToken + 1 : null;
  }

  /**
   * Writes down an attempt and what becomes of its delivery, unless that was claimed by somebody else meanwhile, or has gone. One
   * that was skipped meanwhile stays so. @returns whether anything was written.
   */
  async settle(
    { manager }: Transaction,
    claim: { readonly id: string; readonly leaseToken: number },
    ended: EndedAttempt,
    next: NextState,
  ): Promise<boolean> {
    const [row] = await manager.query<{ attempt: number }[]>(LINE_STATEMENTS.settle, [
      ...[this.now(), next.status, next.nextAttemptAt, next.holdsSince, next.steppedAsideAt],
      ...[claim.id, claim.leaseToken],
    ]);
    if (row === undefined) return false;
    await manager.query(LINE_STATEMENTS.attempt, [
      ...[claim.id, row.attempt, ended.startedAt, ended.durationMs],
      ...[ended.responseCode, ended.responseBody, ended.error],
    ]);
    return true;
  }

  /** Gives back what a process that is gone had claimed. */
  async releaseAll({ manager }: Transaction): Promise<void> {
    await manager.query(LINE_STATEMENTS.release, [this.now()]);
  }

  /** Ends one, whoever is sending it. @returns whether it had not ended. */
  async skip(
    tx: Transaction,
    { webhookId, id }: { webhookId: string; id: string },
  ): Promise<boolean> {
    const rows = await tx.manager.query<object[]>(LINE_STATEMENTS.skip, [this.now(), id]);
    await tx.publish('webhook.due', { webhookId });
    return rows.length === 1;
  }

  /** Lanes with anything in them. */
  async busyLanes({ manager }: Transaction): Promise<Lane[]> {
    return manager.query<Lane[]>(LINE_STATEMENTS.busyLanes, [JSON.stringify(DELIVERY_LANES)]);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
