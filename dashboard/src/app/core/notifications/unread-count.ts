import { HttpClient } from '@angular/common/http';
import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import type { UnreadCountBody } from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { API } from '../api/routes';
import { parseUnreadCount } from '../api/wire-notifications';

const EVERY_MS = 30_000;

/** How many notifications the caller has not read: asked every 30 s, and by whatever may have changed it. */
@Injectable({ providedIn: 'root' })
export class UnreadCount {
  private readonly http = inject(HttpClient);
  private readonly latest = signal<UnreadCountBody | null>(null);
  private readonly changes = signal(0);
  private asked = 0;

  /** `null` until the server has answered. */
  readonly unread = this.latest.asReadonly();
  /** Grows with whatever was marked as read in this tab: each list of notifications is then read anew. */
  readonly revision = this.changes.asReadonly();

  constructor() {
    void this.refresh();
    const timer = setInterval(() => void this.refresh(), EVERY_MS);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }

  async refresh(): Promise<void> {
    this.asked += 1;
    const turn = this.asked;
    try {
      const count = parseUnreadCount(await firstValueFrom(this.http.get(API.unreadCount)));
      // Of two questions on their way, the later one knows better.
      if (turn === this.asked) this.latest.set(count);
    } catch {
      // Expected: the server is away. The last count stays, and the next round asks again.
    }
  }

  /** Something was marked as read, or was not after all. */
  async changed(): Promise<void> {
    this.changes.update((count) => count + 1);
    await this.refresh();
  }

  /** Takes a change for granted until the server has been asked again. */
  expect(change: (count: number) => number): void {
    this.latest.update((known) => known && { ...known, count: Math.max(0, change(known.count)) });
  }
}
