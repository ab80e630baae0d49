import { randomUUID } from 'node:crypto';
import type {
  AuditEntryBody,
  ErrorBody,
  FindingVerdictsBody,
  ProposalAcceptanceBody,
  ProposalDecisionsBody,
  VerdictChangeBody,
  VerdictProposalBody,
  VexReceiptBody,
} from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import { aFinding } from '@securescan/testing';
import { OpenDatabase } from '../../src/database/database';
import { storeScan } from '../support/made-findings';
import { plansOf } from '../support/query-plans';
import {
  NOT_REACHABLE,
  openvex,
  REFUSED_DOCUMENTS,
  says,
  saysOf,
} from '../support/vendor-documents';
import { startTestServer, type TestServer } from './test-server';

type Answer = Awaited<ReturnType<typeof post>>;

let server: TestServer;
/** Each test has one to itself. */
let project: string;

beforeAll(async () => {
  server = await startTestServer();
});

beforeEach(() => {
  project = `github.com/ada/${randomUUID()}`;
});

afterAll(() => server.close());

function aVulnerability(ids: readonly string[], purl: string): Finding {
  return aFinding({
    scanner: 'trivy',
    scanType: 'dependency',
    ruleId: ids[0] ?? '',
    title: `${purl} ${ids.join()}`,
    metadata: { advisories: [...ids], purl },
  });
}

const AXIOS = aVulnerability(['GHSA-4w2v-q235-vp99', 'CVE-2020-28168'], 'pkg:npm/axios@0.21.0');
const FLASK = aVulnerability(['CVE-2023-30861'], 'pkg:pypi/flask@2.0.0');
const BABEL = aVulnerability(['CVE-2023-45133'], 'pkg:npm/%40babel/traverse@7.0.0');

async function aScan(
  findings: readonly Finding[],
  more: { project?: string; createdAt?: string } = {},
): Promise<string> {
  const id = randomUUID();
  await storeScan(
    server.app,
    { id, project, scanTypes: ['dependency'], targetPath: '/src', ...more },
    findings,
  );
  return id;
}

const post = (url: string, payload?: object) =>
  server.app.inject({
    method: 'POST',
    url: `/api/v1/vex/proposals${url}`,
    ...(payload === undefined ? {} : { payload }),
  });

async function send(document: object, query = `?project=${project}`): Promise<VexReceiptBody> {
  const answer = await post(query, document);
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json<VexReceiptBody>();
}

async function proposals(query = '', of: string | null = project): Promise<VerdictProposalBody[]> {
  const answer = await server.app.inject(
    `/api/v1/vex/proposals?${of === null ? '' : `project=${of}&`}${query}`,
  );
  expect(answer.statusCode).toBe(200);
  return answer.json<VerdictProposalBody[]>();
}

async function proposalOn(
  { fingerprint }: Finding,
  of: string | null = project,
): Promise<VerdictProposalBody> {
  const [found] = await proposals(`fingerprint=${fingerprint}`, of);
  if (found === undefined) throw new Error('There is no proposal.');
  return found;
}

const state = async ({ fingerprint }: Finding) =>
  (
    await server.app.inject(`/api/v1/findings/${fingerprint}/state?project=${project}`)
  ).json<FindingVerdictsBody>().state;

async function decide({ fingerprint }: Finding, payload: object): Promise<void> {
  const url = `/api/v1/findings/${fingerprint}/state`;
  const answer = await server.app.inject({ method: 'PATCH', url, payload });
  expect(answer.statusCode).toBe(200);
}

const audited = async () =>
  (await server.app.inject('/api/v1/audit?limit=200'))
    .json<AuditEntryBody[]>()
    .map(({ action }) => action);

