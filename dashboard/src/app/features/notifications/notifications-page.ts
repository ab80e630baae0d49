import { Component, computed, inject } from '@angular/core';
import { Router } from '@angular/router';
import { NOTIFICATION_TYPES, type NotificationBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { NeedsScope } from '../../core/auth/needs-scope';
import { ArrowMoves } from '../../ui/arrow-moves/arrow-moves';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { type Segment, Segmented } from '../../ui/segmented/segmented';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { RelativeTime } from '../../ui/time/relative-time';
import { TYPE_WORDS } from './notification-words';
import { NotificationsStore } from './notifications-store';

@Component({
  selector: 'app-notifications-page',
  imports: [
    ArrowMoves,
    EmptyState,
    ErrorNotice,
    Icon,
    NeedsScope,
    RelativeTime,
    Segmented,
    Skeleton,
  ],
  providers: [AddressQuery, NotificationsStore],
  templateUrl: './notifications-page.html',
  styleUrl: './notifications-page.css',
})
export class NotificationsPage {
  private readonly router = inject(Router);

  protected readonly store = inject(NotificationsStore);
  protected readonly types = NOTIFICATION_TYPES;
  protected readonly words = TYPE_WORDS;

  protected readonly shown = computed<readonly Segment[]>(() => [
    { id: 'all', label: 'All' },
    { id: 'unread', label: 'Unread', count: this.store.unread()?.count ?? null },
  ]);
  protected readonly emptyHeading = computed(() => {
    if (this.store.type() !== null) return 'Nothing of this kind';
    return this.store.isUnreadOnly() ? 'Everything is read' : 'Nothing has happened yet';
  });
  protected readonly extentWords = computed(() => {
    const { count, total, isAtLimit } = this.store.extent();
    if (total === null) return `${count} shown`;
    const all = `${count} of ${total.isExact ? '' : 'over '}${total.count}`;
    return isAtLimit ? `${all}: older ones are had from the API, or by kind` : all;
  });

  protected async follow(event: Event, entry: NotificationBody): Promise<void> {
    // The browser opens another tab by itself.
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    const marked = this.store.markRead(entry);
    if (entry.link !== null) await this.router.navigateByUrl(entry.link);
    await marked;
  }

  protected async markRead(entry: NotificationBody): Promise<void> {
    await this.store.markRead(entry);
  }

  protected async markAllRead(): Promise<void> {
    await this.store.markAllRead();
  }

  protected async narrow(change: Partial<Record<'show' | 'type', string | null>>): Promise<void> {
    await this.store.narrow(change);
  }

  protected async chooseType(event: Event): Promise<void> {
    if (!(event.target instanceof HTMLSelectElement)) return;
    await this.store.narrow({ type: event.target.value === '' ? null : event.target.value });
  }
}
