import type {
  AuditEntryBody,
  BulkDecisionBody,
  ErrorBody,
  FindingVerdictsBody,
  FindingWithStateBody,
  VerdictChangeBody,
} from '@securescan/contracts';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { ScanEntity } from '../../src/modules/scans/scan.entity';
import { madeFindings, storeScan } from '../support/made-findings';
import { startTestServer, type TestServer } from './test-server';

const SCAN = '00000000-0000-4000-8000-00000000000a';
const RUNNING = '00000000-0000-4000-8000-00000000000b';
const findings = madeFindings(640);
const fingerprints = findings.map(({ fingerprint }) => fingerprint);

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await storeScan(server.app, { id: SCAN, project: 'shop' }, findings);
  await storeScan(server.app, { id: RUNNING, project: 'shop' }, []);
  await server.app
    .get(UnitOfWork)
    .run((tx) => tx.manager.update(ScanEntity, { id: RUNNING }, { status: 'running' }));
});

afterEach(() => server.close());

const ask = (query: string, payload: object) =>
  server.app.inject({ method: 'POST', url: `/api/v1/findings/state/bulk${query}`, payload });
const bulk = async (query: string, payload: object) => {
  const answer = await ask(query, payload);
  expect(answer.statusCode).toBe(200);
  return answer.json<BulkDecisionBody>();
};
const totalOf = async (query: string) =>
  Number(
    (await server.app.inject(`/api/v1/scans/${SCAN}/findings?limit=1&${query}`)).headers[
      'x-total-count'
    ],
  );
const audited = async () =>
  (await server.app.inject('/api/v1/audit?action=verdict.decided_in_bulk')).json<
    AuditEntryBody[]
  >();

it('decides about those listed, and tells which nobody knows', async () => {
  const listed = fingerprints.slice(0, 500);
  const unknown = '0'.repeat(64);
  const asked = [...listed.slice(0, 498), listed[0], unknown];

  const result = await bulk('', { fingerprints: asked, status: 'wont_fix', project: 'shop' });
  expect(result).toMatchObject({ dry_run: false, matched: 498, changed: 498, unknown: [unknown] });
  expect(result.sample).toEqual(
    listed.slice(0, 20).map((fingerprint) => ({ fingerprint, before: null })),
  );
  expect(await totalOf('status=wont_fix')).toBe(498);
  const one = listed[250] ?? '';
  const history = (await server.app.inject(`/api/v1/findings/${one}/history`)).json<
    VerdictChangeBody[]
  >();
  expect(history).toMatchObject([{ cause: 'decision', project: 'shop', to_status: 'wont_fix' }]);
  const entries = await audited();
  expect(entries).toHaveLength(3);
  expect(entries.flatMap(({ details }) => details['fingerprints'])).toHaveLength(498);
});

it('decides about what a list shows, after a dry run that changes nothing', async () => {
  await bulk('', { fingerprints: fingerprints.slice(0, 30), status: 'accepted_risk' });
  const query = 'severity=high,low&scanner=semgrep&suppressed=false&status=new';
  const matched = await totalOf(query);
  expect(matched).toBeGreaterThan(20);
  const decision = { status: 'triaged', assignee: 'ada' };

  const dry = await bulk(`?scan_id=${SCAN}&${query}`, { ...decision, dry_run: true });
  expect(dry).toMatchObject({ dry_run: true, matched, changed: matched, unknown: [] });
  expect(dry.sample).toHaveLength(20);
  expect(await totalOf(query)).toBe(matched);
  expect(await audited()).toHaveLength(1);

  const real = await bulk(`?scan_id=${SCAN}&${query}`, decision);
  expect(real).toEqual({ ...dry, dry_run: false });
  expect(await totalOf(query)).toBe(0);
  expect(await totalOf('status=triaged')).toBe(matched);
  const triaged = (
    await server.app.inject(`/api/v1/scans/${SCAN}/findings?limit=200&status=triaged`)
  ).json<FindingWithStateBody[]>();
  expect(new Set(triaged.map(({ severity }) => severity))).toEqual(new Set(['high', 'low']));
  expect(new Set(triaged.map(({ state }) => state?.assignee))).toEqual(new Set(['ada']));
});

it('changes nothing when asked again', async () => {
  const payload = { status: 'fixed', note: 'all of it' };
  expect(await bulk(`?scan_id=${SCAN}`, payload)).toMatchObject({ matched: 640, changed: 640 });
  const state = async () =>
    (
      await server.app.inject(`/api/v1/findings/${fingerprints[639] ?? ''}/state`)
    ).json<FindingVerdictsBody>();
  const before = await state();

  expect(await bulk(`?scan_id=${SCAN}`, payload)).toMatchObject({ changed: 0, sample: [] });
  expect(await state()).toEqual(before);
  expect(await audited()).toHaveLength(4);
});

it.each([
  ['fingerprints', '', { status: 'fixed' }],
  ['fingerprints', `?scan_id=${SCAN}`, { status: 'fixed', fingerprints: ['0'.repeat(64)] }],
  ['fingerprints', '', { status: 'fixed', fingerprints: [] }],
  ['fingerprints', '', { status: 'fixed', fingerprints: ['abc'] }],
  ['fingerprints', '', { status: 'fixed', fingerprints: Array(501).fill('0'.repeat(64)) }],
  ['severity', '?severity=high', { status: 'fixed', fingerprints: ['0'.repeat(64)] }],
  ['severity', `?scan_id=${SCAN}&severity=worst`, { status: 'fixed' }],
  ['limit', `?scan_id=${SCAN}&limit=5`, { status: 'fixed' }],
  ['scan_id', '?scan_id=mine', { status: 'fixed' }],
  ['status', `?scan_id=${SCAN}`, {}],
  ['reason', `?scan_id=${SCAN}`, { status: 'fixed', reason: 'code_not_present' }],
  ['dry_run', `?scan_id=${SCAN}`, { status: 'fixed', dry_run: 'yes' }],
])('is refused with 422 for %s', async (loc, query, payload) => {
  const answer = await ask(query, payload);
  expect([answer.statusCode, answer.json<ErrorBody>().errors]).toMatchObject([422, [{ loc }]]);
});

it('is about scans that have completed', async () => {
  const missing = await ask(`?scan_id=${SCAN.replace('a', 'c')}`, { status: 'fixed' });
  expect([missing.statusCode, missing.json<ErrorBody>().code]).toEqual([404, 'SCAN_NOT_FOUND']);
  const early = await ask(`?scan_id=${RUNNING}`, { status: 'fixed' });
  expect([early.statusCode, early.json<ErrorBody>().code]).toEqual([409, 'SCAN_NOT_COMPLETED']);
});
