import type {
  AuditEntryBody,
  ErrorBody,
  WebhookDeliveryDetailBody,
  WebhookReplayBody,
} from '@securescan/contracts';
import { type Answer, Receiver } from '../support/receiver';
import { WebhookServer } from './webhook-calls';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 86_400_000;
const OUT_OF_ORDER = 'x-securescan-out-of-order';

let server: WebhookServer;
let receiver: Receiver;
let answer: Answer;

beforeAll(async () => {
  server = await WebhookServer.start();
});

beforeEach(async () => {
  answer = 204;
  receiver = await Receiver.start(() => answer);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await server.close();
});

/** A webhook of the receiver alone, with so many scans completed. */
async function subscribed(more: object = {}): Promise<string> {
  return (await server.subscribe(receiver.url, more)).id;
}

async function completed(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await server.completeScan());
  return ids;
}

const scansSeen = () =>
  receiver.received.map(
    ({ body }) => (JSON.parse(body) as { data: { scan_id: string } }).data.scan_id,
  );
const marked = () => receiver.received.map(({ headers }) => headers[OUT_OF_ORDER] ?? null);
const attempted = (id: string, attempt: number) =>
  server.until(
    () => server.deliveries(id),
    (found) => found[0]?.attempt === attempt && found[0].status !== 'delivering',
  );

