import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import type {
  DashboardStatsBody,
  OpenAgesBody,
  ResponseTimesBody,
  ScanBody,
  TrendsBody,
} from '@securescan/contracts';
import { LivesSchedule } from '../../src/modules/insight/lives/lives-schedule';
import { Clock, DocumentClock } from '../../src/ports/clock.port';
import {
  createScan,
  dockerfiles,
  endOfScan,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.parse('2026-03-01T12:00:00.000Z');

let server: TestServer;
let now = START;

beforeAll(async () => {
  server = await startTestServer();
  for (const clock of [Clock, DocumentClock]) {
    jest.spyOn(server.app.get(clock), 'now').mockImplementation(() => new Date(now));
  }
});

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

const get = async <T>(path: string): Promise<T> =>
  (await server.app.inject(`/api/v1/${path}`)).json<T>();

async function scan(target: string): Promise<ScanBody> {
  const ended = await endOfScan(server, (await createScan(server, target)).id);
  expect(ended.status).toBe('completed');
  await server.app.get(LivesSchedule, { strict: false }).settled();
  return ended;
}

it('follows findings over days', async () => {
  const shop = join(server.root, 'shop');
  await writeTree(shop, { ...dockerfiles(2), '.git/HEAD': 'ref: refs/heads/main\n' });
  const first = await scan(shop);
  expect(first.findings_count).toBeGreaterThan(1);

  now = START + 2 * DAY_MS;
  const young = await get<OpenAgesBody>('insight/ages');
  expect(young).toMatchObject({ total: first.findings_count, dismissed: 0 });
  expect(young.buckets.map(({ total }) => total)).toEqual([0, first.findings_count, 0, 0, 0]);
  expect(young.oldest[0]).toMatchObject({
    first_seen: first.completed_at,
    first_scan_id: first.id,
    last_scan_id: first.id,
    age_days: 2,
    target: { project: first.project, kind: 'tree' },
  });
  expect(young.oldest[0]?.title).not.toBeNull();

  const [one] = young.oldest;
  const state = { status: 'accepted_risk', project: first.project };
  const url = `/api/v1/findings/${one?.fingerprint ?? ''}/state`;
  expect((await server.app.inject({ method: 'PATCH', url, payload: state })).statusCode).toBe(200);
  const judged = await get<OpenAgesBody>('insight/ages?oldest=50');
  expect(judged).toMatchObject({ total: first.findings_count - 1, dismissed: 1 });
  expect(judged.oldest.map(({ fingerprint }) => fingerprint)).not.toContain(one?.fingerprint);

  now = START + 4 * DAY_MS;
  await rm(join(shop, 'service-000'), { recursive: true });
  const second = await scan(shop);
  const gone = first.findings_count - second.findings_count;
  expect(gone).toBeGreaterThan(0);

  const times = await get<ResponseTimesBody>('insight/response-times?days=7');
  expect(times.time_to_triage.all).toMatchObject({ count: 1, mean_seconds: (2 * DAY_MS) / 1000 });
  expect(times.time_to_fix.all).toEqual({
    count: gone,
    mean_seconds: (4 * DAY_MS) / 1000,
    median_seconds: (4 * DAY_MS) / 1000,
    p90_seconds: (4 * DAY_MS) / 1000,
  });

  // Somebody else's project, which counts beside the first, and a scan that is deleted.
  now = START + 5 * DAY_MS;
  const other = join(server.root, 'other');
  await writeTree(other, { ...dockerfiles(1), '.git/HEAD': 'ref: refs/heads/main\n' });
  const third = await scan(other);
  const { data } = await get<TrendsBody>('dashboard/trends?days=10');
  const pointOf = (date: string, { findings_count, risk_score }: ScanBody) => ({
    date,
    total_findings: findings_count,
    risk_score,
    targets: 1,
  });
  expect(data.map(({ date }) => date)).toEqual([
    '2026-03-01',
    '2026-03-02',
    '2026-03-03',
    '2026-03-04',
    '2026-03-05',
    '2026-03-06',
  ]);
  expect(data[0]).toMatchObject(pointOf('2026-03-01', first));
  expect(data[3]).toMatchObject(pointOf('2026-03-04', first));
  expect(data[4]).toMatchObject(pointOf('2026-03-05', second));
  const mean = Math.round(((second.risk_score ?? 0) + (third.risk_score ?? 0)) * 5) / 10;
  expect(data[5]).toMatchObject({
    total_findings: second.findings_count + third.findings_count,
    risk_score: mean,
    targets: 2,
  });
  const ofShop = await get<TrendsBody>(
    `dashboard/trends?days=2&project=${encodeURIComponent(first.project)}`,
  );
  expect(ofShop.data).toMatchObject([pointOf('2026-03-05', second), pointOf('2026-03-06', second)]);
  expect(await get('dashboard/trends?project=none')).toEqual({ data: [] });

  const figures = await get<DashboardStatsBody>('dashboard/stats');
  const listed = figures.findings_by_scanner;
  expect(listed.map(({ scanner }) => scanner)).toContain('dockerfile');
  const total = listed.flatMap(({ scanner: _, ...counts }) => Object.values(counts));
  expect(total.reduce((sum, count) => sum + count, 0)).toBe(figures.total_findings);
  expect(figures).toMatchObject({
    total_scans: 3,
    completed_scans: 3,
    scans_by_status: { completed: 3, failed: 0 },
    projects: 2,
    targets: 2,
    total_findings: second.findings_count + third.findings_count,
    average_risk_score: Math.round(((second.risk_score ?? 0) + (third.risk_score ?? 0)) * 50) / 100,
    open_findings: second.findings_count + third.findings_count,
    verdicts: { accepted_risk: 1, triaged: 0 },
  });

  const deletion = `/api/v1/scans/${second.id}`;
  expect((await server.app.inject({ method: 'DELETE', url: deletion })).statusCode).toBe(204);
  const without = await get<TrendsBody>('dashboard/trends?days=2');
  expect(without.data[0]).toMatchObject(pointOf('2026-03-05', first));
}, 60_000);

it('counts nothing where there is nothing, and refuses what it cannot mean', async () => {
  const nothing = { count: 0, mean_seconds: null, median_seconds: null, p90_seconds: null };
  expect(await get('insight/response-times?project=none')).toMatchObject({
    time_to_fix: { all: nothing },
    time_to_triage: { all: nothing },
  });
  expect(await get('insight/ages?project=none')).toMatchObject({ total: 0, oldest: [] });
  for (const path of [
    'insight/ages?oldest=51',
    'insight/ages?target=1',
    'insight/response-times?days=0',
    'dashboard/trends?days=366',
    'dashboard/trends?days=-1',
    'dashboard/trends?days=x',
  ]) {
    expect([path, (await server.app.inject(`/api/v1/${path}`)).statusCode]).toEqual([path, 422]);
  }
});
