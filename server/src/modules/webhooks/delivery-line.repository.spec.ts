import {
  openTemporaryDatabase,
  type TemporaryDatabase,
} from '../../../test/support/temporary-database';
import { aWebhookRow } from '../../../test/support/webhook-rows';
import { SystemClock } from '../../platform/embedded/system-clock';
import { REPLAYED } from './delivery-commands.service';
import { DeliveryLine, LINE_STATEMENTS, type OpenDelivery } from './delivery-line.repository';
import { RETENTION_STATEMENTS } from './delivery-retention.service';
import { WebhookEntity } from './webhook.entity';

const LANE = { webhookId: 'w', lane: 'events' } as const;
const SOON = '2100-01-01T00:00:00.000Z';
const ENDED = { startedAt: SOON, durationMs: 1, responseCode: 204, responseBody: '', error: null };
const DONE = {
  status: 'succeeded',
  nextAttemptAt: SOON,
  holdsSince: null,
  steppedAsideAt: null,
} as const;

let temporary: TemporaryDatabase;
const line = new DeliveryLine(new SystemClock());

beforeEach(async () => {
  temporary = await openTemporaryDatabase();
  await temporary.unitOfWork.run(({ manager }) => manager.insert(WebhookEntity, aWebhookRow()));
});

afterEach(() => temporary.dispose());

async function enqueue(...ids: string[]): Promise<void> {
  for (const id of ids) {
    const made = { id, ...LANE, event: 'scan.complete', payload: id, occurredAt: SOON } as const;
    await temporary.unitOfWork.run((tx) => line.enqueue(tx, made));
  }
}

const head = () => temporary.unitOfWork.run((tx) => line.head(tx, LANE));
const claim = (one: OpenDelivery | null) => {
  if (one === null) throw new Error('There is nothing to claim.');
  return temporary.unitOfWork.run((tx) => line.claim(tx, one, SOON));
};
const settle = (id: string, leaseToken: number) =>
  temporary.unitOfWork.run((tx) => line.settle(tx, { id, leaseToken }, ENDED, DONE));
const attempts = () =>
  temporary.read.manager.query<object[]>('SELECT delivery_id AS id, attempt FROM webhook_attempts');

describe('a claim', () => {
  it('is given once, and lost to whoever claims after the lease', async () => {
    await enqueue('a', 'b');
    const one = await head();
    const first = await claim(one);
    expect([one?.id, first]).toEqual(['a', 1]);
    expect(await claim(one)).toBeNull();

    const second = await claim(await head());
    expect(second).toBe(2);
    expect(await settle('a', 1)).toBe(false);
    expect(await attempts()).toEqual([]);
    expect(await settle('a', 2)).toBe(true);
    expect(await attempts()).toEqual([{ id: 'a', attempt: 1 }]);
    expect((await head())?.id).toBe('b');
  });

  it('that ends after its delivery was skipped is written down, and changes nothing', async () => {
    await enqueue('a');
    await claim(await head());
    const isSkipped = await temporary.unitOfWork.run((tx) =>
      line.skip(tx, { webhookId: 'w', id: 'a' }),
    );
    expect(isSkipped).toBe(true);
    expect(await settle('a', 1)).toBe(true);
    const rows = await temporary.read.manager.query<object[]>(
      'SELECT status, attempt FROM webhook_deliveries',
    );
    expect(rows).toEqual([{ status: 'skipped', attempt: 1 }]);
  });

  it('of a process that is gone can be taken again at once', async () => {
    await enqueue('a');
    await claim(await head());
    expect((await head())?.nextAttemptAt).toBe(SOON);
    await temporary.unitOfWork.run((tx) => line.releaseAll(tx));
    const again = await head();
    expect((again?.nextAttemptAt ?? SOON) <= new Date().toISOString()).toBe(true);
    expect(await claim(again)).toBe(2);
  });
});

describe('a line', () => {
  it('keeps the order in which deliveries came, also when they come at once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `d${String(index)}`);
    await Promise.all(ids.map((id) => enqueue(id)));
    const seen: string[] = [];
    for (;;) {
      const one = await head();
      if (one === null) break;
      seen.push(one.id);
      await settle(one.id, (await claim(one)) ?? 0);
    }
    expect(seen).toEqual(ids);
  });

  it('is looked into through indexes alone', async () => {
    const statements = { ...LINE_STATEMENTS, ...RETENTION_STATEMENTS, replayed: REPLAYED };
    for (const [name, sql] of Object.entries(statements)) {
      const count = (sql.match(/\?/g) ?? []).length;
      const plan = await temporary.database.writer.query<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN ${sql}`,
        Array.from({ length: count }, () => '[]'),
      );
      const scanned = plan
        .map(({ detail }) => detail)
        .filter((detail) =>
          /^SCAN (?!json_each|lane|pair|webhook\b|webhooks\b|CONSTANT|.*VIRTUAL)/.test(detail),
        );
      expect([name, scanned]).toEqual([name, []]);
    }
  });
});
