import { Injectable } from '@nestjs/common';
import type { NotificationSeverity, NotificationType } from '@securescan/contracts';
import type { EntityManager } from 'typeorm';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { NotificationEntity } from './notification.entity';
import { NotificationReadEntity } from './notification-read.entity';
import { NotificationReadMarkEntity } from './notification-read-mark.entity';

/** Reader of an installation without credentials. */
const OPEN_READER = 'open';

/** Whose having read it is meant. */
export interface Reader {
  /** `null` for somebody who has never written anything, and so has read nothing. */
  readonly principalId: string | null;
  /** Whoever uses an installation without credentials. */
  readonly isOpen: boolean;
}

export interface NotificationFilter {
  readonly unreadOnly: boolean;
  readonly type: NotificationType | null;
  readonly severity: NotificationSeverity | null;
}

/** One row, as one reader sees it. */
export interface ShownNotification {
  readonly id: string;
  readonly seq: number;
  readonly type: NotificationType;
  readonly severity: NotificationSeverity;
  readonly title: string;
  readonly body: string | null;
  readonly link: string | null;
  /** `null` too where the scan is hidden, for its rows are on their way out. */
  readonly scanId: string | null;
  readonly createdAt: string;
  readonly readAt: string | null;
}

interface Query {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

@Injectable()
export class NotificationsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Newest first. @param before the place of the last row of the page before. */
  async page(
    reader: Reader,
    filter: NotificationFilter,
    { before, limit }: { readonly before: number | null; readonly limit: number },
  ): Promise<ShownNotification[]> {
    const conditions = conditionsOf(reader, filter);
    if (before !== null) conditions.push({ sql: `"one"."seq" < ?`, parameters: [before] });
    return shown(this.database.manager, reader, conditions, limit);
  }

  /** How many match, counted no further than `limit`. */
  async count(reader: Reader, filter: NotificationFilter, limit: number): Promise<number> {
    const { sql, parameters } = all(conditionsOf(reader, filter));
    const rows = await this.database.manager.query<{ count: number }[]>(
      `SELECT COUNT(*) AS "count" FROM (SELECT 1 FROM "notifications" AS "one" WHERE ${sql} LIMIT ?)`,
      [...parameters, limit],
    );
    return rows[0]?.count ?? 0;
  }

  async find(
    { manager }: Transaction,
    reader: Reader,
    id: string,
  ): Promise<ShownNotification | null> {
    const rows = await shown(manager, reader, [{ sql: `"one"."id" = ?`, parameters: [id] }], 1);
    return rows[0] ?? null;
  }

  /** For one that the reader has not read yet. */
  async markRead({ manager }: Transaction, reader: Reader, id: string, at: string): Promise<void> {
    if (reader.principalId === null) {
      await manager.update(NotificationEntity, { id }, { readAt: at });
    } else {
      const row = { notificationId: id, principalId: reader.principalId, readAt: at };
      await manager.insert(NotificationReadEntity, row);
    }
  }

  /** Marks everything read that is there, in one row. @returns how many were unread. */
  async markAllRead({ manager }: Transaction, reader: Reader, at: string): Promise<number> {
    const { sql, parameters } = unreadBy(reader);
    const rows = await manager.query<{ count: number; last: number | null }[]>(
      `SELECT COUNT(*) AS "count", MAX("one"."seq") AS "last" FROM "notifications" AS "one" WHERE ${sql}`,
      [...parameters],
    );
    const { count = 0, last = null } = rows[0] ?? {};
    if (last === null) return 0;
    const mark = { reader: nameOf(reader), upTo: last, readAt: at };
    await manager.insert(NotificationReadMarkEntity, mark);
    return count;
  }
}

function nameOf({ principalId, isOpen }: Reader): string {
  return isOpen ? OPEN_READER : (principalId ?? '');
}

/** When a reader read one by itself. */
function readAlone({ principalId, isOpen }: Reader): Query {
  if (isOpen) return { sql: `"one"."read_at"`, parameters: [] };
  const sql = `(SELECT "read_at" FROM "notification_reads"
    WHERE "notification_id" = "one"."id" AND "principal_id" = ?)`;
  return { sql, parameters: [principalId ?? ''] };
}

function unreadBy(reader: Reader): Query {
  const alone = readAlone(reader);
  const sql = `"one"."seq" > COALESCE((SELECT MAX("up_to") FROM "notification_read_marks" WHERE "reader" = ?), 0)
    AND ${alone.sql} IS NULL`;
  return { sql, parameters: [nameOf(reader), ...alone.parameters] };
}

function conditionsOf(reader: Reader, { unreadOnly, type, severity }: NotificationFilter): Query[] {
  const conditions = unreadOnly ? [unreadBy(reader)] : [];
  if (type !== null) conditions.push({ sql: `"one"."type" = ?`, parameters: [type] });
  if (severity !== null) conditions.push({ sql: `"one"."severity" = ?`, parameters: [severity] });
  return conditions;
}

function all(conditions: readonly Query[]): Query {
  return {
    sql: conditions.length === 0 ? 'true' : conditions.map(({ sql }) => sql).join(' AND '),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

/** What was read alone was read before everything else up to it, or it would not have been unread. */
async function shown(
  manager: EntityManager,
  reader: Reader,
  conditions: readonly Query[],
  limit: number,
): Promise<ShownNotification[]> {
  const alone = readAlone(reader);
  const where = all(conditions);
  return manager.query<ShownNotification[]>(
    `SELECT "one"."id", "one"."seq", "one"."type", "one"."severity", "one"."title", "one"."body", "one"."link",
      "one"."created_at" AS "createdAt", "scan"."id" AS "scanId",
      COALESCE(${alone.sql}, (SELECT "read_at" FROM "notification_read_marks"
        WHERE "reader" = ? AND "up_to" >= "one"."seq" ORDER BY "up_to" LIMIT 1)) AS "readAt"
    FROM "notifications" AS "one"
    LEFT JOIN "scans" AS "scan" ON "scan"."id" = "one"."scan_id" AND "scan"."hidden_at" IS NULL
    WHERE ${where.sql} ORDER BY "one"."seq" DESC LIMIT ?`,
    [...alone.parameters, nameOf(reader), ...where.parameters, limit],
  );
}
