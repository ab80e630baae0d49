import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import type { WebhookBody } from '@securescan/contracts';
import { followedValue, heldValue } from '../../../core/api/held-value';
import { CursorPaging } from '../../../core/api/list-page';
import { API } from '../../../core/api/routes';
import { parseWebhooks } from '../../../core/api/wire-webhooks';
import { SessionStore } from '../../../core/auth/session-store';
import { repeatWhile } from '../../../core/live/repeat-while';

const PAGE_SIZE = 50;
const LIVE_INTERVAL_MS = 10_000;

/** The webhooks of the installation, newest first, and how they fare. */
@Injectable()
export class WebhooksStore {
  private readonly session = inject(SessionStore);
  private readonly always = signal('webhooks').asReadonly();
  private readonly paging = new CursorPaging(PAGE_SIZE, this.always);

  /** Why the caller may not see them, or `null`. */
  readonly whyNot = computed(() => this.session.whyNot('admin'));

  private readonly page = httpResource<WebhookBody[]>(
    () => {
      if (this.whyNot() !== null) return undefined;
      const cursor = this.paging.cursor();
      const params = { limit: PAGE_SIZE };
      return { url: API.webhooks, params: cursor === undefined ? params : { ...params, cursor } };
    },
    { parse: parseWebhooks },
  );
  readonly webhooks = followedValue(heldValue(this.page, this.paging.cursor), this.paging.cursor);
  readonly window = computed(() => {
    const { shown } = this.webhooks();
    const count = shown.state === 'value' ? shown.value.length : 0;
    return this.paging.describe(count, this.page.headers());
  });

  constructor() {
    const isAllowed = computed(() => this.whyNot() === null);
    repeatWhile(isAllowed, LIVE_INTERVAL_MS, () => {
      this.page.reload();
    });
  }

  reload(): void {
    this.page.reload();
  }

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }
}