describe('a delivery that fails', () => {
  it.each([500, 302, 'reset'] as const)(
    'with %s is tried again with the same bytes, and the younger one waits for it',
    async (failure) => {
      answer = failure;
      const id = await subscribed();
      const [first, second] = await completed(2);
      const [head] = await attempted(id, 1);
      const { blocked_by: blocked, open_deliveries: open } = await server.get(id);
      expect([blocked?.delivery_id, blocked?.attempt, open]).toEqual([head?.id, 1, 2]);

      answer = 204;
      await server.pass(6 * SECOND_MS, id);
      await server.untilStatuses(id, ['succeeded', 'succeeded']);
      expect(scansSeen()).toEqual([first, first, second]);
      expect(marked()).toEqual([null, null, null]);
      const [one, again] = receiver.received;
      expect(again?.body).toBe(one?.body);
      expect(again?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
      expect((await server.get(id)).blocked_by).toBeNull();
      await server.ask('DELETE', `/${id}`);
    },
  );

  it('steps aside after thirty minutes, keeps its retries, and says so', async () => {
    answer = 503;
    const id = await subscribed();
    const [first, second] = await completed(2);
    await attempted(id, 1);
    await server.pass(6 * SECOND_MS, id);
    await attempted(id, 2);
    answer = 204;
    // Its next try is in five minutes; the time until it steps aside runs without any.
    await server.pass(31 * MINUTE_MS, id);
    await server.untilStatuses(id, ['succeeded', 'succeeded']);
    expect(scansSeen().slice(0, 2)).toEqual([first, first]);
    expect(new Set(scansSeen().slice(2))).toEqual(new Set([first, second]));
    await server.ask('DELETE', `/${id}`);
  });

  it('holds nobody up once its receiver has refused it three times', async () => {
    answer = 404;
    const id = await subscribed();
    const [first, second] = await completed(2);
    await attempted(id, 1);
    await server.pass(6 * SECOND_MS, id);
    await attempted(id, 2);
    await server.pass(6 * MINUTE_MS, id);
    const [head] = await attempted(id, 3);
    expect(head?.stepped_aside_at).not.toBeNull();
    await server.until(
      () => server.deliveries(id),
      (found) => found[1]?.attempt === 1,
    );
    answer = 204;
    await server.pass(34 * MINUTE_MS, id);
    await server.untilStatuses(id, ['succeeded', 'succeeded']);
    const last = scansSeen().lastIndexOf(first ?? '');
    expect([scansSeen()[last], marked()[last]]).toEqual([first, '1']);
    expect(marked()[scansSeen().lastIndexOf(second ?? '')]).toBeNull();
    await server.ask('DELETE', `/${id}`);
  });

  it('waits as long as the receiver asks, and so does everything else but tests', async () => {
    answer = { status: 429, headers: { 'retry-after': '3600' } };
    const id = await subscribed();
    await completed(1);
    await attempted(id, 1);
    const { paused_until: paused } = await server.get(id);
    expect(paused).not.toBeNull();
    answer = 204;
    await completed(1);
    await server.pass(50 * MINUTE_MS, id);
    await server.ask('POST', `/${id}/test`);
    await server.untilStatuses(id, ['pending', 'pending', 'succeeded']);
    expect(receiver.received).toHaveLength(2);
    await server.pass(11 * MINUTE_MS, id);
    await server.untilStatuses(id, ['succeeded', 'succeeded', 'succeeded']);
    await server.ask('DELETE', `/${id}`);
  });

  it('holds nobody up in a webhook without order', async () => {
    answer = 500;
    const id = await subscribed({ ordered: false });
    await completed(1);
    await attempted(id, 1);
    answer = 204;
    await completed(1);
    await server.untilStatuses(id, ['pending', 'succeeded']);
    expect((await server.get(id)).blocked_by).toBeNull();
    await server.pass(6 * SECOND_MS, id);
    await server.untilStatuses(id, ['succeeded', 'succeeded']);
    expect(marked()).toEqual([null, null, null]);
    await server.ask('DELETE', `/${id}`);
  });

  it('keeps nothing that is secret of what the receiver answers', async () => {
    answer = { status: 500, body: `no: Bearer mine, /deep?token=mine` };
    const { id } = await server.subscribe(`${receiver.url}/deep?token=mine`, {
      headers: { Authorization: 'Bearer mine' },
    });
    await completed(1);
    const [delivery] = await attempted(id, 1);
    expect(delivery?.response_body).toBe('no: [redacted], [redacted]');
    await server.ask('DELETE', `/${id}`);
  });
});

describe('a blocked head', () => {
  it('can be skipped, by which it ends, and sent once more later', async () => {
    answer = 500;
    const id = await subscribed();
    const [first, second] = await completed(2);
    const [head] = await attempted(id, 1);
    const path = `/${id}/deliveries/${head?.id ?? ''}`;
    const early = await server.ask<ErrorBody>('POST', `${path}/redeliver`);
    expect([early.status, early.body.code]).toEqual([409, 'DELIVERY_OPEN']);

    answer = 204;
    const skipped = await server.ask<WebhookDeliveryDetailBody>('POST', `${path}/skip`);
    expect([skipped.status, skipped.body.status]).toEqual([200, 'skipped']);
    await server.untilStatuses(id, ['skipped', 'succeeded']);
    const late = await server.ask<ErrorBody>('POST', `${path}/skip`);
    expect([late.status, late.body.code]).toEqual([409, 'DELIVERY_NOT_OPEN']);

    const again = await server.ask<WebhookDeliveryDetailBody>('POST', `${path}/redeliver`);
    expect(again.status).toBe(202);
    expect(again.body).toMatchObject({
      lane: 'replay',
      redelivery_of: head?.id,
      message_id: head?.id,
    });
    await server.untilStatuses(id, ['skipped', 'succeeded', 'succeeded']);
    expect(scansSeen()).toEqual([first, second, first]);
    expect(marked()).toEqual([null, null, '1']);
    expect(receiver.received[2]?.body).toBe(receiver.received[0]?.body);
    await server.ask('DELETE', `/${id}`);
  });
});

describe('a range of time', () => {
  it('is sent once more in its order, by event and status', async () => {
    const id = await subscribed({ event_filter: ['scan.complete', 'scan.failed'] });
    const scans = await completed(3);
    const sent = await server.untilStatuses(id, ['succeeded', 'succeeded', 'succeeded']);
    const range = { from: sent[1]?.created_at, to: '2100-01-01' };

    const none = await server.ask<WebhookReplayBody>('POST', `/${id}/replay`, {
      ...range,
      statuses: ['failed'],
    });
    expect([none.status, none.body]).toEqual([202, { redelivered: 0 }]);
    const wrong = await server.ask('POST', `/${id}/replay`, { from: 'yesterday', to: 'now' });
    expect(wrong.status).toBe(422);
    const some = await server.ask<WebhookReplayBody>('POST', `/${id}/replay`, {
      ...range,
      events: ['scan.complete'],
    });
    expect(some.body.redelivered).toBeGreaterThanOrEqual(2);
    const count = some.body.redelivered;
    await receiver.hasReceived(3 + count);
    expect(scansSeen().slice(3)).toEqual(scans.slice(-count));
    expect(marked().slice(3)).toEqual(Array.from({ length: count }, () => '1'));
    await server.ask('DELETE', `/${id}`);
  });
});

describe('a list of deliveries', () => {
  it('goes on from page to page, by status and event', async () => {
    const id = await subscribed();
    await completed(3);
    await server.untilStatuses(id, ['succeeded', 'succeeded', 'succeeded']);
    const all = await server.deliveries(id);
    const first = await server.ask<{ id: string }[]>(
      'GET',
      `/${id}/deliveries?limit=2&status=succeeded`,
    );
    expect([first.body.length, first.headers['x-total-count']]).toEqual([2, '3']);
    const cursor = /cursor=([^&>]+)/.exec(String(first.headers['link']))?.[1] ?? '';
    const path = `/${id}/deliveries?limit=2&status=succeeded&cursor=${cursor}`;
    const second = await server.ask<{ id: string }[]>('GET', path);
    const seen = [...first.body, ...second.body].map((one) => one.id);
    expect(seen).toEqual(all.map((one) => one.id).reverse());
    expect(await server.deliveries(id, 'status=failed')).toEqual([]);
    expect(await server.deliveries(id, 'event=scan.complete')).toHaveLength(3);
    expect(await server.deliveries(id, 'created_before=2020-01-01')).toEqual([]);
    await server.ask('DELETE', `/${id}`);
  });
});

describe('a receiver that is gone', () => {
  it('is disabled at once, which is told, and gets what waited when it is enabled again', async () => {
    answer = 410;
    const id = await subscribed({ name: 'old <receiver>' });
    await completed(2);
    await server.untilStatuses(id, ['failed', 'pending']);
    const webhook = await server.get(id);
    expect([webhook.enabled, webhook.disabled_reason]).toEqual([false, 'gone']);
    const [told] = await server.notifications();
    expect([told?.type, told?.severity]).toEqual(['webhook.disabled', 'error']);
    expect(told?.body).toContain('old <receiver>');
    const [entry] = (await server.server.app.inject('/api/v1/audit?action=webhook.disabled')).json<
      AuditEntryBody[]
    >();
    expect([entry?.subject_id, entry?.actor]).toEqual([id, 'server']);
    // What happens meanwhile is not for it.
    await completed(1);
    expect(await server.deliveries(id)).toHaveLength(2);
    const refused = await server.ask<ErrorBody>('POST', `/${id}/replay`, {
      from: '2020-01-01',
      to: '2100-01-01',
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'WEBHOOK_DISABLED']);
    await server.ask('POST', `/${id}/test`);
    await server.untilStatuses(id, ['failed', 'pending', 'failed']);

    answer = 204;
    await server.ask('PATCH', `/${id}`, { enabled: true });
    await server.untilStatuses(id, ['failed', 'succeeded', 'failed']);
    expect(await server.get(id)).toMatchObject({
      enabled: true,
      disabled_reason: null,
      disabled_at: null,
    });
    await server.ask('DELETE', `/${id}`);
  });

  it('is disabled after five days of nothing but failure, and not after four', async () => {
    answer = 'reset';
    const id = await subscribed();
    await completed(1);
    await attempted(id, 1);
    expect((await server.get(id)).failing_since).not.toBeNull();
    await server.pass(4 * DAY_MS, id);
    await attempted(id, 2);
    expect((await server.get(id)).enabled).toBe(true);
    await server.pass(1 * DAY_MS + MINUTE_MS, id);
    await attempted(id, 3);
    expect(await server.get(id)).toMatchObject({ enabled: false, disabled_reason: 'failing' });
    await server.ask('PATCH', `/${id}`, { enabled: true });
    expect((await server.get(id)).failing_since).toBeNull();
    await server.ask('DELETE', `/${id}`);
  });
});

describe('old deliveries', () => {
  it('go by themselves, those of deleted webhooks at once', async () => {
    const id = await subscribed();
    await completed(1);
    await server.untilStatuses(id, ['succeeded']);
    await server.ask('DELETE', `/${id}`);
    const rows = (): Promise<object[]> => server.rowsOf(id);
    expect(await server.until(rows, (found) => found.length === 0)).toEqual([]);
  });
});
