import { Injectable } from '@nestjs/common';
import type { MarkedReadBody, NotificationBody, UnreadCountBody } from '@securescan/contracts';
import { sha256Hex } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { COUNT_LIMIT, Page, totalOf } from '../../common/pagination';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { Actor } from '../auth/caller';
import { PrincipalNames } from '../auth/principal-names.service';
import { PrincipalsService } from '../auth/principals.service';
import type { NotificationListQueryDto } from './dto/notification.dto';
import { toNotificationBody } from './notification.mapper';
import { NotificationNotFoundError } from './notifications.errors';
import {
  type NotificationFilter,
  NotificationsRepository,
  type Reader,
} from './notifications.repository';

const DIGEST_LENGTH = 16;
/** A bell asks often, and shows no more than a few digits. */
const UNREAD_LIMIT = 1000;
const UNREAD: NotificationFilter = { unreadOnly: true, type: null, severity: null };

/** What there is to hear of, and who has read it. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
    private readonly principals: PrincipalsService,
    private readonly names: PrincipalNames,
  ) {}

  /** Newest first. */
  async page(query: NotificationListQueryDto, actor: Actor): Promise<Page<NotificationBody>> {
    const { limit, cursor, unread_only: unreadOnly } = query;
    const filter = { unreadOnly, type: query.type ?? null, severity: query.severity ?? null };
    const list = `notifications:${sha256Hex(JSON.stringify(filter)).slice(0, DIGEST_LENGTH)}`;
    const before = cursor === undefined ? null : Number(decodeCursor(list, ['number'], cursor)[0]);
    const reader = await this.reader(actor);
    const found = await this.notifications.page(reader, filter, { before, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.notifications.count(reader, filter, COUNT_LIMIT);
    return new Page(
      shown.map(toNotificationBody),
      last === undefined ? null : encodeCursor(list, [last.seq]),
      totalOf(count),
    );
  }

  async unreadCount(actor: Actor): Promise<UnreadCountBody> {
    const reader = await this.reader(actor);
    const count = await this.notifications.count(reader, UNREAD, UNREAD_LIMIT + 1);
    return { count: Math.min(count, UNREAD_LIMIT), is_exact: count <= UNREAD_LIMIT };
  }

  /** What was read already keeps its time. @throws NotificationNotFoundError */
  async markRead(id: string, actor: Actor): Promise<NotificationBody> {
    return this.units.run(async (tx) => {
      const reader = await this.readerForWriting(tx, actor);
      const known = await this.notifications.find(tx, reader, id);
      if (known === null) throw new NotificationNotFoundError();
      if (known.readAt !== null) return toNotificationBody(known);
      const readAt = this.now();
      await this.notifications.markRead(tx, reader, id, readAt);
      return toNotificationBody({ ...known, readAt });
    });
  }

  /** What comes while this runs stays unread: it gets its place after this unit. */
  async markAllRead(actor: Actor): Promise<MarkedReadBody> {
    return this.units.run(async (tx) => {
      const reader = await this.readerForWriting(tx, actor);
      return { marked_read: await this.notifications.markAllRead(tx, reader, this.now()) };
    });
  }

  private async reader(actor: Actor): Promise<Reader> {
    const isOpen = actor.kind === 'open';
    return { principalId: isOpen ? null : await this.names.idOf(actor), isOpen };
  }

  private async readerForWriting(tx: Transaction, actor: Actor): Promise<Reader> {
    const principalId = await this.principals.idOf(tx, actor);
    return { principalId, isOpen: principalId === null };
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
