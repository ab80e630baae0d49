import { join } from 'node:path';
import type {
  AuditEntryBody,
  ErrorBody,
  FindingStateBody,
  FindingVerdictsBody,
  FindingWithStateBody,
  VerdictChangeBody,
} from '@securescan/contracts';
import { verifyAudit } from '../../src/admin/audit-verify.command';
import { DomainEvents } from '../../src/domain-events/domain-events';
import { VerdictExpiry } from '../../src/modules/triage/verdict-expiry.service';
import { openForReading } from '../../src/platform/embedded/sqlite-database';
import { Clock } from '../../src/ports/clock.port';
import { everyPage } from '../support/every-page';
import { madeFindings, storeScan } from '../support/made-findings';
import { type GuardedServer, startGuardedServer } from './auth-server';
import { startTestServer, type TestServer } from './test-server';

const SCAN = '00000000-0000-4000-8000-00000000000a';
const OTHER = '00000000-0000-4000-8000-00000000000b';
const UNKNOWN = '0'.repeat(64);
const findings = madeFindings(30);
const fingerprints = findings.map(({ fingerprint }) => fingerprint);
const [FIRST = '', SECOND = '', THIRD = ''] = fingerprints;

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await storeScan(server.app, { id: SCAN, project: 'shop' }, findings);
  await storeScan(server.app, { id: OTHER, project: 'other' }, findings);
});

afterEach(() => server.close());

const decide = (fingerprint: string, payload: object) =>
  server.app.inject({ method: 'PATCH', url: `/api/v1/findings/${fingerprint}/state`, payload });
const withdraw = (fingerprint: string, query: string) =>
  server.app.inject({ method: 'DELETE', url: `/api/v1/findings/${fingerprint}/state${query}` });
const stateOf = async (fingerprint: string, query = '') =>
  (
    await server.app.inject(`/api/v1/findings/${fingerprint}/state${query}`)
  ).json<FindingVerdictsBody>();
const historyOf = async (fingerprint: string) =>
  (await server.app.inject(`/api/v1/findings/${fingerprint}/history`)).json<VerdictChangeBody[]>();
const listed = async (scan: string, query = '') =>
  (await server.app.inject(`/api/v1/scans/${scan}/findings?${query}`)).json<
    FindingWithStateBody[]
  >();
const audited = async () =>
  (await server.app.inject('/api/v1/audit?subject_type=finding')).json<AuditEntryBody[]>();