it('proposes what an OpenVEX document says, and names what fits no finding', async () => {
  await aScan([AXIOS, FLASK, BABEL, aFinding()]);
  const receipt = await send(
    openvex([
      says('CVE-2020-28168', 'pkg:npm/axios', NOT_REACHABLE),
      {
        vulnerability: { name: 'VENDOR-7', aliases: ['cve-2023-30861'] },
        products: [
          {
            '@id': 'pkg:oci/shop@sha256:1',
            subcomponents: [{ '@id': 'pkg:pypi/flask@2.0.0?repository_url=mirror.example' }],
          },
        ],
        status: 'fixed',
      },
      says('CVE-2023-45133', 'pkg:npm/%40babel/traverse@7.0.1', NOT_REACHABLE),
      says('CVE-2023-45133', 'https://vendor.example/product', NOT_REACHABLE),
      says('CVE-2023-45133', 'pkg:npm/%40babel/traverse', { status: 'under_investigation' }),
    ]),
  );

  expect(receipt).toEqual({
    source: {
      format: 'openvex',
      document_id: 'https://vendor.example/vex/1',
      version: 1,
      author: 'Vendor',
      issued_at: '2026-03-01T00:00:00.000Z',
    },
    statements: 5,
    matched: 2,
    undecided: 1,
    unmatched: 2,
    unmatched_statements: [
      {
        place: 'statements[2]',
        vulnerability: 'CVE-2023-45133',
        packages: ['pkg:npm/%40babel/traverse@7.0.1'],
      },
      {
        place: 'statements[3]',
        vulnerability: 'CVE-2023-45133',
        packages: ['https://vendor.example/product'],
      },
    ],
    created: 2,
    known: 0,
    superseded: 0,
    scans_considered: 1,
    is_complete: true,
  });
  expect(await proposalOn(AXIOS)).toMatchObject({
    project,
    status: 'false_positive',
    reason: 'code_not_reachable',
    note: 'Never called.',
    vulnerability: 'CVE-2020-28168',
    purl: 'pkg:npm/axios@0.21.0',
    product: null,
    state: 'open',
    current: null,
  });
  expect(await proposalOn(FLASK)).toMatchObject({
    status: 'fixed',
    product: expect.stringMatching(/^pkg:oci\/shop/u) as string,
  });
  expect([await state(AXIOS), await state(FLASK)]).toEqual([null, null]);
});

it('proposes what a CycloneDX document says, of its components and of those of others', async () => {
  await aScan([AXIOS, FLASK, BABEL]);
  const analysis = { state: 'not_affected', justification: 'protected_at_perimeter', detail: 'A' };
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
    version: 3,
    metadata: { timestamp: '2026-03-01T00:00:00+01:00', authors: [{ name: 'Vendor' }] },
    components: [
      {
        type: 'library',
        'bom-ref': 'a',
        name: 'axios',
        components: [{ type: 'library', 'bom-ref': 'b', name: 'flask', purl: 'pkg:pypi/Flask' }],
        purl: 'pkg:npm/axios@0.21.0',
      },
    ],
    vulnerabilities: [
      {
        id: 'SNYK-1',
        references: [{ id: 'GHSA-4W2V-Q235-VP99', source: {} }],
        analysis,
        affects: [{ ref: 'a' }],
      },
      {
        id: 'CVE-2023-30861',
        analysis: { state: 'exploitable' },
        affects: [{ ref: 'b', versions: [{ version: '2.0.0' }, { range: 'vers:pypi/<3' }] }],
      },
      {
        id: 'CVE-2023-45133',
        analysis: { state: 'false_positive' },
        affects: [{ ref: `urn:cdx:1/1#${encodeURIComponent('pkg:npm/%40babel/traverse@7.0.0')}` }],
      },
      { id: 'CVE-2023-45133', affects: [{ ref: 'a' }] },
    ],
  };
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/v1/vex/proposals',
    headers: { 'content-type': 'application/vnd.cyclonedx+json; version=1.5' },
    payload: JSON.stringify(document),
  });
  expect(answer.json()).toMatchObject({
    source: {
      format: 'cyclonedx',
      version: 3,
      author: 'Vendor',
      issued_at: '2026-02-28T23:00:00.000Z',
    },
    matched: 3,
    undecided: 1,
    created: 3,
  });
  expect(
    await Promise.all([AXIOS, FLASK, BABEL].map((one) => proposalOn(one, null))),
  ).toMatchObject([
    { project: null, status: 'false_positive', reason: 'protected_at_perimeter', note: 'A' },
    { status: 'triaged', reason: null },
    { status: 'false_positive', reason: null, note: null },
  ]);
});

it('looks at the newest scan of a target, and at the project that is asked for', async () => {
  await aScan([AXIOS], { createdAt: '2025-01-01T00:00:00.000Z' });
  await aScan([FLASK]);
  await aScan([BABEL], { project: 'github.com/ada/other' });
  const everything = [AXIOS, FLASK, BABEL].map(saysOf);
  expect(await send(openvex(everything))).toMatchObject({ matched: 1, scans_considered: 1 });
  const everywhere = await send(openvex(everything, { '@id': project }), '');
  expect(everywhere.matched).toBe(3);
  expect(everywhere.scans_considered).toBeGreaterThan(1);
  expect(await proposals()).toHaveLength(1);
});

