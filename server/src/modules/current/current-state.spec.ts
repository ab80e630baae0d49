import { compareCodePoints, type Finding } from '@securescan/core';
import { aFinding, anOutcome } from '@securescan/testing';
import fc from 'fast-check';
import {
  openTemporaryDatabase,
  type TemporaryDatabase,
} from '../../../test/support/temporary-database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { FindingsRepository } from '../findings/findings.repository';
import { rangesOf } from '../findings/lists/position-set';
import { ScanNumbersRepository } from '../findings/scan-numbers.repository';
import { newScan } from '../scans/new-scan';
import { ScanEntity } from '../scans/scan.entity';
import { toOutcomeRow } from '../scans/scan.mapper';
import { ScannerOutcomeEntity } from '../scans/scanner-outcome.entity';
import { CurrentCounts } from './current-counts';
import { CurrentRunsRepository } from './current-runs.repository';
import { numberAt } from './current-scan.entity';
import { CurrentState } from './current-state.service';
import { CurrentTargetsRepository } from './current-targets.repository';
import { CurrentIndexRepository } from './lists/current-index.repository';
import { ScanRunsRepository } from './scan-runs.repository';
import { ShownFindings } from './shown-findings';
import { TargetEntity } from './target.entity';

jest.setTimeout(60_000);

const SCANNERS = ['bandit', 'secrets', 'semgrep'] as const;
type Scanner = (typeof SCANNERS)[number];

/** What one reporter said of a defect: a few fingerprints, so that the same comes up again and again. */
type Reports = Partial<Record<Scanner, number>>;

interface History {
  readonly scans: readonly {
    readonly outcomes: Partial<Record<Scanner, 'completed' | 'failed'>>;
    readonly findings: readonly Reports[];
  }[];
  /** Indexes of scans that are deleted, one after the other, once all have completed. */
  readonly deleted: readonly number[];
}

