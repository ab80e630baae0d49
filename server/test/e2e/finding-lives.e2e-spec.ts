import { type Finding, inCanonicalOrder, sha256Hex } from '@securescan/core';
import { aFinding, anOutcome } from '@securescan/testing';
import fc from 'fast-check';
import { OpenDatabase } from '../../src/database/database';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { CurrentTargetsRepository } from '../../src/modules/current/current-targets.repository';
import { STATS_STATEMENTS } from '../../src/modules/dashboard/dashboard-stats.repository';
import { TREND_STATEMENTS } from '../../src/modules/dashboard/trends.repository';
import { AGE_STATEMENTS } from '../../src/modules/insight/ages.repository';
import { DECIDED_STATEMENTS } from '../../src/modules/insight/decided-lives.repository';
import { SCOPE_STATEMENTS } from '../../src/modules/insight/insight-scopes.repository';
import { LIFE_STATEMENTS } from '../../src/modules/insight/lives/finding-lives.repository';
import { FindingLives } from '../../src/modules/insight/lives/finding-lives.service';
import { FindingRoundsRepository } from '../../src/modules/insight/lives/finding-rounds.repository';
import { RESPONSE_STATEMENTS } from '../../src/modules/insight/response-times.repository';
import { ScanEntity } from '../../src/modules/scans/scan.entity';
import { storeScan } from '../support/made-findings';
import { startTestServer, type TestServer } from './test-server';

/** Random sequences of scans, against what ought to become of their findings. */

const SCANNERS = ['bandit', 'semgrep'] as const;
type Scanner = (typeof SCANNERS)[number];
const DEFECTS = [0, 1, 2] as const;

const fate = fc.record({
  reporters: fc.subarray([...SCANNERS]),
  isMerged: fc.boolean(),
  isSuppressed: fc.boolean(),
});
const scanOf = fc.record({
  completed: fc.subarray([...SCANNERS], { minLength: 1 }),
  hasOthers: fc.boolean(),
  isHidden: fc.boolean(),
  fates: fc.tuple(fate, fate, fate),
});
type MadeScan = typeof scanOf extends fc.Arbitrary<infer T> ? T : never;

interface ModelLife {
  prints: Set<string>;
  readonly first: string;
  state: string;
  reporters: Set<string>;
  closed: string | null;
}

let server: TestServer;
let runs = 0;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const projectOf = (run: number): string => `run-${run}`;
const idOf = (run: number, index: number): string =>
  `00000000-0000-4000-8${String(index).padStart(3, '0')}-${String(run).padStart(12, '0')}`;
const timeOf = (index: number): string =>
  `2026-04-${String(index + 1).padStart(2, '0')}T00:00:00.000Z`;
const printOf = (run: number, defect: number, scanner: string): string =>
  sha256Hex(`${run} ${defect} ${scanner}`);

function findingsOf(run: number, { completed, fates }: MadeScan): Finding[] {
  const findings = DEFECTS.flatMap((defect) => {
    const { reporters, isMerged, isSuppressed } = fates[defect];
    const told = reporters.filter((scanner) => completed.includes(scanner));
    const make = (scanners: readonly Scanner[]): Finding => {
      const [scanner = 'bandit'] = scanners;
      return {
        ...aFinding({ scanner, filePath: `defect-${defect}.py` }),
        fingerprint: printOf(run, defect, scanner),
        metadata: isSuppressed ? { suppressed_by: 'inline' } : {},
        aliases: scanners.map((name) => ({
          scanner: name,
          ruleId: 'rule',
          fingerprint: printOf(run, defect, name),
        })),
      };
    };
    if (told.length === 0) return [];
    return isMerged ? [make(told)] : told.map((scanner) => make([scanner]));
  });
  return inCanonicalOrder(findings);
}

async function store(run: number, index: number, scan: MadeScan): Promise<void> {
  const id = idOf(run, index);
  const outcomes = SCANNERS.filter((name) => scan.hasOthers || scan.completed.includes(name)).map(
    (scanner) =>
      anOutcome({ scanner, status: scan.completed.includes(scanner) ? 'completed' : 'failed' }),
  );
  const facts = { createdAt: timeOf(index), completedAt: timeOf(index), targetInProject: '.' };
  await storeScan(
    server.app,
    { id, project: projectOf(run), outcomes, ...facts },
    findingsOf(run, scan),
  );
  await standInLine(id);
  if (!scan.isHidden) return;
  const hidden = { hiddenAt: timeOf(index) };
  await server.app.get(UnitOfWork).run((tx) => tx.manager.update(ScanEntity, { id }, hidden));
}

/** As when a scan completes, but for the worker, which would run by itself. */
async function standInLine(id: string): Promise<void> {
  await server.app.get(UnitOfWork).run(async (tx) => {
    const row = await tx.manager.findOneByOrFail(ScanEntity, { id });
    await server.app.get(CurrentTargetsRepository, { strict: false }).link(tx, row);
    await server.app.get(FindingRoundsRepository, { strict: false }).enqueue(tx, id);
  });
}

/** Stops after every look at whether it should, as often as it takes. */
async function takeAll(patience: number): Promise<void> {
  const lives = server.app.get(FindingLives, { strict: false });
  const rounds = server.app.get(FindingRoundsRepository, { strict: false });
  while ((await rounds.next()) !== null) {
    let left = patience;
    await lives.takeNext(() => (left -= 1) < 0);
  }
}

class Model {
  lives: ModelLife[] = [];

