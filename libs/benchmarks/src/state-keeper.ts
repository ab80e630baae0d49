import { performance } from 'node:perf_hooks';
import type { ScanType } from '@securescan/contracts';
import type { ScannerOutcome } from '@securescan/core';
import { insertRows } from '../../../server/src/database/insert-rows';
import { CurrentCounts } from '../../../server/src/modules/current/current-counts';
import { CurrentRunsRepository } from '../../../server/src/modules/current/current-runs.repository';
import { CurrentState } from '../../../server/src/modules/current/current-state.service';
import { CurrentTargetsRepository } from '../../../server/src/modules/current/current-targets.repository';
import { ScanRunsRepository } from '../../../server/src/modules/current/scan-runs.repository';
import { ShownFindings } from '../../../server/src/modules/current/shown-findings';
import { toOutcomeRow } from '../../../server/src/modules/scans/scan.mapper';
import { ScannerOutcomeEntity } from '../../../server/src/modules/scans/scanner-outcome.entity';
import type { MadeScan, ScanWriter } from './made-scan';

function outcomeOf(scanner: string, scanType: ScanType): ScannerOutcome {
  return {
    scanner,
    scanType,
    status: 'completed',
    reason: null,
    installHint: null,
    version: null,
    rulePackDigest: null,
    durationMs: 1,
    exitCode: 0,
    filesAssessed: 1,
    filesSkipped: [],
    bytesAssessed: 1,
    findingsCount: 1,
    notes: [],
    stderrTail: null,
  };
}

/** Every second of a target's scans runs without the scanner of dependencies, the last one too. */
function outcomesOf(turn: number): ScannerOutcome[] {
  const code = ['bandit', 'semgrep'].map((scanner) => outcomeOf(scanner, 'code'));
  return turn % 2 === 0 ? [...code, outcomeOf('trivy', 'dependency')] : code;
}

/** Takes scans into what is there now, as the server does when they complete. */
export class StateKeeper {
  private readonly state: CurrentState;
  /** Milliseconds that each took. */
  readonly taken: number[] = [];

  constructor(private readonly writer: ScanWriter) {
    const runs = new ScanRunsRepository();
    this.state = new CurrentState(
      new CurrentTargetsRepository(),
      runs,
      new ShownFindings(runs),
      new CurrentCounts(runs),
      new CurrentRunsRepository(),
    );
  }

  /** @param turn which of the target's scans it is, counted from 0 */
  async completed({ id }: MadeScan, turn = 0): Promise<void> {
    const outcomes = outcomesOf(turn).map((outcome, position) =>
      toOutcomeRow(id, outcome, position),
    );
    await this.writer.units.run((tx) => insertRows(tx.manager, ScannerOutcomeEntity, outcomes));
    const began = performance.now();
    await this.writer.units.run((tx) => this.state.completed(eventOf(id), tx));
    this.taken.push(performance.now() - began);
  }
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
