import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import type { OpenAgesBody, ResponseTimesBody, ScanBody } from '@securescan/contracts';
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
});
