import { Webhook } from 'standardwebhooks';
import { type Answer, Receiver, type Received } from '../support/receiver';
import { WebhookServer } from './webhook-calls';

/** What a receiver does to one message, attempt by attempt, over three days. */
const BEHAVIOUR: readonly Answer[] = [
  'reset',
  302,
  500,
  { status: 429, headers: { 'retry-after': '60' } },
  404,
  { status: 503, body: 'down for maintenance' },
  'reset',
  400,
  307,
  // Its status has come: the message has been received.
  'truncate',
];
const CODES = [null, 302, 500, 429, 404, 503, null, 400, 307, 200];
const ROTATED_AFTER = 6;

let server: WebhookServer;
let receiver: Receiver;

beforeAll(async () => {
  server = await WebhookServer.start();
  receiver = await Receiver.start((_request, n) => BEHAVIOUR[n] ?? 204);
});

afterAll(async () => {
  await receiver.stop();
  await server.close();
});

/** Whether the library takes a request for genuine at the time at which it came. */
function isGenuine({ body, headers }: Received, secret: string): boolean {
  const sentAt = Number(headers['webhook-timestamp']) * 1000;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(sentAt);
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    // Expected of secrets that do not sign, or no longer.
    return false;
  } finally {
    clock.mockRestore();
  }
}

describe('a message', () => {
  it('has the same id and the same bytes on every attempt, each verified by the library', async () => {
    const { id, secret: first } = await server.subscribe(receiver.url);
    let second = '';
    await server.completeScan();
    for (let attempt = 1; attempt <= BEHAVIOUR.length; attempt += 1) {
      const [delivery] = await server.until(
        () => server.deliveries(id),
        ([one]) => one?.attempt === attempt && one.status !== 'delivering',
      );
      if (attempt === ROTATED_AFTER) {
        const { body } = await server.ask<{ secret: string }>('POST', `/${id}/rotate-secret`);
        second = body.secret;
      }
      const next = delivery?.next_attempt_at;
      if (typeof next === 'string') await server.passUntil(next, id);
    }
    const [delivery] = await server.untilStatuses(id, ['succeeded']);
    const { attempts, payload } = await server.delivery(id, delivery?.id ?? '');
    expect(attempts.map(({ response_code: code }) => code)).toEqual(CODES);

    const sent = receiver.received.slice(0, BEHAVIOUR.length);
    expect(receiver.received).toHaveLength(BEHAVIOUR.length);
    expect(new Set(sent.map(({ body }) => body))).toEqual(new Set([payload]));
    const ids = sent.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids)).toEqual(new Set([delivery?.message_id]));
    const deliveries = sent.map(({ headers }) => headers['x-securescan-delivery']);
    expect(new Set(deliveries)).toEqual(new Set([delivery?.id]));
    const times = sent.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(times).toEqual(attempts.map(({ started_at: at }) => Math.floor(Date.parse(at) / 1000)));
    // The fourth attempt, 35 minutes after the first, is the last for which younger ones would have waited: the clock jumped to it.
    const marks = sent.map(({ headers }) => headers['x-securescan-out-of-order'] === '1');
    expect(marks).toEqual(BEHAVIOUR.map((_, index) => index >= 4));

    const byFirst = sent.map((request) => isGenuine(request, first));
    const bySecond = sent.map((request) => isGenuine(request, second));
    expect(bySecond).toEqual(BEHAVIOUR.map((_, index) => index >= ROTATED_AFTER));
    // Ten hours later both sign, and two days later the new one alone.
    expect(byFirst.slice(0, ROTATED_AFTER + 1)).toEqual(Array(ROTATED_AFTER + 1).fill(true));
    expect(byFirst.slice(-2)).toEqual([false, false]);
  });

  it('is the same when it is sent once more', async () => {
    const [webhook] = (await server.ask<{ id: string }[]>('GET', '')).body;
    const id = webhook?.id ?? '';
    const [original] = await server.deliveries(id);
    await server.ask('POST', `/${id}/deliveries/${original?.id ?? ''}/redeliver`);
    await server.untilStatuses(id, ['succeeded', 'succeeded']);
    const [sent, again] = [receiver.received[0], receiver.received.at(-1)];
    expect(again?.body).toBe(sent?.body);
    expect(again?.headers['webhook-id']).toBe(sent?.headers['webhook-id']);
    expect(again?.headers['x-securescan-delivery']).not.toBe(
      sent?.headers['x-securescan-delivery'],
    );
    await server.ask('DELETE', `/${id}`);
  });
});

it.each(['slack', 'discord', 'teams'])(
  'a message for %s is signed as any other',
  async (format) => {
    const { id, secret } = await server.subscribe(receiver.url, { format });
    const before = receiver.received.length;
    await server.completeScan();
    await server.untilStatuses(id, ['succeeded']);
    const request = receiver.received[before];
    expect(request !== undefined && isGenuine(request, secret)).toBe(true);
    await server.ask('DELETE', `/${id}`);
  },
);
