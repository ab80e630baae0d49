import { join } from 'node:path';
import {
  type FindingCommentBody,
  type FindingVerdictsBody,
  type FindingWithStateBody,
  VERDICTS,
  type Verdict,
  type VerdictChangeBody,
} from '@securescan/contracts';
import { aFinding } from '@securescan/testing';
import { assertNever, inCanonicalOrder } from '@securescan/core';
import fc from 'fast-check';
import { verifyAudit } from '../../src/admin/audit-verify.command';
import { VerdictExpiry } from '../../src/modules/triage/verdict-expiry.service';
import { openForReading } from '../../src/platform/embedded/sqlite-database';
import { Clock } from '../../src/ports/clock.port';
import { storeScan } from '../support/made-findings';
import { startTestServer, type TestServer } from './test-server';

/** Random sequences of all that happens to verdicts, against what they ought to be. */

const PROJECTS = ['shop', 'other'] as const;
const PLACES = [null, ...PROJECTS] as const;
type Place = (typeof PLACES)[number];

interface ModelRow {
  readonly status: Verdict;
  readonly until: number | null;
  /** Not what time or a comment has left or made. */
  readonly isDecided: boolean;
}

const NOBODYS: ModelRow = { status: 'new', until: null, isDecided: false };

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      which: fc.nat(1),
      place: fc.constantFrom(...PLACES),
      status: fc.constantFrom(...VERDICTS),
      ttl: fc.option(fc.integer({ min: 1, max: 50 })),
    }),
  },
  fc.record({
    kind: fc.constant('withdraw' as const),
    which: fc.nat(1),
    place: fc.constantFrom(...PROJECTS),
  }),
  fc.record({
    kind: fc.constant('comment' as const),
    which: fc.nat(1),
    place: fc.constantFrom(...PLACES),
  }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;

let server: TestServer;
let now = Date.parse('2026-03-01T00:00:00.000Z');
let runs = 0;

/** What ought to be, of the findings of one run. */
class Model {
  readonly rows = new Map<string, ModelRow>();
  readonly history = new Map<string, string[]>();
  comments = 0;

  constructor(readonly fingerprints: readonly string[]) {}

  key(which: number, place: Place): string {
    return `${which} ${place ?? '*'}`;
  }

  /** The row as it counts now. */
  current(which: number, place: Place): ModelRow | null {
    const row = this.rows.get(this.key(which, place)) ?? null;
    if (row?.until === undefined || row.until === null || row.until > now) return row;
    return place === null ? NOBODYS : null;
  }

  change(which: number, place: Place, cause: string, to: ModelRow | null): void {
    const key = this.key(which, place);
    if (cause !== 'expiry') this.lapse(which, place);
    const from = this.rows.get(key);
    const line = `${cause} ${from?.status ?? '-'} ${to?.status ?? '-'}`;
    this.history.set(key, [...(this.history.get(key) ?? []), line]);
    if (to === null) this.rows.delete(key);
    else this.rows.set(key, to);
  }

  lapse(which: number, place: Place): void {
    const until = this.rows.get(this.key(which, place))?.until ?? null;
    if (until === null || until > now) return;
    this.change(which, place, 'expiry', place === null ? NOBODYS : null);
  }
}

beforeAll(async () => {
  server = await startTestServer();
  jest.spyOn(server.app.get(Clock), 'now').mockImplementation(() => new Date(now));
});

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

async function newModel(): Promise<Model> {
  runs += 1;
  const pair = [0, 1].map((index) => aFinding({ filePath: `run-${runs}/file-${index}.ts` }));
  const findings = inCanonicalOrder(pair);
  for (const [index, project] of PROJECTS.entries()) {
    await storeScan(server.app, { id: scanOf(index), project }, findings);
  }
  return new Model(findings.map(({ fingerprint }) => fingerprint));
}

function scanOf(index: number): string {
  return `00000000-0000-4000-8${String(index).padStart(3, '0')}-${String(runs).padStart(12, '0')}`;
}

async function take(one: Step, model: Model): Promise<void> {
  now += 1;
  switch (one.kind) {
    case 'wait':
      now += one.ms;
      return;
    case 'sweep':
      return sweep(model);
    case 'decide':
      return decide(one, model);
    case 'withdraw':
      return withdraw(one, model);
    case 'comment':
      return comment(one, model);
    default:
      assertNever(one);
  }
}

function baseOf({ which }: { readonly which: number }, model: Model): string {
  return `/api/v1/findings/${model.fingerprints[which] ?? ''}`;
}

function inProject(place: Place): { readonly project?: string } {
  return place === null ? {} : { project: place };
}

async function decide(one: StepOf<'decide'>, model: Model): Promise<void> {
  const { which, place, status } = one;
  const until = one.ttl === null || status === 'new' ? null : now + one.ttl;
  const payload = { status, ...inProject(place), until: isoOf(until) };
  const url = `${baseOf(one, model)}/state`;
  const answer = await server.app.inject({ method: 'PATCH', url, payload });
  expect([answer.statusCode, answer.json()]).toMatchObject([200, { status, project: place }]);
  const before = model.current(which, place);
  const isSame = before?.status === status && before.until === until;
  if (isSame && before.isDecided) return;
  model.change(which, place, 'decision', { status, until, isDecided: true });
}

async function withdraw(one: StepOf<'withdraw'>, model: Model): Promise<void> {
  const url = `${baseOf(one, model)}/state?project=${one.place}`;
  expect((await server.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
  if (model.current(one.which, one.place) === null) return;
  model.change(one.which, one.place, 'withdrawal', null);
}

async function comment(one: StepOf<'comment'>, model: Model): Promise<void> {
  const payload = { text: 'seen', ...inProject(one.place) };
  const url = `${baseOf(one, model)}/comments`;
  const answer = await server.app.inject({ method: 'POST', url, payload });
  expect(answer.json<FindingCommentBody>().project).toBe(one.place);
  model.comments += 1;
  if (model.rows.has(model.key(one.which, null))) return;
  model.change(one.which, null, 'comment', NOBODYS);
}

async function sweep(model: Model): Promise<void> {
  await server.app.get(VerdictExpiry, { strict: false }).apply(() => false);
  for (const which of [0, 1]) for (const place of PLACES) model.lapse(which, place);
}

async function compare(model: Model): Promise<void> {
  let comments = 0;
  for (const [which, fingerprint] of model.fingerprints.entries()) {
    const base = `/api/v1/findings/${fingerprint}`;
    const history = (await server.app.inject(`${base}/history`)).json<VerdictChangeBody[]>();
    for (const place of PLACES) {
      const lines = history
        .filter(({ project }) => project === place)
        .map((line) => `${line.cause} ${line.from_status ?? '-'} ${line.to_status ?? '-'}`);
      expect(lines.toReversed()).toEqual(model.history.get(model.key(which, place)) ?? []);
    }
    comments += (await server.app.inject(`${base}/comments`)).json<object[]>().length;
    const everywhere = model.current(which, null);
    for (const [index, project] of PROJECTS.entries()) {
      const own = model.current(which, project);
      const counts = own ?? everywhere;
      const shown = (
        await server.app.inject(`${base}/state?project=${project}`)
      ).json<FindingVerdictsBody>();
      expect([shown.in_project, shown.everywhere, shown.state].map(briefly)).toEqual(
        [own, everywhere, counts].map((row) => row && briefly({ ...row, until: isoOf(row.until) })),
      );
      const url = `/api/v1/scans/${scanOf(index)}/findings?status=${counts?.status ?? 'new'}`;
      const listed = (await server.app.inject(url)).json<FindingWithStateBody[]>();
      const one = listed.find((finding) => finding.fingerprint === fingerprint);
      expect(one?.state ?? null).toEqual(shown.state);
      expect(one).toBeDefined();
    }
  }
  expect(comments).toBe(model.comments);
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function briefly(row: { readonly status: Verdict; readonly until: string | null } | null) {
  return row && { status: row.status, until: row.until };
}

it('loses and moves no verdict, and the history tells all of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), async (steps) => {
      const model = await newModel();
      for (const one of steps) await take(one, model);
      await compare(model);
    }),
    { numRuns: 60 },
  );
  const source = await openForReading(join(server.directory, 'scans.db'));
  try {
    const { chains } = await verifyAudit(source, []);
    expect(chains.map(({ problem }) => problem)).toEqual([null, null]);
  } finally {
    await source.destroy();
  }
}, 120_000);
