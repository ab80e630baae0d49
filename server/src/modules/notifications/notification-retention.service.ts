import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { NotificationsConfig } from '../../config/notifications.config';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { NotificationEntity } from './notification.entity';

const DAY_MS = 86_400_000;
/** A unit holds the only writing connection, so it is kept short. */
const ROWS_PER_UNIT = 250;

/** What is old enough to go once somebody has read it, oldest first, from behind a place on; a test asks how it would run. */
export const OLD_NOTIFICATIONS = `SELECT "old"."id", "old"."created_at" AS "createdAt",
    "old"."created_at" < ? OR "old"."read_at" IS NOT NULL
      OR "old"."seq" <= (SELECT MAX("up_to") FROM "notification_read_marks")
      OR EXISTS (SELECT 1 FROM "notification_reads" WHERE "notification_id" = "old"."id") AS "isDue"
  FROM "notifications" AS "old"
  WHERE ("old"."created_at", "old"."id") > (?, ?) AND "old"."created_at" < ?
  ORDER BY "old"."created_at", "old"."id" LIMIT ${ROWS_PER_UNIT}`;

/** Marks that lie before all that is left: whoever set them has still read nothing of it. */
const FORGET_MARKS = `DELETE FROM "notification_read_marks" WHERE "up_to" < (SELECT MIN("seq") FROM "notifications")`;

interface OldRow {
  readonly id: string;
  readonly createdAt: string;
  /** `null` stands for no, where nobody has read anything. */
  readonly isDue: number | null;
}

/** Removes notifications that are past their age. */
@Injectable()
export class NotificationRetention {
  constructor(
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  /** A bounded number of rows in each unit, oldest first. @returns how many went. */
  async apply(isStopping: () => boolean): Promise<number> {
    let removed = 0;
    let last: Pick<OldRow, 'id' | 'createdAt'> | undefined = { id: '', createdAt: '' };
    while (!isStopping() && last !== undefined) {
      const from: Pick<OldRow, 'id' | 'createdAt'> = last;
      const rows = await this.units.run((tx) => this.removeSome(tx, from));
      removed += rows.filter(({ isDue }) => isDue === 1).length;
      last = rows.at(-1);
    }
    if (removed > 0) await this.units.run(({ manager }) => manager.query(FORGET_MARKS));
    return removed;
  }

  private async removeSome(
    { manager }: Transaction,
    after: Pick<OldRow, 'id' | 'createdAt'>,
  ): Promise<readonly OldRow[]> {
    const { keepDays, readKeepDays } = this.config;
    const rows = await manager.query<OldRow[]>(OLD_NOTIFICATIONS, [
      this.daysAgo(keepDays),
      after.createdAt,
      after.id,
      this.daysAgo(Math.min(keepDays, readKeepDays)),
    ]);
    const due = rows.filter(({ isDue }) => isDue === 1).map(({ id }) => id);
    if (due.length > 0) await manager.delete(NotificationEntity, { id: In(due) });
    return rows;
  }

  private daysAgo(days: number): string {
    return new Date(this.clock.now().getTime() - days * DAY_MS).toISOString();
  }
}
