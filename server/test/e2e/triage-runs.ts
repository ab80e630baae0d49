import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FindingCommentBody,
  type FindingVerdictsBody,
  type FindingWithStateBody,
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
import { beginScan } from '../support/run-scan';
import {
  Model,
  type ModelRow,
  type ModelUntil,
  NOBODYS,
  type Place,
  PLACES,
  PROJECTS,
  step,
  type Step,
  type StepOf,
} from '../support/verdict-model';
import { startTestServer, type TestServer } from './test-server';

/** Random sequences of all that happens to verdicts, against what they ought to be. */

let server: TestServer;
let directory: string;
const clock = { now: Date.parse('2026-03-01T00:00:00.000Z') };
let runs = 0;
let scans = 0;

/** Starts the server whose database the runs share. */
export async function startRuns(): Promise<void> {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'securescan-model-')));
  await start();
}

export async function endRuns(): Promise<void> {
  jest.restoreAllMocks();
  await server.close();
  await rm(directory, { recursive: true });
}

async function start(): Promise<void> {
  server = await startTestServer({
    environment: { SECURESCAN_DB_PATH: join(directory, 'scans.db') },
    // Before the start itself, which looks for what has lapsed.
    prepare: (app) =>
      void jest.spyOn(app.get(Clock), 'now').mockImplementation(() => new Date(clock.now)),
  });
}

async function newModel(): Promise<Model> {
  runs += 1;
  const pair = [0, 1].map((index) => aFinding({ filePath: `run-${runs}/file-${index}.ts` }));
  const findings = inCanonicalOrder(pair);
  for (const [index, project] of PROJECTS.entries()) {
    await storeScan(server.app, { id: scanOf(index), project }, findings);
  }
  return new Model(findings, clock);
}

function scanOf(index: number): string {
  return `00000000-0000-4000-8${String(index).padStart(3, '0')}-${String(runs).padStart(12, '0')}`;
}

async function take(one: Step, model: Model): Promise<void> {
  clock.now += 1;
  switch (one.kind) {
    case 'wait':
      clock.now += one.ms;
      return;
    case 'sweep':
      return sweep(model);
    case 'decide':
      return decide(one, model);
    case 'withdraw':
      return withdraw(one, model);
    case 'comment':
      return comment(one, model);
    case 'bulk':
      return bulk(one, model);
    case 'scan':
      return scan(one, model);
    case 'delete':
      return remove(one, model);
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
  const until = one.ttl === null || status === 'new' ? null : clock.now + one.ttl;
  const payload = { status, ...inProject(place), until: isoOf(until) };
  const url = `${baseOf(one, model)}/state`;
  const answer = await server.app.inject({ method: 'PATCH', url, payload });
  expect([answer.statusCode, answer.json()]).toMatchObject([200, { status, project: place }]);
  decided(model, { which, place, status, until });
}

/** @returns whether that changes anything. */
function decided(
  model: Model,
  {
    which,
    place,
    status,
    until,
  }: Pick<StepOf<'decide'>, 'which' | 'place' | 'status'> & ModelUntil,
): boolean {
  if (says(model.current(which, place), { status, until })) return false;
  model.change(which, place, 'decision', { status, until, isDecided: true });
  return true;
}

function says(
  row: ModelRow | null,
  { status, until }: Pick<ModelRow, 'status' | 'until'>,
): boolean {
  return row?.status === status && row.until === until && row.isDecided;
}

async function bulk(one: StepOf<'bulk'>, model: Model): Promise<void> {
  const { by, place, status, isDryRun } = one;
  const which = by === 'scan' ? [0, 1] : one.which;
  const query = by === 'scan' ? `?scan_id=${scanOf(0)}` : '';
  const listed = { fingerprints: which.map((index) => model.fingerprints[index]) };
  const payload = {
    status,
    ...inProject(place),
    ...(by === 'scan' ? {} : listed),
    dry_run: isDryRun,
  };
  const url = `/api/v1/findings/state/bulk${query}`;
  const answer = await server.app.inject({ method: 'POST', url, payload });
  const due = which.filter((index) => !says(model.current(index, place), { status, until: null }));
  expect([answer.statusCode, answer.json()]).toMatchObject([
    200,
    { dry_run: isDryRun, matched: which.length, changed: due.length },
  ]);
  if (isDryRun) return;
  for (const index of due) decided(model, { which: index, place, status, until: null });
}

/** Through every state of a scan and its units; what the scanners would bring is given. */
async function scan(one: StepOf<'scan'>, model: Model): Promise<void> {
  const { project, origin, present } = one;
  scans += 1;
  const id = `10000000-0000-4000-8000-${String(scans).padStart(12, '0')}`;
  const findings = model.findings.filter((_, index) => present.includes(index));
  const begun = await beginScan(server.app, { id, project, origin }, findings);
  clock.now += 1;
  expect(await begun.complete()).toBe(true);
  model.scans.push(id);
  if (origin === 'scan') for (const which of present) model.regress(which, project);
}

async function remove({ which }: StepOf<'delete'>, model: Model): Promise<void> {
  const [id] = model.scans.splice(which, 1);
  if (id === undefined) return;
  const url = `/api/v1/scans/${id}`;
  expect((await server.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
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

/** Ten thousand take long enough to want to know how far it is. */
const TOLD_EVERY = 500;

export interface Runs {
  readonly count: number;
  /** Whether the server is stopped somewhere in the middle of each, and started again. */
  readonly isRestarted: boolean;
}

/** Goes through random sequences, and expects after each what ought to be; in the end, that the history's chain holds. */
export async function expectRuns({ count, isRestarted }: Runs): Promise<void> {
  let held = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), async (steps) => {
      const model = await newModel();
      const middle = Math.floor(steps.length / 2);
      for (const [index, one] of steps.entries()) {
        if (isRestarted && index === middle) await restart();
        await take(one, model);
      }
      // The server writes down what has lapsed by itself too, whenever it comes to that.
      await sweep(model);
      await compare(model);
      held += 1;
      if (held % TOLD_EVERY === 0) process.stderr.write(`${held} sequences held\n`);
    }),
    { numRuns: count },
  );
  const source = await openForReading(join(directory, 'scans.db'));
  try {
    const { chains } = await verifyAudit(source, []);
    expect(chains.map(({ problem }) => problem)).toEqual([null, null]);
  } finally {
    await source.destroy();
  }
}

async function restart(): Promise<void> {
  await server.close();
  await start();
}