it('makes nothing twice, and a newer version supersedes what it no longer says', async () => {
  await aScan([AXIOS, FLASK]);
  const both = [
    says('CVE-2020-28168', 'pkg:npm/axios', NOT_REACHABLE),
    says('CVE-2023-30861', 'pkg:pypi/flask', { status: 'fixed' }),
  ];
  const counts = async (document: object) => {
    const { created, known, superseded } = await send(document);
    return [created, known, superseded];
  };
  expect(await counts(openvex(both))).toEqual([2, 0, 0]);
  expect(await counts(openvex(both))).toEqual([0, 2, 0]);
  expect(await counts(openvex(both.slice(0, 1), { version: 2 }))).toEqual([0, 1, 1]);
  expect((await proposals('state=superseded')).map(({ fingerprint }) => fingerprint)).toEqual([
    FLASK.fingerprint,
  ]);
  expect((await proposalOn(AXIOS)).source.version).toBe(2);

  const old = await post(`?project=${project}`, openvex(both));
  expect([old.statusCode, old.json<ErrorBody>().code]).toEqual([409, 'VEX_OUTDATED']);
  expect(await counts(openvex(both, { version: 3 }))).toEqual([1, 1, 0]);
  expect(await proposals('state=open')).toHaveLength(2);
  await post(`/${(await proposalOn(AXIOS)).id}/reject`);
  expect(await counts(openvex(both, { version: 4 }))).toEqual([0, 2, 0]);
  expect((await proposalOn(AXIOS)).state).toBe('rejected');
});

it('of statements that contradict each other takes the latest', async () => {
  await aScan([AXIOS]);
  const at = (timestamp: string, opinion: object) =>
    says('CVE-2020-28168', 'pkg:npm/axios', { ...opinion, timestamp });
  const receipt = await send(
    openvex([
      at('2026-02-02T00:00:00Z', { status: 'fixed' }),
      at('2026-02-01T00:00:00Z', NOT_REACHABLE),
    ]),
  );
  expect([receipt.matched, (await proposalOn(AXIOS)).status]).toEqual([2, 'fixed']);
});

it('becomes a verdict when somebody accepts it, and shows what that replaces', async () => {
  await aScan([AXIOS]);
  await decide(AXIOS, { status: 'triaged', assignee: 'ada', project });
  await send(openvex([says('CVE-2020-28168', 'pkg:npm/axios', NOT_REACHABLE)]));
  const { id, current } = await proposalOn(AXIOS);
  expect(current).toMatchObject({ status: 'triaged', project });

  await decide(AXIOS, { status: 'wont_fix', assignee: 'ada', project });
  const seen = (await state(AXIOS))?.updated_at;
  await decide(AXIOS, { status: 'accepted_risk', assignee: 'ada', project });
  const none = await post(`/${id}/accept`, { expected_updated_at: null });
  expect([none.statusCode, none.json<ErrorBody>().code]).toEqual([409, 'VERDICT_CHANGED']);
  const other = await post(`/${id}/accept`, { expected_updated_at: '2020-01-01T00:00:00Z' });
  expect([other.statusCode, seen]).toEqual([409, expect.any(String)]);
  const wrong = await post(`/${id}/accept`, { expected_updated_at: 'yesterday' });
  expect([wrong.statusCode, wrong.json<ErrorBody>().code]).toEqual([422, 'VALIDATION_FAILED']);

  const standing = (await state(AXIOS))?.updated_at;
  const answer = await post(`/${id}/accept`, { expected_updated_at: standing });
  expect(answer.json<ProposalAcceptanceBody>()).toMatchObject({
    proposal: {
      state: 'accepted',
      current: {
        status: 'false_positive',
        reason: 'code_not_reachable',
        assignee: 'ada',
        note: 'Never called.\nSaid by Vendor in https://vendor.example/vex/1, version 1.',
      },
    },
    replaced: { status: 'accepted_risk' },
  });
  const history = await server.app.inject(`/api/v1/findings/${AXIOS.fingerprint}/history`);
  expect(history.json<VerdictChangeBody[]>()[0]).toMatchObject({
    cause: 'decision',
    from_status: 'accepted_risk',
    to_status: 'false_positive',
  });
  const again = await post(`/${id}/accept`, {});
  expect([again.statusCode, again.json<ErrorBody>().code]).toEqual([409, 'PROPOSAL_NOT_OPEN']);
  expect((await post(`/${randomUUID()}/reject`)).statusCode).toBe(404);
  expect((await audited()).slice(0, 2)).toEqual(['proposal.accepted', 'verdict.decided']);
  expect(await audited()).toContain('vex.received');
});