const reports = fc.record(
  { bandit: fc.nat(2), secrets: fc.nat(2), semgrep: fc.nat(2) },
  { requiredKeys: [] },
);
const outcome = fc.constantFrom('completed' as const, 'completed' as const, 'failed' as const);
const histories: fc.Arbitrary<History> = fc.record({
  scans: fc.array(
    fc.record({
      outcomes: fc.record(
        { bandit: outcome, secrets: outcome, semgrep: outcome },
        { requiredKeys: [] },
      ),
      findings: fc.array(reports, { maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  deleted: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
});

/** Merged reports of scanners that completed in the scan; without any there is no finding. */
function findingsOf({ outcomes, findings }: History['scans'][number]): Finding[] {
  return findings.flatMap((reported) => {
    const aliases = SCANNERS.flatMap((scanner) =>
      outcomes[scanner] === 'completed' && reported[scanner] !== undefined
        ? [{ scanner, ruleId: 'rule', fingerprint: `${scanner}-${reported[scanner]}` }]
        : [],
    );
    const [first] = aliases;
    if (first === undefined) return [];
    const { scanner, fingerprint } = first;
    return [aFinding({ scanner, fingerprint, aliases, severity: 'high' })];
  });
}

interface ModelScan {
  readonly outcomes: History['scans'][number]['outcomes'];
  readonly findings: readonly Finding[];
}

/** Which findings are there now, as pairs of scan and position, told from the whole history. */
function model(scans: readonly (ModelScan | null)[]): string[] {
  const latest = (scanner: string): number =>
    scans.findLastIndex((scan) => scan?.outcomes[scanner as Scanner] === 'completed');
  return scans.flatMap((scan, index) => {
    const seen: string[] = [];
    return (scan?.findings ?? []).flatMap(({ aliases }, position) => {
      if (!aliases.some(({ scanner }) => latest(scanner) === index)) return [];
      const newer = aliases.filter(({ scanner }) => latest(scanner) > index);
      seen.push(...newer.map(({ fingerprint }) => fingerprint));
      const isElsewhere = newer.some(
        ({ scanner, fingerprint }) =>
          countOf(seen, fingerprint) <=
          countOf(fingerprintsOf(scans[latest(scanner)]?.findings ?? []), fingerprint),
      );
      return isElsewhere ? [] : [`${index}/${position}`];
    });
  });
}

function fingerprintsOf(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ aliases }) => aliases.map(({ fingerprint }) => fingerprint));
}

function countOf(all: readonly string[], wanted: string): number {
  return all.filter((one) => one === wanted).length;
}

let temporary: TemporaryDatabase;
let state: CurrentState;
let findings: FindingsRepository;
let historyCount = 0;

beforeAll(async () => {
  temporary = await openTemporaryDatabase();
  const runs = new ScanRunsRepository();
  findings = new FindingsRepository(temporary.read, new ScanNumbersRepository(temporary.read));
  state = new CurrentState(
    new CurrentTargetsRepository(),
    runs,
    new ShownFindings(runs),
    new CurrentCounts(runs),
    new CurrentRunsRepository(),
  );
});

afterAll(() => temporary.dispose());

async function complete(
  tx: Transaction,
  scan: ModelScan,
  createdAt: Date,
  project: string,
): Promise<string> {
  const admitted = {
    project,
    targetPath: '/srv/shop',
    targetInProject: '.',
    targetUrl: null,
    targetHost: null,
    scanTypes: ['code' as const],
    options: { semgrepRules: [], scanners: null },
  };
  const row = newScan(admitted, createdAt);
  await tx.manager.insert(ScanEntity, {
    ...row,
    status: 'completed',
    findingsCount: scan.findings.length,
  });
  await state.queued({ scanId: row.id }, tx);
  const outcomes = Object.entries(scan.outcomes).map(([scanner, status], position) =>
    toOutcomeRow(row.id, anOutcome({ scanner, status }), position),
  );
  if (outcomes.length > 0) await tx.manager.insert(ScannerOutcomeEntity, outcomes);
  if (scan.findings.length > 0) {
    await findings.insert(tx, row.id, { findings: scan.findings, after: 0 });
  }
  await state.completed(eventOf(row.id), tx);
  return row.id;
}

function eventOf(scanId: string): Parameters<CurrentState['completed']>[0] {
  return {
    scanId,
    target: '',
    durationMs: 0,
    findingsCount: 0,
    riskScore: 0,
    scannersRun: [],
    scannersSkipped: [],
  };
}

/** What the database says is there now, as the model says it. */
async function stored(project: string, ids: readonly string[]): Promise<string[]> {
  const set = new CurrentIndexRepository(temporary.read).shown({ targetId: null, project });
  const shown: string[] = [];
  for (const { first, last } of await rangesOf(set)) {
    for (let place = first; place <= last; place += 1) {
      const [row] = await temporary.read.manager.query<{ scanId: string; start: number }[]>(
        `SELECT scan_id AS "scanId", (SELECT min(number) FROM findings AS other WHERE other.scan_id = finding.scan_id) AS "start"
        FROM findings AS finding WHERE number = ?`,
        [numberAt(place)],
      );
      shown.push(`${ids.indexOf(row?.scanId ?? '')}/${numberAt(place) - (row?.start ?? 0)}`);
    }
  }
  return shown.sort(compareCodePoints);
}

async function totalOf(project: string): Promise<number> {
  const [target] = await temporary.read.manager.findBy(TargetEntity, { project });
  return target?.highCount ?? 0;
}

describe('what is there now', () => {
  it('is what each scanner said when it last completed, once each, whatever is deleted', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const project = `project-${(historyCount += 1)}`;
        const scans: (ModelScan | null)[] = [];
        const ids: string[] = [];
        const check = async (): Promise<void> => {
          const expected = model(scans).sort(compareCodePoints);
          expect(await stored(project, ids)).toEqual(expected);
          expect(await totalOf(project)).toBe(expected.length);
        };
        for (const [index, made] of history.scans.entries()) {
          const scan = { outcomes: made.outcomes, findings: findingsOf(made) };
          const createdAt = new Date(Date.UTC(2026, 0, 1 + index));
          scans.push(scan);
          ids.push(await temporary.unitOfWork.run((tx) => complete(tx, scan, createdAt, project)));
          await check();
        }
        for (const index of history.deleted) {
          const scanId = ids[index];
          if (scanId === undefined) continue;
          scans[index] = null;
          await temporary.unitOfWork.run(async (tx) => {
            await tx.manager.update(ScanEntity, scanId, { hiddenAt: '2026-02-01T00:00:00.000Z' });
            await state.deleted({ scanId }, tx);
          });
          await check();
        }
      }),
      { numRuns: 30 },
    );
  });
});