describe('a verdict', () => {
  it('holds everywhere, is shown with the finding, and stands in history and audit log', async () => {
    const answer = await decide(FIRST, {
      status: 'false_positive',
      note: 'A test,\nnothing else',
      reason: 'code_not_reachable',
      assignee: 'ada',
    });

    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/) as string;
    const state = {
      fingerprint: FIRST,
      project: null,
      status: 'false_positive',
      note: 'A test,\nnothing else',
      reason: 'code_not_reachable',
      assignee: 'ada',
      until: null,
      updated_at: time,
      updated_by: 'anybody on this machine',
      regressed_at: null,
    };
    expect([answer.statusCode, answer.json()]).toEqual([200, state]);
    expect(await stateOf(FIRST)).toEqual({
      fingerprint: FIRST,
      state,
      everywhere: state,
      in_project: null,
    });
    for (const scan of [SCAN, OTHER]) {
      expect(await listed(scan, 'status=false_positive')).toMatchObject([
        { fingerprint: FIRST, state },
      ]);
      expect(await listed(scan, 'status=new')).toHaveLength(findings.length - 1);
    }
    const { until, updated_at, updated_by, status, regressed_at, ...content } =
      answer.json<FindingStateBody>();
    expect(regressed_at).toBeNull();
    expect(await historyOf(FIRST)).toEqual([
      {
        ...content,
        seq: 1,
        cause: 'decision',
        from_status: null,
        to_status: status,
        until,
        changed_at: updated_at,
        changed_by: updated_by,
        previous_hash: '0'.repeat(64),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
    expect(await audited()).toMatchObject([
      {
        action: 'verdict.decided',
        subject_id: FIRST,
        details: { project: null, from_status: null, to_status: 'false_positive' },
      },
    ]);
  });

  it('of a project comes before the one for everywhere, until it is withdrawn', async () => {
    await decide(FIRST, { status: 'wont_fix' });
    await decide(FIRST, { status: 'new', project: 'shop' });

    expect((await stateOf(FIRST, '?project=shop')).state).toMatchObject({
      status: 'new',
      project: 'shop',
    });
    expect((await stateOf(FIRST, '?project=other')).state?.status).toBe('wont_fix');
    expect(await listed(SCAN, 'status=wont_fix')).toEqual([]);
    expect(await listed(OTHER, 'status=wont_fix')).toHaveLength(1);

    expect((await withdraw(FIRST, '?project=shop')).statusCode).toBe(204);
    expect((await withdraw(FIRST, '?project=shop')).statusCode).toBe(204);
    expect(await listed(SCAN, 'status=wont_fix')).toHaveLength(1);
    expect(
      (await historyOf(FIRST)).map(({ cause, project, from_status, to_status }) => [
        cause,
        project,
        from_status,
        to_status,
      ]),
    ).toEqual([
      ['withdrawal', 'shop', 'new', null],
      ['decision', 'shop', null, 'new'],
      ['decision', null, null, 'wont_fix'],
    ]);
    expect((await audited()).map(({ action }) => action)).toEqual([
      'verdict.withdrawn',
      'verdict.decided',
      'verdict.decided',
    ]);
  });

  it('is replaced as a whole, and saying the same again changes nothing', async () => {
    await decide(FIRST, { status: 'accepted_risk', note: 'seen', assignee: 'ada' });
    const second = (await decide(FIRST, { status: 'accepted_risk' })).json<FindingStateBody>();
    expect(second).toMatchObject({ note: null, assignee: null });
    const again = await decide(FIRST, { status: 'accepted_risk', note: null });

    expect(again.json()).toEqual(second);
    expect(await historyOf(FIRST)).toHaveLength(2);
    expect(await audited()).toHaveLength(2);
  });

  it('outlives its scans, and can be changed without them', async () => {
    await decide(FIRST, { status: 'triaged' });
    for (const id of [SCAN, OTHER]) {
      const url = `/api/v1/scans/${id}`;
      expect((await server.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    }

    expect((await stateOf(FIRST)).state?.status).toBe('triaged');
    expect((await decide(FIRST, { status: 'fixed' })).statusCode).toBe(200);
    expect(await historyOf(FIRST)).toHaveLength(2);
    expect((await decide(SECOND, { status: 'fixed' })).statusCode).toBe(404);
  });

  it('is bound to a finding that was found or judged', async () => {
    for (const answer of [
      await decide(UNKNOWN, { status: 'fixed' }),
      await withdraw(UNKNOWN, '?project=shop'),
      await server.app.inject(`/api/v1/findings/${UNKNOWN}/state`),
      await server.app.inject(`/api/v1/findings/${UNKNOWN}/history`),
    ]) {
      const { code } = answer.json<ErrorBody>();
      expect([answer.statusCode, code]).toEqual([404, 'FINDING_NOT_FOUND']);
    }
    expect(await stateOf(FIRST)).toMatchObject({ state: null });
    expect(await historyOf(FIRST)).toEqual([]);
  });

  it.each([
    ['status', {}],
    ['status', { status: 'open' }],
    ['note', { status: 'fixed', note: 'x'.repeat(4001) }],
    ['note', { status: 'fixed', note: 'a\0b' }],
    ['note', { status: 'fixed', note: 7 }],
    ['reason', { status: 'false_positive', reason: 'because' }],
    ['reason', { status: 'fixed', reason: 'code_not_present' }],
    ['assignee', { status: 'fixed', assignee: '' }],
    ['until', { status: 'triaged', until: '2020-01-01T00:00:00Z' }],
    ['until', { status: 'triaged', until: '2099-01-01' }],
    ['until', { status: 'new', until: '2099-01-01T00:00:00Z' }],
    ['project', { status: 'fixed', project: '' }],
    ['project', { status: 'fixed', project: null }],
    ['colour', { status: 'fixed', colour: 'red' }],
  ])('is refused with 422 for its %s', async (loc, payload) => {
    const answer = await decide(FIRST, payload);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<ErrorBody>().errors).toMatchObject([{ loc }]);
    expect(await historyOf(FIRST)).toEqual([]);
  });

  it('needs a fingerprint to be decided, and a project to be withdrawn', async () => {
    expect((await decide('abc', { status: 'fixed' })).statusCode).toBe(422);
    expect((await withdraw(FIRST, '')).statusCode).toBe(422);
    expect((await server.app.inject(`/api/v1/findings/${FIRST}/state?project=`)).statusCode).toBe(
      422,
    );
  });

  it('has a history in pages, newest first, in a chain that can be proved', async () => {
    for (const status of ['triaged', 'fixed', 'new', 'wont_fix', 'triaged']) {
      await decide(FIRST, { status });
      await decide(THIRD, { status, note: 'Ünïcode \u{1f512}' });
    }
    const seen: number[] = [];
    const list = `/api/v1/findings/${FIRST}/history?limit=2`;
    for await (const page of everyPage(server.app, list)) {
      expect(page.headers['x-total-count']).toBe('5');
      seen.push(...page.json<VerdictChangeBody[]>().map(({ seq }) => seq));
    }
    expect(seen).toEqual([9, 7, 5, 3, 1]);

    const source = await openForReading(join(server.directory, 'scans.db'));
    try {
      const { chains } = await verifyAudit(source, []);
      expect(chains).toMatchObject([
        { table: 'audit_log', entries: 10, problem: null },
        { table: 'finding_state_history', entries: 10, problem: null },
      ]);
    } finally {
      await source.destroy();
    }
  });
});

describe('a verdict that has an end', () => {
  afterEach(() => jest.restoreAllMocks());

  it('counts no longer from then on, and is written down once', async () => {
    const told: unknown[] = [];
    const subscription = { name: 'verdict.lapsed', when: 'after-commit' } as const;
    server.app
      .get(DomainEvents, { strict: false })
      .register(subscription, (fact) => told.push(fact));
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await decide(FIRST, { status: 'accepted_risk', note: 'for now', assignee: 'ada', until });
    await decide(FIRST, { status: 'false_positive', project: 'shop', until });
    expect(await listed(SCAN, 'status=false_positive')).toMatchObject([{ state: { until } }]);

    jest.spyOn(server.app.get(Clock), 'now').mockImplementation(() => new Date(until));
    const seen = async () => [
      await stateOf(FIRST, '?project=shop'),
      await listed(SCAN, 'status=false_positive,accepted_risk'),
      await listed(OTHER, 'status=accepted_risk'),
      (await listed(SCAN)).find(({ fingerprint }) => fingerprint === FIRST)?.state,
    ];
    const before = await seen();
    const expiry = server.app.get(VerdictExpiry, { strict: false });
    expect(await expiry.apply(() => false)).toBe(2);
    expect(await expiry.apply(() => false)).toBe(0);
    expect(await seen()).toEqual(before);
    const left = { status: 'new', note: null, assignee: 'ada', until: null, updated_at: until };
    expect(before).toMatchObject([{ in_project: null, state: left }, [], [], left]);

    expect((await historyOf(FIRST)).slice(0, 2)).toMatchObject([
      { cause: 'expiry', project: 'shop', from_status: 'false_positive', to_status: null, until },
      { cause: 'expiry', project: null, from_status: 'accepted_risk', to_status: 'new', until },
    ]);
    expect(told).toEqual([
      { fingerprint: FIRST, project: null, status: 'accepted_risk' },
      { fingerprint: FIRST, project: 'shop', status: 'false_positive' },
    ]);
  });
});

describe('whom a verdict names', () => {
  it('is whom the caller says where nobody has to be recognised', async () => {
    const answer = await decide(FIRST, { status: 'fixed', updated_by: 'ada' });
    expect(answer.json<FindingStateBody>().updated_by).toBe('ada');
    expect((await historyOf(FIRST))[0]?.changed_by).toBe('ada');
  });

  it('is the principal everywhere else, whatever the caller says', async () => {
    const guarded: GuardedServer = await startGuardedServer();
    try {
      await storeScan(guarded.app, { id: SCAN, project: 'shop' }, findings);
      const { key } = await guarded.makeKey(['write']);
      const answer = await guarded.call(`/api/v1/findings/${FIRST}/state`, {
        method: 'PATCH',
        headers: { 'x-api-key': key },
        payload: { status: 'fixed', updated_by: 'the director' },
      });
      expect(answer.json<FindingStateBody>().updated_by).toBe('a key for write');
    } finally {
      await guarded.close();
    }
  });
});