it('is decided about in bulk, each once', async () => {
  await aScan([AXIOS, FLASK, BABEL]);
  await decide(AXIOS, { status: 'triaged', project });
  await send(openvex([AXIOS, FLASK, BABEL].map(saysOf)));
  const [axios, flask, babel] = await Promise.all(
    [AXIOS, FLASK, BABEL].map(async (finding) => (await proposalOn(finding)).id),
  );
  await post('/reject', { ids: [babel] });
  const unknown = randomUUID();
  const answer = await post('/accept', { ids: [axios, flask, axios, babel, unknown] });
  expect(answer.json<ProposalDecisionsBody>()).toEqual({
    decided: [axios, flask],
    not_open: [babel],
    unknown: [unknown],
    replaced: 1,
  });
  expect((await state(FLASK))?.status).toBe('false_positive');
  expect(await state(BABEL)).toBeNull();
  expect((await post('/accept', { ids: [] })).statusCode).toBe(422);
  expect((await post('/accept', { ids: ['x'] })).statusCode).toBe(422);
});

it('is listed page by page, from indexes alone', async () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    aVulnerability([`CVE-2026-${String(1000 + index)}`], 'pkg:npm/many@1.0.0'),
  );
  await aScan(many);
  await send(openvex(many.map(({ ruleId }) => says(ruleId, 'pkg:npm/many', NOT_REACHABLE))));
  const queries = ['', 'state=open&', `project=${project}&`, `project=${project}&state=open&`];
  for (const query of [...queries, `fingerprint=${many[0]?.fingerprint ?? ''}&`]) {
    const seen: string[] = [];
    const plans = await plansOf(server.app.get(OpenDatabase), async () => {
      let url: string | undefined = `/api/v1/vex/proposals?${query}limit=7`;
      while (url !== undefined) {
        const answer: Answer = await server.app.inject(url);
        seen.push(...answer.json<VerdictProposalBody[]>().map(({ id }) => id));
        url = /<(.*)>/.exec(answer.headers['link']?.toString() ?? '')?.[1];
      }
    });
    const listed = new Set(seen);
    expect(seen).toHaveLength(listed.size);
    const mine = query.startsWith('f') ? 1 : 30;
    if (query.includes('project')) expect(listed.size).toBe(mine);
    else expect(listed.size).toBeGreaterThanOrEqual(mine);
    const steps = plans
      .filter(({ sql }) => sql.includes('verdict_proposals'))
      .flatMap((plan) => plan.steps);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      if (step.includes('proposal')) expect(step).toMatch(/USING (?:COVERING )?INDEX/u);
      expect(step).not.toContain('TEMP B-TREE');
    }
  }
});

it.each(REFUSED_DOCUMENTS)(
  'refuses %s, and keeps nothing of it',
  async (_name, payload, detail) => {
    await aScan([AXIOS]);
    const before = await audited();
    const answer = await server.app.inject({
      method: 'POST',
      url: `/api/v1/vex/proposals?project=${project}`,
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect([answer.statusCode, answer.json<ErrorBody>().code]).toEqual([422, 'VEX_INVALID']);
    expect(answer.json<ErrorBody>().detail).toMatch(detail);
    expect(await proposals()).toEqual([]);
    expect(await audited()).toEqual(before);
  },
);

it('keeps the words of strangers as words: bounded, and without secrets and controls', async () => {
  await aScan([AXIOS]);
  const secret = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
  const impact = `\u0000\u001b[31m ${secret}\n${'x'.repeat(9_000)}\ud800`;
  await send(
    openvex(
      [says('CVE-2020-28168', 'pkg:npm/axios', { ...NOT_REACHABLE, impact_statement: impact })],
      { author: `A\u0000\n${'y'.repeat(9_000)}` },
    ),
  );
  const { id, note, source } = await proposalOn(AXIOS);
  expect(note).not.toContain(secret);
  expect(note).not.toMatch(/[^\P{Cc}\n\t]/u);
  expect(note?.length).toBeLessThanOrEqual(3_000);
  expect(source.author).toMatch(/^A y{400,499}…$/u);
  const { proposal } = (await post(`/${id}/accept`, {})).json<ProposalAcceptanceBody>();
  expect(proposal.current?.note?.length).toBeLessThanOrEqual(4_000);
});
