import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import type { NotificationBody } from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { heldValue } from '../../core/api/held-value';
import { API, notificationReadRoute } from '../../core/api/routes';
import {
  parseMarkedRead,
  parseNotification,
  parseNotifications,
} from '../../core/api/wire-notifications';
import { toProblem } from '../../core/errors/problem';
import { UnreadCount } from '../../core/notifications/unread-count';
import { Toaster } from '../../core/toasts/toaster';

const SHOWN = 10;

/** The latest notifications, read when the bell is opened, and marking them as read. */
@Injectable()
export class BellStore {
  private readonly http = inject(HttpClient);
  private readonly counter = inject(UnreadCount);
  private readonly toaster = inject(Toaster);
  private readonly always = signal('bell').asReadonly();
  private readonly isWanted = signal(false);

  private readonly list = httpResource<NotificationBody[]>(
    () => {
      this.counter.revision();
      return this.isWanted() ? { url: API.notifications, params: { limit: SHOWN } } : undefined;
    },
    { parse: parseNotifications },
  );
  readonly latest = heldValue(this.list, this.always);
  readonly unread = this.counter.unread;
  readonly hasUnread = computed(() => (this.unread()?.count ?? 0) > 0);

  /** Reads the list, and anew each time the bell is opened. */
  open(): void {
    if (this.isWanted()) this.list.reload();
    this.isWanted.set(true);
    void this.counter.refresh();
  }

  /** Shown as read at once; shown as unread again where the server did not take it. */
  async markRead({ id, read_at }: NotificationBody): Promise<void> {
    if (read_at !== null) return;
    this.replace(id, (entry) => ({ ...entry, read_at: new Date().toISOString() }));
    this.counter.expect((count) => count - 1);
    try {
      const answer = await firstValueFrom(this.http.patch(notificationReadRoute(id), null));
      const now = parseNotification(answer);
      this.replace(id, () => now);
    } catch (error) {
      // Expected: it is gone, or the server is away.
      this.replace(id, (entry) => ({ ...entry, read_at: null }));
      this.toaster.failed('The notification was not marked as read', toProblem(error));
    }
    await this.counter.changed();
  }

  async markAllRead(): Promise<void> {
    try {
      parseMarkedRead(await firstValueFrom(this.http.patch(API.allRead, null)));
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
