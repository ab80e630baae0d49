import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  FindingOverviewBody,
  FindingVerdictsBody,
  FindingWithStateBody,
  ScanBody,
  VerdictChangeBody,
} from '@securescan/contracts';
import { verifyAudit } from '../../src/admin/audit-verify.command';
import type { DomainEventMap } from '../../src/domain-events/domain-event-map';
import { DomainEvents } from '../../src/domain-events/domain-events';
import { openForReading } from '../../src/platform/embedded/sqlite-database';
import { Clock } from '../../src/ports/clock.port';
import { OpenDatabase } from '../../src/database/database';
import { plansOf } from '../support/query-plans';
import { madeFindings } from '../support/made-findings';
import { beginScan } from '../support/run-scan';
import { createScan, endOfScan, startTestServer, type TestServer, writeTree } from './test-server';

type Regressed = DomainEventMap['finding.regressed'];

const DOCKERFILE = 'FROM ubuntu:latest\nUSER root\nADD http://example.com/tool.sh /tool.sh\n';
const MUTED =
  'FROM debian:12\n# securescan: ignore dockerfile/DL002 reason="Drops its rights."\nUSER root\n';
const SLOW = 30_000;

let server: TestServer;
let told: Regressed[];

async function start(environment: Record<string, string> = {}): Promise<void> {
  told = [];
  const subscription = { name: 'finding.regressed', when: 'after-commit' } as const;
  server = await startTestServer({
    environment,
    // Before the start itself, which goes on with what the last one left.
    prepare: (app) =>
      app
        .get(DomainEvents, { strict: false })
        .register(subscription, (fact) => told.push(fact as Regressed)),
  });
}

const decide = async (fingerprint: string, payload: object) => {
  const url = `/api/v1/findings/${fingerprint}/state`;
  const answer = await server.app.inject({ method: 'PATCH', url, payload });
  expect(answer.statusCode).toBe(200);
};
const get = async <T>(path: string): Promise<T> =>
  (await server.app.inject(`/api/v1${path}`)).json<T>();
const listed = (scan: string, query = '') =>
  get<FindingWithStateBody[]>(`/scans/${scan}/findings?limit=200&${query}`);
const historyOf = (fingerprint: string) =>
  get<VerdictChangeBody[]>(`/findings/${fingerprint}/history`);
const countOf = async (scan: string, query: string) =>
  Number(
    (await server.app.inject(`/api/v1/scans/${scan}/findings?limit=1&${query}`)).headers[
      'x-total-count'
    ],
  );

