import type {
  NotificationBody,
  WebhookBody,
  WebhookCreatedBody,
  WebhookDeliveryBody,
  WebhookDeliveryDetailBody,
} from '@securescan/contracts';
import { OpenDatabase } from '../../src/database/database';
import { Clock } from '../../src/ports/clock.port';
import { beginScan } from '../support/run-scan';
import { aMoment } from '../support/until';
import { startTestServer, type TestServer } from './test-server';

const TO_LOOPBACK = { SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8' };

interface Answered<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: T;
}

/** A server whose webhooks may reach this machine, with what tests ask of it. */
export class WebhookServer {
  private scans = 0;
  private aheadMs = 0;

  private constructor(readonly server: TestServer) {
    const clock = server.app.get(Clock);
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + this.aheadMs));
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<WebhookServer> {
    const server = await startTestServer({ environment: { ...TO_LOOPBACK, ...environment } });
    return new WebhookServer(server);
  }

  async ask<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
  ): Promise<Answered<T>> {
    const url = `/api/v1/webhooks${path}`;
    const sent = payload === undefined ? { method, url } : { method, url, payload };
    const answer = await this.server.app.inject(sent);
    const body = (answer.body === '' ? null : answer.json()) as T;
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  async subscribe(url: string, more: object = {}): Promise<WebhookCreatedBody> {
    const request = { name: 'receiver', url, event_filter: ['scan.complete'], ...more };
    const { status, body } = await this.ask<WebhookCreatedBody>('POST', '', request);
    expect([status, body]).toEqual([201, body]);
    return body;
  }

  async get(id: string): Promise<WebhookBody> {
    return (await this.ask<WebhookBody>('GET', `/${id}`)).body;
  }

  /** The first ones first. */
  async deliveries(id: string, query = ''): Promise<WebhookDeliveryBody[]> {
    const path = `/${id}/deliveries?limit=200&${query}`;
    return (await this.ask<WebhookDeliveryBody[]>('GET', path)).body.reverse();
  }

  async delivery(id: string, delivery: string): Promise<WebhookDeliveryDetailBody> {
    return (await this.ask<WebhookDeliveryDetailBody>('GET', `/${id}/deliveries/${delivery}`)).body;
  }

  async notifications(): Promise<NotificationBody[]> {
    return (await this.server.app.inject('/api/v1/notifications')).json<NotificationBody[]>();
  }

  /** Completes a scan without findings. @returns its id. */
  async completeScan(project = 'shop'): Promise<string> {
    this.scans += 1;
    const id = `00000000-0000-4000-8000-${String(this.scans).padStart(12, '0')}`;
    await (await beginScan(this.server.app, { id, project }, [])).complete();
    return id;
  }

  /** Moves the server's clock on, and lets it look at what a webhook has to be sent. */
  async pass(ms: number, webhookId: string): Promise<void> {
    this.aheadMs += ms;
    await this.ask('PATCH', `/${webhookId}`, {});
  }

  /** The same up to a point in time, and a moment beyond it. */
  async passUntil(time: string, webhookId: string): Promise<void> {
    await this.pass(Math.max(Date.parse(time) - Date.now() - this.aheadMs, 0) + 1, webhookId);
  }

  /** Asks until something holds. */
  async until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
    for (;;) {
      const seen = await look();
      if (holds(seen)) return seen;
      await aMoment();
    }
  }

  /** Waits until deliveries stand so, in their order. */
  async untilStatuses(
    id: string,
    statuses: readonly string[],
    query = '',
  ): Promise<WebhookDeliveryBody[]> {
    return this.until(
      () => this.deliveries(id, query),
      (found) => found.map(({ status }) => status).join() === statuses.join(),
    );
  }

  /** What the database has of a webhook. */
  async rowsOf(id: string): Promise<object[]> {
    const { reader } = this.server.app.get(OpenDatabase);
    return reader.query<object[]>(
      'SELECT id FROM webhooks WHERE id = ? UNION ALL SELECT id FROM webhook_deliveries WHERE webhook_id = ?',
      [id, id],
    );
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
