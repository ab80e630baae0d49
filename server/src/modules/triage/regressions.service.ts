import { Injectable } from '@nestjs/common';
import type { FindingWithStateBody } from '@securescan/contracts';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { FindingsService } from '../findings/findings.service';
import { type BegunScan, ScansService } from '../scans/scans.service';
import { type RegressionSearch, RegressionSearches } from './regression-searches.repository';
import type { RegressedFinding } from './triage.events';
import { lapseBefore, type VerdictChange, VerdictChanges } from './verdict-changes';
import { BY_ITSELF, regressedRow, rowAt, type VerdictRow } from './verdict-row';
import { VerdictsService } from './verdicts.service';

/** A unit holds the only writing connection, so it is kept short. */
const FINDINGS_PER_UNIT = 200;
/** Verdicts, or else findings, that are looked through within the unit that completes a scan. */
const LOOKED_THROUGH_AT_ONCE = 4000;

/** A part of a search: what is looked at, and what comes before. */
interface Part {
  readonly search: RegressionSearch;
  /** In canonical order, all of them behind the search's. */
  readonly positions: Int32Array;
}

/** Takes back what was called fixed and is found by a scan that began after that. */
@Injectable()
export class Regressions {
  constructor(
    private readonly findings: FindingsService,
    private readonly scans: ScansService,
    private readonly verdicts: VerdictsService,
    private readonly changes: VerdictChanges,
    private readonly searches: RegressionSearches,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins within the unit that completes a scan, so that who sees the scan completed sees its regressions: all of them where
   * there are few; else the search is noted, and `resume` goes on with it.
   */
  async begin(tx: Transaction, scanId: string): Promise<void> {
    const scan = await this.scans.begun(tx, scanId);
    if (scan === null || scan.origin !== 'scan') return;
    const verdicts = await this.verdicts.countDecidedAs(
      scan.project,
      ['fixed'],
      LOOKED_THROUGH_AT_ONCE + 1,
    );
    if (verdicts === 0) return;
    const search = { scanId, after: -1, told: 0 };
    const findings = scan.findingsCount + scan.suppressedCount;
    if (Math.min(verdicts, findings) > LOOKED_THROUGH_AT_ONCE) await this.searches.put(tx, search);
    else await this.look(tx, scan, { search, positions: await this.calledFixed(scan) });
  }

  /** Goes on with every search that is noted. @param units of which each is whole and short. */
  async resume(units: UnitOfWork, isStopping: () => boolean): Promise<void> {
    for (const { scanId } of await this.searches.open()) {
      const scan = await units.run((tx) => this.scans.begun(tx, scanId));
      const positions = scan === null ? new Int32Array() : await this.calledFixed(scan);
      let isMore = true;
      while (isMore && !isStopping()) {
        isMore = await units.run((tx) => this.lookFurther(tx, scanId, positions));
      }
    }
  }

  /** @returns whether there is more to look at. */
  private async lookFurther(
    tx: Transaction,
    scanId: string,
    positions: Int32Array,
  ): Promise<boolean> {
    const search = await this.searches.stored(tx, scanId);
    if (search === null) return false;
    const scan = await this.scans.begun(tx, scanId);
    if (scan === null) {
      await this.searches.end(tx, scanId);
      return false;
    }
    const rest = positions.filter((position) => position > search.after);
    return this.look(tx, scan, { search, positions: rest });
  }

  private async calledFixed(scan: BegunScan): Promise<Int32Array> {
    return this.findings.positions(scan, { status: ['fixed'], suppressed: false });
  }

  /** Looks at the first positions and notes where to go on. @returns whether there is more to look at. */
  private async look(tx: Transaction, scan: BegunScan, part: Part): Promise<boolean> {
    const { search, positions } = part;
    const some = [...positions.subarray(0, FINDINGS_PER_UNIT)];
    const regressed = regressedOf(await this.findings.at(scan, some), scan);
    await this.takeBack(tx, scan, regressed);
    if (regressed.length > 0) {
      const { project } = scan;
      const told = { findings: regressed.map(toRegressedFinding), toldBefore: search.told };
      await tx.publish('finding.regressed', { scanId: scan.id, project, ...told });
    }
    const isMore = positions.length > some.length;
    if (isMore) {
      const told = search.told + regressed.length;
      await this.searches.put(tx, { scanId: scan.id, after: some.at(-1) ?? -1, told });
    } else {
      await this.searches.end(tx, scan.id);
    }
    return isMore;
  }

  private async takeBack(
    tx: Transaction,
    { project }: BegunScan,
    regressed: readonly Regressed[],
  ): Promise<void> {
    const fingerprints = regressed.map(({ state }) => state.fingerprint);
    if (fingerprints.length === 0) return;
    const everywhere = await this.changes.storedMany(tx, null, fingerprints);
    const own = await this.changes.storedMany(tx, project, fingerprints);
    const at = this.clock.now().toISOString();
    await this.changes.write(
      tx,
      fingerprints.flatMap((fingerprint) => {
        const stored = {
          everywhere: everywhere.get(fingerprint) ?? null,
          own: own.get(fingerprint) ?? null,
        };
        return stepsOf(stored, project, at);
      }),
    );
  }
}

type State = NonNullable<FindingWithStateBody['state']>;
type Regressed = FindingWithStateBody & { readonly state: State };

/** The findings that have come back, one for each verdict. A verdict of the time when the scan ran says nothing of it. */
function regressedOf(
  findings: readonly FindingWithStateBody[],
  { begunAt }: BegunScan,
): Regressed[] {
  const byVerdict = new Map<string, Regressed>();
  for (const finding of findings) {
    const { state } = finding;
    if (state?.status !== 'fixed' || begunAt === null || state.updated_at >= begunAt) continue;
    if (!byVerdict.has(state.fingerprint)) byVerdict.set(state.fingerprint, { ...finding, state });
  }
  return [...byVerdict.values()];
}

function stepsOf(
  { own, everywhere }: Readonly<Record<'own' | 'everywhere', VerdictRow | null>>,
  project: string,
  at: string,
): VerdictChange[] {
  const from = rowAt(own, at) ?? rowAt(everywhere, at);
  if (from === null) return [];
  const { fingerprint } = from;
  const to = regressedRow(from, project, at);
  const change = {
    fingerprint,
    project,
    cause: 'regression',
    from,
    to,
    at,
    by: BY_ITSELF,
  } as const;
  return [...lapseBefore(own, at), change];
}

function toRegressedFinding(finding: Regressed): RegressedFinding {
  const { fingerprint, id, title, severity, scanner, state } = finding;
  return {
    fingerprint,
    id,
    title,
    severity,
    scanner,
    ruleId: finding.rule_id,
    filePath: finding.file_path,
    line: finding.line_start,
    fixedAt: state.updated_at,
    fixedBy: state.updated_by,
  };
}