describe('what was called fixed and is found again', () => {
  const scanned = async (name: string): Promise<ScanBody> =>
    endOfScan(server, (await createScan(server, join(server.root, name))).id);
  let first: ScanBody;
  let muted: string;
  let active: string[];

  beforeAll(async () => {
    await start();
    await writeTree(server.root, {
      'shop/Dockerfile': DOCKERFILE,
      'shop/job/Dockerfile': MUTED,
      'shop/.securescan.yml': 'project: shop\n',
      'other/Dockerfile': DOCKERFILE,
      'other/.securescan.yml': 'project: other\n',
    });
    first = await scanned('shop');
    [muted = ''] = (await listed(first.id, 'suppressed=true')).map((one) => one.fingerprint);
    active = (await listed(first.id, 'suppressed=false')).map((one) => one.fingerprint);
  });

  afterAll(() => server.close());

  it('goes back to new in the project of the scan, once, and says so', async () => {
    const [own = '', everybodys = '', other = ''] = active;
    await decide(own, { status: 'fixed', project: 'shop', assignee: 'ada', note: 'done' });
    await decide(everybodys, { status: 'fixed', updated_by: 'ada' });
    await decide(other, { status: 'wont_fix', project: 'shop' });
    await decide(muted, { status: 'fixed', project: 'shop' });

    const second = await scanned('shop');

    const state = { project: 'shop', status: 'new', note: null, updated_by: 'server' };
    const shown = await listed(second.id);
    const stateOf = (fingerprint: string) =>
      shown.find((one) => one.fingerprint === fingerprint)?.state;
    expect(stateOf(own)).toMatchObject({ ...state, assignee: 'ada' });
    expect(stateOf(everybodys)).toMatchObject(state);
    expect(stateOf(everybodys)?.regressed_at).toBe(stateOf(everybodys)?.updated_at);
    expect(stateOf(other)).toMatchObject({ status: 'wont_fix', regressed_at: null });
    expect(stateOf(muted)).toMatchObject({ status: 'fixed', regressed_at: null });
    expect(await listed(second.id, 'status=fixed')).toHaveLength(1);
    const overview = await get<FindingOverviewBody>(`/findings/${everybodys}?project=shop`);
    expect(overview).toMatchObject({
      everywhere: { status: 'fixed', regressed_at: null },
      state: { ...state, regressed_at: stateOf(everybodys)?.updated_at },
    });

    const change = { cause: 'regression', project: 'shop', from_status: 'fixed', to_status: 'new' };
    for (const fingerprint of [own, everybodys]) {
      const [newest, ...older] = await historyOf(fingerprint);
      expect(newest).toMatchObject({ ...change, note: null, changed_by: 'server' });
      expect(older).toHaveLength(1);
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ scanId: second.id, project: 'shop', toldBefore: 0 });
    expect(told[0]?.findings.map(({ fingerprint }) => fingerprint)).toEqual([own, everybodys]);
    const { title, severity } = shown.find((one) => one.fingerprint === everybodys) ?? {};
    const facts = { title, severity, filePath: 'Dockerfile', fixedBy: 'ada' };
    expect(told[0]?.findings[1]).toMatchObject(facts);

    await scanned('shop');
    expect(told).toHaveLength(1);
    expect(await historyOf(own)).toHaveLength(2);
  });

  it('is marked until the next decision, and may come back again', async () => {
    const [own = ''] = active;
    const stateNow = async () =>
      (await get<FindingVerdictsBody>(`/findings/${own}/state?project=shop`)).state;
    await decide(own, { status: 'new', assignee: 'ada', project: 'shop' });
    expect(await stateNow()).toMatchObject({ status: 'new', regressed_at: null });
    await decide(own, { status: 'new', assignee: 'ada', project: 'shop' });
    expect(await historyOf(own)).toHaveLength(3);
    await decide(own, { status: 'fixed', project: 'shop' });

    const { id } = await scanned('shop');
    expect(await stateNow()).toMatchObject({ status: 'new' });
    expect((await stateNow())?.regressed_at).not.toBeNull();
    expect(told.at(-1)).toMatchObject({ scanId: id, findings: [{ fingerprint: own }] });

    expect(
      (await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${id}` })).statusCode,
    ).toBe(204);
    expect(await stateNow()).toMatchObject({ status: 'new' });
  });

  it('stays as it is in other projects, and whatever a document says', async () => {
    const [own = ''] = active;
    await decide(own, { status: 'fixed', project: 'shop' });
    const count = told.length;
    const report = (await server.app.inject(`/api/v1/scans/${first.id}/report?format=json`)).body;
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/scans/import?project=shop',
      headers: { 'content-type': 'application/json' },
      payload: report,
    });
    const imported = answer.json<ScanBody>();
    expect([imported.status, imported.findings_count]).toEqual(['completed', first.findings_count]);
    expect((await listed(imported.id, 'status=fixed')).length).toBeGreaterThan(0);
    await scanned('other');
    expect(
      (await get<FindingVerdictsBody>(`/findings/${own}/state?project=shop`)).state,
    ).toMatchObject({ status: 'fixed' });
    expect(told.slice(count).filter(({ project }) => project === 'shop')).toEqual([]);
  });
});

const ids = Array.from({ length: 9 }, (_, at) => `00000000-0000-4000-8000-00000000000${at}`);
const [A = '', B = '', C = ''] = ids;
const findings = madeFindings(24).filter(({ metadata }) => !('suppressed_by' in metadata));
const [FIRST = '', SECOND = '', THIRD = ''] = findings.map(({ fingerprint }) => fingerprint);

describe('the time of a verdict', () => {
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.close();
  });

  it.each([
    ['', {}],
    [', also where documents are of long ago', { SECURESCAN_FAKE_NOW: '2001-01-01T00:00:00Z' }],
    [', also where documents are of the future', { SECURESCAN_FAKE_NOW: '2099-01-01T00:00:00Z' }],
  ])('counts against when the scan began%s', async (_, environment) => {
    await start(environment);
    const clock = server.app.get(Clock);
    const now = clock.now().getTime();
    const at = (seconds: number) =>
      jest.spyOn(clock, 'now').mockImplementation(() => new Date(now + seconds * 1000));
    await (await beginScan(server.app, { id: A, project: 'shop' }, findings)).complete();
    at(1);
    await decide(FIRST, { status: 'fixed', project: 'shop' });
    const until = new Date(now + 4000).toISOString();
    await decide(THIRD, { status: 'fixed', project: 'shop', until });
    at(2);
    const scan = await beginScan(server.app, { id: B, project: 'shop' }, findings);
    await decide(SECOND, { status: 'fixed', project: 'shop' });
    at(3);
    await decide(SECOND, { status: 'fixed', project: 'shop', note: 'while it runs' });
    at(5);
    expect(await scan.complete()).toBe(true);

    expect(told).toHaveLength(1);
    expect(told[0]?.findings.map(({ fingerprint }) => fingerprint)).toEqual([FIRST]);
    expect(await listed(A, 'status=fixed')).toMatchObject([{ fingerprint: SECOND }]);
  });

  it('counts once, however many scans complete together', async () => {
    await start();
    await (await beginScan(server.app, { id: A, project: 'shop' }, findings)).complete();
    await decide(FIRST, { status: 'fixed', project: 'shop' });
    await new Promise((resume) => setTimeout(resume, 2));
    const both = await Promise.all(
      [B, C].map((id) => beginScan(server.app, { id, project: 'shop' }, findings)),
    );
    const plans = await plansOf(server.app.get(OpenDatabase), () =>
      Promise.all(both.map((scan) => scan.complete())),
    );
    const steps = plans.flatMap((plan) => plan.steps);
    expect(steps.length).toBeGreaterThan(4);
    // Of open searches there are few.
    const ofIndexes = /^SEARCH |^CORRELATED SCALAR SUBQUERY|^SCAN RegressionSearchEntity /;
    for (const step of steps) expect(step).toMatch(ofIndexes);
    expect(told).toHaveLength(1);
    expect(await historyOf(FIRST)).toHaveLength(2);
  });
});

describe('very many of them', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await realpath(await mkdtemp(join(tmpdir(), 'securescan-regressions-')));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it(
    'are taken back part by part, none lost and none twice where the server stops in between',
    async () => {
      const file = join(directory, 'scans.db');
      const many = madeFindings(1300).filter(({ metadata }) => !('suppressed_by' in metadata));
      await start({ SECURESCAN_DB_PATH: file });
      await (await beginScan(server.app, { id: A, project: 'shop' }, many)).complete();
      const url = `/api/v1/findings/state/bulk?scan_id=${A}`;
      await server.app.inject({ method: 'POST', url, payload: { status: 'fixed' } });
      const scan = await beginScan(server.app, { id: B, project: 'shop' }, many);
      await scan.complete();
      // What is visible with the completion is there; the rest is not all done when the server stops.
      const shown = await listed(B);
      expect(shown.map(({ state }) => state?.status)).toEqual(shown.map(() => 'new'));
      await server.close();
      const before = told;
      const count = before.reduce((sum, part) => sum + part.findings.length, 0);
      expect(count).toBeLessThan(many.length);

      await start({ SECURESCAN_DB_PATH: file });
      while ((await countOf(B, 'status=fixed')) > 0) await new Promise((go) => setTimeout(go, 5));
      const parts = [...before, ...told];
      await server.close();

      expect(parts.flatMap((part) => part.findings.map(({ fingerprint }) => fingerprint))).toEqual(
        many.map(({ fingerprint }) => fingerprint),
      );
      let sum = 0;
      for (const part of parts) {
        expect(part.toldBefore).toBe(sum);
        sum += part.findings.length;
      }
      const source = await openForReading(file);
      try {
        const rows: unknown = await source.query(
          `SELECT count(*) AS "all", count(DISTINCT fingerprint) AS "different",
            (SELECT count(*) FROM regression_searches) AS "open"
          FROM finding_state_history WHERE cause = 'regression'`,
        );
        expect(rows).toEqual([{ all: many.length, different: many.length, open: 0 }]);
        const { chains } = await verifyAudit(source, []);
        expect(chains.map(({ problem }) => problem)).toEqual([null, null]);
      } finally {
        await source.destroy();
      }
    },
    SLOW,
  );
});
