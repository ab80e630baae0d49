import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, linkedSignal, signal } from '@angular/core';
import {
  NOTIFICATION_TYPES,
  type NotificationBody,
  type NotificationType,
} from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { AddressQuery } from '../../core/address-query';
import { followedValue, heldValue } from '../../core/api/held-value';
import { listTotal } from '../../core/api/list-headers';
import { API, notificationReadRoute } from '../../core/api/routes';
import {
  parseMarkedRead,
  parseNotification,
  parseNotifications,
} from '../../core/api/wire-notifications';
import { toProblem } from '../../core/errors/problem';
import { repeatWhile } from '../../core/live/repeat-while';
import { UnreadCount } from '../../core/notifications/unread-count';
import { Toaster } from '../../core/toasts/toaster';

const STEP = 25;
/** What one question may ask for. */
const MOST = 200;
const LIVE_INTERVAL_MS = 10_000;

/**
 * Notifications, newest first. There is one question for all that is shown, so that what comes meanwhile moves the list on
 * and leaves no gap in it.
 */
@Injectable()
export class NotificationsStore {
  private readonly http = inject(HttpClient);
  private readonly query = inject(AddressQuery);
  private readonly counter = inject(UnreadCount);
  private readonly toaster = inject(Toaster);

  readonly isUnreadOnly = computed(() => this.query.oneOf('show', ['unread']) !== null);
  readonly type = computed<NotificationType | null>(() =>
    this.query.oneOf('type', NOTIFICATION_TYPES),
  );
  private readonly filter = computed(() => {
    const params: Record<string, string | boolean> = {};
    const type = this.type();
    if (this.isUnreadOnly()) params['unread_only'] = true;
    if (type !== null) params['type'] = type;
    return params;
  });
  private readonly wanted = linkedSignal({ source: this.filter, computation: () => STEP });

  private readonly list = httpResource<NotificationBody[]>(
    () => {
      this.counter.revision();
      return { url: API.notifications, params: { ...this.filter(), limit: this.wanted() } };
    },
    { parse: parseNotifications },
  );
  readonly entries = followedValue(heldValue(this.list, this.filter), this.filter);
  readonly unread = this.counter.unread;

  /** How many there are, and whether more of them can be shown. */
  readonly extent = computed(() => {
    const { shown } = this.entries();
    const count = shown.state === 'value' ? shown.value.length : 0;
    const total = listTotal(this.list.headers());
    const hasMore = total !== null && total.count > count;
    return { count, total, hasMore, isAtLimit: hasMore && this.wanted() >= MOST };
  });

  constructor() {
    repeatWhile(signal(true).asReadonly(), LIVE_INTERVAL_MS, () => {
      this.list.reload();
    });
  }

  showMore(): void {
    this.wanted.update((count) => Math.min(count + STEP, MOST));
  }

  reload(): void {
    this.list.reload();
  }

  async narrow(change: Partial<Record<'show' | 'type', string | null>>): Promise<void> {
    await this.query.change(change);
  }

  /** Shown as read at once; shown as unread again where the server did not take it. */
  async markRead({ id, read_at }: NotificationBody): Promise<void> {
    if (read_at !== null) return;
    this.replace(id, (entry) => ({ ...entry, read_at: new Date().toISOString() }));
    this.counter.expect((count) => count - 1);
    try {
      const answer = parseNotification(
        await firstValueFrom(this.http.patch(notificationReadRoute(id), null)),
      );
      this.replace(id, () => answer);
    } catch (error) {
      // Expected: it is gone, or the server is away.
      this.replace(id, (entry) => ({ ...entry, read_at: null }));
      this.toaster.failed('The notification was not marked as read', toProblem(error));
    }
    await this.counter.changed();
  }

  async markAllRead(): Promise<void> {
    try {
      const answer = await firstValueFrom(this.http.patch(API.allRead, null));
      const { marked_read: count } = parseMarkedRead(answer);
      this.toaster.done(count === 1 ? '1 notification is read' : `${count} notifications are read`);
    } catch (error) {
      // Expected: the server is away.
      this.toaster.failed('The notifications were not marked as read', toProblem(error));
    }
    await this.counter.changed();
  }

  private replace(id: string, change: (entry: NotificationBody) => NotificationBody): void {
    if (!this.list.hasValue()) return;
    this.list.update((entries) =>
      entries.map((entry) => (entry.id === id ? change(entry) : entry)),
    );
  }
}
