import type { ScanBody } from '@securescan/contracts';
import { OpenDatabase } from '../../src/database/database';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { ScanEntity } from '../../src/modules/scans/scan.entity';
import { storeScan } from '../support/made-findings';
import { plansOf } from '../support/query-plans';
import { startTestServer, type TestServer } from './test-server';

const PROJECTS = ['shop', 'till'] as const;
const idOf = (day: number): string => `00000000-0000-4000-8000-0000000000${10 + day}`;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  for (let day = 1; day <= 8; day += 1) {
    await storeScan(server.app, { id: idOf(day), project: PROJECTS[day % 2] ?? 'shop' }, []);
    const changes = {
      createdAt: `2026-03-0${day}T12:00:00.000Z`,
      status: day % 4 === 0 ? ('failed' as const) : ('completed' as const),
    };
    await server.app
      .get(UnitOfWork)
      .run(({ manager }) => manager.update(ScanEntity, idOf(day), changes));
  }
});

afterAll(async () => {
  await server.close();
});

const list = (query: string) => server.app.inject(`/api/v1/scans?${query}`);

const CASES: readonly (readonly [string, readonly number[]])[] = [
  ['', [8, 7, 6, 5, 4, 3, 2, 1]],
  ['status=failed', [8, 4]],
  ['project=till', [7, 5, 3, 1]],
  ['project=shop&status=completed', [6, 2]],
  ['created_after=2026-03-06T12:00:00Z', [8, 7]],
  ['created_after=2026-03-06T13:00:00.0%2B02:00', [8, 7, 6]],
  ['created_before=2026-03-03', [2, 1]],
  ['project=till&created_after=2026-03-02&created_before=2026-03-07T12:00Z', [5, 3]],
];

describe('the list of scans', () => {
  it.each(CASES)('narrowed by "%s" holds those that match, newest first', async (query, days) => {
    const answer = await list(query);
    expect(answer.json<ScanBody[]>().map(({ id }) => id)).toEqual(days.map(idOf));
    expect(answer.headers['x-total-count']).toBe(String(days.length));
  });

  it.each(CASES)('narrowed by "%s" is served by an index and sorts nothing', async (query) => {
    const first = await list(`${query}&limit=1`);
    const cursor = /cursor=([^&>]+)/.exec(String(first.headers['link']))?.[1] ?? '';
    const plans = await plansOf(server.app.get(OpenDatabase), async () => {
      expect((await list(`${query}&limit=1&cursor=${cursor}`)).statusCode).toBe(200);
    });
    const ofScans = plans.filter(({ sql }) => sql.includes('"scans"'));
    expect(ofScans).toHaveLength(2);
    for (const { sql, steps } of ofScans) {
      // Without a filter all of it is asked for: the page from the index's newest end, the count no further than it counts.
      const isCount = sql.startsWith('SELECT COUNT') && query === '';
      const served = isCount
        ? /^SCAN|^CO-ROUTINE/
        : /^(?:SEARCH|SCAN) \S+ USING (?:COVERING )?INDEX|^CO-ROUTINE|^SCAN \(subquery/;
      for (const step of steps) expect([sql, step]).toEqual([sql, expect.stringMatching(served)]);
    }
  });

  it.each(['yesterday', '2026-13-01', '2026-03-01T12:00:00', '1772323200'])(
    'refuses %s as a time',
    async (text) => {
      const answer = await list(`created_after=${text}`);
      expect(answer.statusCode).toBe(422);
      expect(answer.json()).toMatchObject({ errors: [{ loc: 'created_after' }] });
    },
  );

  it('goes on only where its cursor came from', async () => {
    const link = String((await list('status=completed&limit=1')).headers['link']);
    const cursor = /cursor=([^&>]+)/.exec(link)?.[1] ?? '';
    expect((await list(`status=completed&cursor=${cursor}`)).statusCode).toBe(200);
    expect((await list(`status=failed&cursor=${cursor}`)).json().code).toBe('CURSOR_INVALID');
  });
});
