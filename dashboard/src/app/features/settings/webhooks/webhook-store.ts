import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import {
  DELIVERY_STATUSES,
  type WebhookBody,
  type WebhookDeliveryBody,
  type WebhookDeliveryDetailBody,
} from '@securescan/contracts';
import { AddressQuery } from '../../../core/address-query';
import { followedValue, heldValue } from '../../../core/api/held-value';
import { CursorPaging } from '../../../core/api/list-page';
import { deliveryRoute, webhookRoute } from '../../../core/api/routes';
import { parseDeliveries, parseDelivery, parseWebhook } from '../../../core/api/wire-webhooks';
import { SessionStore } from '../../../core/auth/session-store';
import { repeatWhile } from '../../../core/live/repeat-while';
import { hasEnded } from './webhook-words';

const PAGE_SIZE = 25;
const WAITING_INTERVAL_MS = 1_500;
const LIVE_INTERVAL_MS = 8_000;

/** One webhook, what was and is to be sent to it, and the delivery that is looked at. */
@Injectable()
export class WebhookStore {
  private readonly query = inject(AddressQuery);
  private readonly session = inject(SessionStore);
  private readonly params = toSignal(inject(ActivatedRoute).paramMap, { requireSync: true });

  readonly id = computed(() => this.params().get('id') ?? '');
  readonly status = computed(() => this.query.oneOf('status', DELIVERY_STATUSES));
  readonly deliveryId = computed(() => this.query.text('delivery'));
  readonly whyNot = computed(() => this.session.whyNot('admin'));
  private readonly allowedId = computed(() => (this.whyNot() === null ? this.id() : undefined));

  private readonly record = httpResource<WebhookBody>(
    () => {
      const id = this.allowedId();
      return id === undefined ? undefined : webhookRoute(id);
    },
    { parse: parseWebhook },
  );
  readonly webhook = followedValue(heldValue(this.record, this.id), this.id);

  private readonly narrowed = computed(() => `${this.id()} ${this.status() ?? ''}`);
  private readonly paging = new CursorPaging(PAGE_SIZE, this.narrowed);
  private readonly page = httpResource<WebhookDeliveryBody[]>(
    () => {
      const id = this.allowedId();
      if (id === undefined) return undefined;
      const params: Record<string, string | number> = { limit: PAGE_SIZE };
      const [status, cursor] = [this.status(), this.paging.cursor()];
      if (status !== null) params['status'] = status;
      if (cursor !== undefined) params['cursor'] = cursor;
      return { url: webhookRoute(id, 'deliveries'), params };
    },
    { parse: parseDeliveries },
  );
  readonly deliveries = followedValue(heldValue(this.page, this.narrowed), this.narrowed);
  readonly window = computed(() => {
    const { shown } = this.deliveries();
    const count = shown.state === 'value' ? shown.value.length : 0;
    return this.paging.describe(count, this.page.headers());
  });

  private readonly one = httpResource<WebhookDeliveryDetailBody>(
    () => {
      const [id, delivery] = [this.allowedId(), this.deliveryId()];
      if (id === undefined || delivery === null) return undefined;
      return deliveryRoute(id, delivery);
    },
    { parse: parseDelivery },
  );
  readonly delivery = followedValue(heldValue(this.one, this.deliveryId), this.deliveryId);

  constructor() {
    const isOneOpen = computed(() => {
      const { shown } = this.delivery();
      return this.deliveryId() !== null && shown.state === 'value' && !hasEnded(shown.value.status);
    });
    repeatWhile(isOneOpen, WAITING_INTERVAL_MS, () => {
      this.one.reload();
    });
    const isAllowed = computed(() => this.whyNot() === null);
    repeatWhile(isAllowed, LIVE_INTERVAL_MS, () => {
      this.record.reload();
      this.page.reload();
    });
  }

  reload(): void {
    this.record.reload();
    this.page.reload();
    this.one.reload();
  }

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  async show(status: string | null): Promise<void> {
    await this.query.change({ status });
  }

  /** `null` closes it. */
  async open(delivery: string | null): Promise<void> {
    await this.query.change({ delivery });
    this.page.reload();
  }
}
