import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ErrorBody,
  MarkedReadBody,
  NotificationBody,
  Scope,
  UnreadCountBody,
} from '@securescan/contracts';
import { OpenDatabase } from '../../src/database/database';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { ENDED_SCAN_STATEMENTS } from '../../src/modules/notifications/ended-scans.repository';
import { NotificationLog } from '../../src/modules/notifications/notification-log.repository';
import {
  NotificationRetention,
  OLD_NOTIFICATIONS,
} from '../../src/modules/notifications/notification-retention.service';
import { failedText, lapsedText } from '../../src/modules/notifications/notification-texts';
import { Clock } from '../../src/ports/clock.port';
import { plansOf } from '../support/query-plans';
import { type GuardedServer, startGuardedServer } from './auth-server';
import { startTestServer, type TestServer } from './test-server';

const DAY_MS = 86_400_000;

/** Writes notifications as the server does, each named in its body. */
async function tell({ app }: TestServer, ...names: readonly string[]): Promise<void> {
  const log = app.get(NotificationLog, { strict: false });
  await app.get(UnitOfWork).run(async (tx) => {
    for (const name of names) {
      const text = name.startsWith('quiet') ? lapsedText(1, [name], false) : failedText('', name);
      await log.put(tx, null, { text, scanId: null, gathered: null });
    }
  });
}

const bodiesOf = (list: readonly NotificationBody[]) => list.map(({ body }) => body);