  take(run: number, index: number, scan: MadeScan): void {
    if (scan.isHidden) return;
    const seen = new Map<ModelLife, Finding[]>();
    for (const finding of findingsOf(run, scan)) {
      const prints = finding.aliases.map(({ fingerprint }) => fingerprint);
      const same = this.lives.filter((life) => prints.some((print) => life.prints.has(print)));
      const [eldest = this.begin(index), ...rest] = same.sort((a, b) =>
        a.first < b.first ? -1 : 1,
      );
      eldest.prints = new Set([...same.flatMap((life) => [...life.prints]), ...prints]);
      seen.set(eldest, [...[eldest, ...rest].flatMap((life) => seen.get(life) ?? []), finding]);
      for (const life of rest) seen.delete(life);
      this.lives = this.lives.filter((life) => !rest.includes(life));
    }
    for (const life of this.lives) this.end(life, { index, scan, findings: seen.get(life) ?? [] });
  }

  private begin(index: number): ModelLife {
    const life = {
      prints: new Set<string>(),
      first: timeOf(index),
      state: 'open',
      reporters: new Set<string>(),
      closed: null,
    };
    this.lives.push(life);
    return life;
  }

  private end(
    life: ModelLife,
    { index, scan, findings }: { index: number; scan: MadeScan; findings: Finding[] },
  ): void {
    if (findings.length > 0) {
      life.state = findings.some(({ metadata }) => !('suppressed_by' in metadata))
        ? 'open'
        : 'suppressed';
      life.reporters = new Set(
        findings.flatMap(({ aliases }) => aliases.map((one) => one.scanner)),
      );
      life.closed = null;
      return;
    }
    const isCovered = [...life.reporters].every((name) => scan.completed.includes(name as Scanner));
    if (life.closed !== null || !isCovered) return;
    life.state = life.state === 'open' ? 'fixed' : 'gone';
    life.closed = timeOf(index);
  }
}

async function livesOf(run: number): Promise<unknown[]> {
  const rows = await server.app
    .get(OpenDatabase)
    .reader.query<
      { first: string; state: string; closed: string | null; reporters: string; prints: string }[]
    >(
      `SELECT "first_seen_at" AS "first", "state", "closed_at" AS "closed", "reporters",
      (SELECT group_concat("fingerprint", ' ') FROM "finding_life_aliases" WHERE "life_id" = life."id") AS "prints"
    FROM "finding_lives" AS life JOIN "finding_places" AS place ON place."id" = life."place_id"
    WHERE place."project" = ?`,
      [projectOf(run)],
    );
  return sorted(
    rows.map((row) => ({ ...row, prints: row.prints.split(' ').sort(byText).join(' ') })),
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

function sorted<T extends { readonly prints: string }>(lives: readonly T[]): T[] {
  return [...lives].sort((a, b) => byText(a.prints, b.prints));
}

it('are what a slow and simple reckoning makes of the same scans', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(scanOf, { minLength: 2, maxLength: 7 }),
      fc.integer({ min: 5, max: 9 }),
      async (scans, patience) => {
        runs += 1;
        const model = new Model();
        for (const [index, scan] of scans.entries()) {
          await store(runs, index, scan);
          model.take(runs, index, scan);
        }
        await takeAll(patience);
        expect(await livesOf(runs)).toEqual(
          sorted(
            model.lives.map(({ prints, reporters, ...life }) => ({
              ...life,
              reporters: [...reporters].sort(byText).join(','),
              prints: [...prints].sort(byText).join(' '),
            })),
          ),
        );
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

it('go on where a stop left them', async () => {
  runs += 1;
  const findings = inCanonicalOrder(
    Array.from({ length: 600 }, (_, index) => aFinding({ filePath: `many/file-${index}.ts` })),
  );
  const facts = { completedAt: timeOf(0), createdAt: timeOf(0), targetInProject: '.' };
  const id = idOf(runs, 0);
  await storeScan(server.app, { id, project: projectOf(runs), ...facts }, findings);
  const rounds = server.app.get(FindingRoundsRepository, { strict: false });
  await standInLine(id);
  const lives = server.app.get(FindingLives, { strict: false });

  let asked = 0;
  expect(await lives.takeNext(() => (asked += 1) > 2)).toBe(false);
  expect((await livesOf(runs)).length).toBe(250);
  expect(await lives.takeNext(() => false)).toBe(true);

  expect((await livesOf(runs)).length).toBe(600);
  expect(await rounds.next()).toBeNull();
});

it('are read by index', async () => {
  const { reader } = server.app.get(OpenDatabase);
  const { statuses } = STATS_STATEMENTS;
  const { target, standingOfProject, everOfProject } = SCOPE_STATEMENTS;
  const all = [
    LIFE_STATEMENTS,
    AGE_STATEMENTS,
    RESPONSE_STATEMENTS,
    DECIDED_STATEMENTS,
    TREND_STATEMENTS,
    { statuses, target, standingOfProject, everOfProject },
  ].flatMap((statements) => Object.values<string>(statements));
  // These sort what they have found by index: the oldest of each place, and the verdicts on one finding.
  const sorting: readonly string[] = [AGE_STATEMENTS.oldest, DECIDED_STATEMENTS.standing];
  const bad: string[] = [];
  for (const sql of all) {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => '[]');
    const steps = await reader.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    for (const { detail } of steps) {
      const isRead = /^SCAN (?!wanted|\(subquery|\w+ USING COVERING INDEX)/.test(detail);
      const isSorted = detail.includes('TEMP B-TREE') && !sorting.includes(sql);
      if (isRead || isSorted) bad.push(`${detail} in ${sql}`);
    }
  }
  expect(bad).toEqual([]);
});
