import { Component, type ElementRef, computed, inject, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { NotificationBody } from '@securescan/contracts';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { RelativeTime } from '../../ui/time/relative-time';
import { BellStore } from './bell-store';

const MOST_SHOWN = 99;

/** How many notifications are unread, and behind it the latest of them. */
@Component({
  selector: 'app-bell',
  imports: [EmptyState, ErrorNotice, Icon, RelativeTime, RouterLink, Skeleton],
  providers: [BellStore],
  templateUrl: './bell.html',
  styleUrl: './bell.css',
})
export class Bell {
  private readonly router = inject(Router);
  private readonly card = viewChild.required<ElementRef<HTMLElement>>('card');

  protected readonly store = inject(BellStore);
  protected readonly badge = computed(() => {
    const count = this.store.unread()?.count ?? 0;
    if (count === 0) return null;
    return count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  });
  protected readonly label = computed(() => {
    const unread = this.store.unread();
    if (unread === null) return 'Notifications';
    if (unread.count === 0) return 'Notifications, none unread';
    return `Notifications, ${unread.is_exact ? '' : 'over '}${unread.count} unread`;
  });

  protected toggled(event: Event): void {
    if ('newState' in event && event.newState === 'open') this.store.open();
  }

  protected async follow(event: Event, notification: NotificationBody): Promise<void> {
    // The browser opens another tab by itself.
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    this.close();
    if (notification.link !== null) await this.router.navigateByUrl(notification.link);
    await this.store.markRead(notification);
  }

  protected close(): void {
    this.card().nativeElement.hidePopover();
  }
}