describe('readers with keys', () => {
  let server: GuardedServer;

  beforeEach(async () => {
    server = await startGuardedServer();
  });

  afterEach(() => server.close());

  async function reader(...scopes: Scope[]) {
    const { key } = await server.makeKey(scopes);
    const call = (method: 'GET' | 'PATCH', path: string) =>
      server.call(`/api/v1/notifications${path}`, { method, headers: { 'x-api-key': key } });
    return {
      call,
      list: async (query = '') => (await call('GET', `?${query}`)).json<NotificationBody[]>(),
      unread: async () => (await call('GET', '/unread-count')).json<UnreadCountBody>(),
      read: async (id: string) => call('PATCH', `/${id}/read`),
      readAll: async () => (await call('PATCH', '/read-all')).json<MarkedReadBody>(),
    };
  }

  it('have read what they have read, with read scope alone, and keep when that was', async () => {
    await tell(server, 'one', 'two', 'three');
    const ada = await reader('read');
    const ben = await reader('read');
    const [, two] = await ada.list();

    const first = await ada.read(two?.id ?? '');
    expect([first.statusCode, first.json<NotificationBody>().body]).toEqual([200, 'two']);
    const { read_at } = first.json<NotificationBody>();
    expect(read_at).not.toBeNull();
    expect(await ada.unread()).toEqual({ count: 2, is_exact: true });
    expect(bodiesOf(await ada.list('unread_only=true'))).toEqual(['three', 'one']);
    expect(await ben.unread()).toEqual({ count: 3, is_exact: true });
    expect(bodiesOf(await ben.list('unread_only=true'))).toEqual(['three', 'two', 'one']);

    expect(await ada.readAll()).toEqual({ marked_read: 2 });
    expect(await ada.readAll()).toEqual({ marked_read: 0 });
    expect((await ada.read(two?.id ?? '')).json<NotificationBody>().read_at).toBe(read_at);
    await tell(server, 'four');
    const [, three] = await ada.list();
    expect(await ada.readAll()).toEqual({ marked_read: 1 });
    // A later mark does not move the times of an earlier one.
    expect((await ada.list())[1]?.read_at).toBe(three?.read_at);
    expect(await ada.unread()).toEqual({ count: 0, is_exact: true });
    expect(await ben.unread()).toEqual({ count: 4, is_exact: true });
  });

  it('miss nothing that comes while everything is marked, however often that is', async () => {
    const ada = await reader('read');
    const names = Array.from({ length: 30 }, (_, index) => `n${String(index)}`);
    const marked = await Promise.all(
      names.flatMap((name) => [tell(server, name), ada.readAll(), ada.readAll()]),
    );
    const { count } = await ada.unread();
    const total = marked.reduce((sum, answer) => sum + (answer?.marked_read ?? 0), 0);
    expect(total + count).toBe(names.length);
  });

  it('get pages that go on where they ended, narrowed by type, severity and both', async () => {
    await tell(server, 'one', 'quiet two', 'three', 'quiet four', 'five');
    const ada = await reader('read');
    const first = await ada.call('GET', '?limit=2&type=scan.failed');
    expect(bodiesOf(first.json())).toEqual(['five', 'three']);
    expect(first.headers['x-total-count']).toBe('3');
    await tell(server, 'six');
    const next = /<\/api\/v1\/notifications([^>]+)>/.exec(String(first.headers['link']))?.[1] ?? '';
    expect(bodiesOf((await ada.call('GET', next)).json())).toEqual(['one']);
    expect(bodiesOf(await ada.list('severity=info'))).toEqual(['quiet four', 'quiet two']);
    expect(await ada.list('severity=info&type=scan.failed')).toEqual([]);
    const cursor = /cursor=([^&]+)/.exec(next)?.[1] ?? '';
    const elsewhere = await ada.call('GET', `?cursor=${cursor}`);
    expect([elsewhere.statusCode, elsewhere.json<ErrorBody>().code]).toEqual([
      422,
      'CURSOR_INVALID',
    ]);
  });

  it('are told what is wrong with a request', async () => {
    const ada = await reader('read');
    const missing = await ada.read('00000000-0000-4000-8000-000000000000');
    expect([missing.statusCode, missing.json<ErrorBody>().code]).toEqual([
      404,
      'NOTIFICATION_NOT_FOUND',
    ]);
    for (const query of ['limit=201', 'limit=0', 'type=x', 'severity=high', 'unread_only=1']) {
      expect([query, (await ada.call('GET', `?${query}`)).statusCode]).toEqual([query, 422]);
    }
    expect((await ada.read('x')).statusCode).toBe(422);
    expect((await (await reader('write')).call('GET', '')).statusCode).toBe(403);
  });

  it('are told no more than that there are over 1000', async () => {
    await tell(server, ...Array.from({ length: 1001 }, (_, index) => `n${String(index)}`));
    const ada = await reader('read');
    expect(await ada.unread()).toEqual({ count: 1000, is_exact: false });
    expect(await ada.readAll()).toEqual({ marked_read: 1001 });
  });

  it('find old notifications gone: read ones first, and new ones unread all the same', async () => {
    const ada = await reader('read');
    const clock = jest.spyOn(server.app.get(Clock), 'now');
    const start = Date.parse('2030-01-01T00:00:00.000Z');
    const onDay = (day: number) => clock.mockImplementation(() => new Date(start + day * DAY_MS));
    const sweep = () => server.app.get(NotificationRetention, { strict: false }).apply(() => false);

    onDay(0);
    await tell(server, 'read alone', 'unread', ...Array.from({ length: 600 }, () => 'many'));
    const listed = await ada.list('limit=200');
    expect(listed).toHaveLength(200);
    for (const { id } of listed.slice(0, 3)) await ada.read(id);
    onDay(30);
    expect(await sweep()).toBe(0);
    onDay(31);
    expect(await sweep()).toBe(3);
    onDay(179);
    await tell(server, 'young');
    expect(await sweep()).toBe(0);
    onDay(181);
    expect(await sweep()).toBe(599);
    expect(bodiesOf(await ada.list())).toEqual(['young']);

    await ada.readAll();
    onDay(300);
    expect(await sweep()).toBe(1);
    await tell(server, 'after everything was gone');
    expect(await ada.unread()).toEqual({ count: 1, is_exact: true });
    onDay(600);
    expect(await sweep()).toBe(1);
    clock.mockRestore();
  });

  it.each(['', 'unread_only=true', 'type=scan.failed', 'severity=error&unread_only=true'])(
    'get "%s" by index, and nothing is sorted',
    async (query) => {
      await tell(server, 'one', 'two', 'three');
      const ada = await reader('read');
      await ada.readAll();
      await tell(server, 'four', 'five');
      const first = await ada.call('GET', `?limit=1&${query}`);
      const cursor = /cursor=([^&>]+)/.exec(String(first.headers['link']))?.[1] ?? '';
      const plans = await plansOf(server.app.get(OpenDatabase), async () => {
        const next = await ada.call('GET', `?limit=1&cursor=${cursor}&${query}`);
        expect(next.statusCode).toBe(200);
        await ada.unread();
      });
      const own = plans.filter(({ sql }) => sql.includes('"notifications"'));
      expect(own).toHaveLength(3);
      for (const { sql, steps } of own) {
        for (const step of steps) expect([sql, step]).toEqual([sql, expect.stringMatching(SERVED)]);
      }
    },
  );

  it('cost the writers nothing but look-ups', async () => {
    const { reader: database } = server.app.get(OpenDatabase);
    for (const sql of [...Object.values(ENDED_SCAN_STATEMENTS), OLD_NOTIFICATIONS]) {
      const parameters = Array.from({ length: sql.split('?').length - 1 }, () => '[]');
      const steps = await database.query<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN ${sql}`,
        parameters,
      );
      for (const { detail } of steps) {
        expect([sql, detail]).toEqual([sql, expect.stringMatching(SERVED_INSIDE)]);
      }
    }
  });
});

/** The list without a filter is read from its newest end; its total no further than it is counted. */
const SERVED =
  /^SEARCH |^SCAN one(?: USING (?:COVERING )?INDEX)?|^CO-ROUTINE|^SCAN \(subquery|SCALAR SUBQUERY/;
const SERVED_INSIDE =
  /^SEARCH |SCALAR SUBQUERY|^CO-ROUTINE|^SCAN \(subquery|^SCAN json_each|^LIST SUBQUERY|^USE TEMP B-TREE FOR ORDER BY$/;

it('whoever uses an installation without credentials is one reader, also after a restart', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'securescan-notified-'));
  const start = () =>
    startTestServer({ environment: { SECURESCAN_DB_PATH: join(directory, 'scans.db') } });
  let server = await start();
  try {
    await tell(server, 'one', 'two', 'three');
    const ask = async <T>(method: 'GET' | 'PATCH', path: string) =>
      (await server.app.inject({ method, url: `/api/v1/notifications${path}` })).json<T>();
    const [newest] = await ask<NotificationBody[]>('GET', '');
    const read = await ask<NotificationBody>('PATCH', `/${newest?.id ?? ''}/read`);
    expect(read.read_at).not.toBeNull();
    expect(await ask('GET', '/unread-count')).toEqual({ count: 2, is_exact: true });
    expect(await ask('PATCH', '/read-all')).toEqual({ marked_read: 2 });
    const before = await ask<NotificationBody[]>('GET', '');
    expect(before[0]).toEqual(read);

    await server.close();
    server = await start();

    expect(await ask('GET', '')).toEqual(before);
    expect(await ask('GET', '/unread-count')).toEqual({ count: 0, is_exact: true });
    await tell(server, 'four');
    expect(bodiesOf(await ask('GET', '?unread_only=true'))).toEqual(['four']);
  } finally {
    await server.close();
    await rm(directory, { recursive: true });
  }
});
