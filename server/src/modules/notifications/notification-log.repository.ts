import { Injectable } from '@nestjs/common';
import type { NotificationType } from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { NotificationText } from './notification-texts';
import { type GatheredThings, NotificationEntity } from './notification.entity';
import { NotificationReadEntity } from './notification-read.entity';

/** Behind everything that is there, and everything that anybody has read up to, though it may be gone. */
const LAST = `SELECT MAX("seq") AS "last" FROM (SELECT MAX("seq") AS "seq" FROM "notifications"
  UNION ALL SELECT MAX("up_to") FROM "notification_read_marks")`;

export interface NewNotification {
  readonly text: NotificationText;
  readonly scanId: string | null;
  readonly gathered: GatheredThings | null;
}

/** Where notifications are written, always in the transaction of what they tell. */
@Injectable()
export class NotificationLog {
  constructor(private readonly clock: Clock) {}

  now(): string {
    return this.clock.now().toISOString();
  }

  /**
   * Writes one, or says more in the one with the given id, which is then new again to everybody: it gets the last place, and
   * nobody has read it. @returns its id.
   */
  async put(
    tx: Transaction,
    id: string | null,
    { text, scanId, gathered }: NewNotification,
  ): Promise<string> {
    const seq = await nextSeq(tx);
    const told = { ...text, seq, createdAt: this.now(), readAt: null, gathered };
    if (id !== null) {
      await tx.manager.delete(NotificationReadEntity, { notificationId: id });
      await tx.manager.update(NotificationEntity, { id }, told);
      return id;
    }
    const made = globalThis.crypto.randomUUID();
    const link = scanId === null ? null : `/scan/${scanId}`;
    await tx.manager.insert(NotificationEntity, { ...told, id: made, link, scanId });
    return made;
  }

  /** The last one of a type; of one scan, or of none. */
  async latest(
    { manager }: Transaction,
    type: NotificationType,
    scanId: string | null,
  ): Promise<NotificationEntity | null> {
    const where = scanId === null ? { type } : { type, scanId };
    return manager.findOne(NotificationEntity, { where, order: { seq: 'DESC' } });
  }

  /** Says more in a notification that nobody has seen yet. */
  async amend(
    { manager }: Transaction,
    id: string,
    { severity, title, body }: NotificationText,
    gathered: GatheredThings,
  ): Promise<void> {
    // By hand, since it is done for each of many in one unit.
    await manager.query(
      `UPDATE "notifications" SET "severity" = ?, "title" = ?, "body" = ?, "gathered_json" = ? WHERE "id" = ?`,
      [severity, title, body, JSON.stringify(gathered), id],
    );
  }
}

async function nextSeq({ manager }: Transaction): Promise<number> {
  const rows = await manager.query<{ last: number | null }[]>(LAST);
  return (rows[0]?.last ?? 0) + 1;
}
