import type { ScanBody } from '@securescan/contracts';
import { OpenDatabase } from '../../src/database/database';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { ScanEntity } from '../../src/modules/scans/scan.entity';
import { everyPage } from '../support/every-page';
import { storeScan } from '../support/made-findings';
import { plansOf } from '../support/query-plans';
import { startTestServer, type TestServer } from './test-server';

const PROJECTS = ['shop', 'till'] as const;
const FINDINGS: Readonly<Record<number, number>> = { 1: 3, 2: 0, 3: 7, 5: 3, 6: 12, 7: 1 };
const RISKS: Readonly<Record<number, number>> = {
  1: 12.5,
  2: 0,
  3: 12.5,
  5: 80,
  6: 12.25,
  7: 99.9,
};
const idOf = (day: number): string => `00000000-0000-4000-8000-0000000000${10 + day}`;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  for (let day = 1; day <= 8; day += 1) {
    await storeScan(server.app, { id: idOf(day), project: PROJECTS[day % 2] ?? 'shop' }, []);
    const isFailed = day % 4 === 0;
    const changes = {
      createdAt: `2026-03-0${day}T12:00:00.000Z`,
      status: isFailed ? ('failed' as const) : ('completed' as const),
      targetPath: day === 2 ? '/srv/100%_Äpfel' : `/srv/app-${day}`,
      targetUrl: day === 5 ? 'https://Shop.test/cart' : null,
      findingsCount: isFailed ? 0 : (FINDINGS[day] ?? 0),
      riskScore: isFailed ? null : (RISKS[day] ?? 0),
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
  ['sort=newest', [8, 7, 6, 5, 4, 3, 2, 1]],
  ['sort=oldest', [1, 2, 3, 4, 5, 6, 7, 8]],
  ['sort=most_findings', [6, 3, 5, 1, 7, 8, 4, 2]],
  ['sort=fewest_findings', [2, 4, 8, 7, 1, 5, 3, 6]],
  ['sort=highest_risk', [7, 5, 3, 1, 6, 2, 8, 4]],
  ['sort=lowest_risk', [4, 8, 2, 6, 1, 3, 5, 7]],
  ['sort=highest_risk&status=failed', [8, 4]],
  ['q=app', [8, 7, 6, 5, 4, 3, 1]],
  ['q=SHOP&sort=oldest', [2, 4, 5, 6, 8]],
  ['q=100%25_%C3%84', [2]],
  ['q=_', [2]],
  ['q=%25', [2]],
  ['q=%5C', []],
  ['q=00000000-0000-4000-8000-000000000013', [3]],
  ['q=0000-4000', []],
  ['q=till&status=completed&sort=most_findings', [3, 5, 1, 7]],
  ['project=till&created_after=2026-03-02&created_before=2026-03-07T12:00Z', [5, 3]],
];

/** A search reads every scan, and an order with another filter sorts what that leaves. */
const INDEXED = CASES.filter(([query]) => !/q=|_risk&/.test(query));

describe('the list of scans', () => {
  it.each(CASES)('narrowed by "%s" holds those that match, in its order', async (query, days) => {
    const answer = await list(query);
    expect(answer.json<ScanBody[]>().map(({ id }) => id)).toEqual(days.map(idOf));
    expect(answer.headers['x-total-count']).toBe(String(days.length));
  });

  it.each(CASES)('narrowed by "%s" is the same page by page', async (query, days) => {
    const walked: string[] = [];
    for await (const answer of everyPage(server.app, `/api/v1/scans?${query}&limit=1`)) {
      walked.push(...answer.json<ScanBody[]>().map(({ id }) => id));
    }
    expect(walked).toEqual(days.map(idOf));
  });

  it.each(INDEXED)('narrowed by "%s" is served by an index and sorts nothing', async (query) => {
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
