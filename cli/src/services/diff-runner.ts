import { Inject, Injectable } from '@nestjs/common';
import { coverageOf, diffFindings, type DiffSide, type FindingsDiff } from '@securescan/core';
import type { NodeHostPorts } from '@securescan/host-node';
import type { ScanProgress, ScanResult } from '@securescan/scan-engine';
import { HOST_PORTS } from '../host-ports.token';
import {
  withRevisionPair,
  type RevisionPair,
  type RevisionRequest,
  type RevisionSide,
} from './revision-pair';
import { Engine, type ScanOrder } from './engine';

/** What both sides are scanned with: everything but where and from which revision. */
export type SidePlan = Omit<
  ScanOrder,
  'target' | 'repository' | 'formerPaths' | 'signal' | 'onProgress'
>;

/** What whoever asks decides once both revisions can be looked at. */
export interface Judged {
  readonly plan: SidePlan;
}

export interface DiffOrder<J extends Judged> extends RevisionRequest {
  /** What it throws ends the comparison before anything is scanned. */
  readonly judge: (pair: RevisionPair) => Promise<J>;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly onUncommitted: () => void;
}

export interface RevisionDiff<J extends Judged> {
  readonly judgement: J;
  readonly diff: FindingsDiff;
  readonly base: string;
  readonly head: string;
  readonly headScan: Pick<ScanResult, 'outcomes' | 'summary' | 'findings' | 'notices'>;
}

/** Compares two revisions of a repository. */
@Injectable()
export class DiffRunner {
  constructor(
    @Inject(HOST_PORTS) private readonly ports: NodeHostPorts,
    @Inject(Engine) private readonly engine: Engine,
  ) {}

  /** Rejects with ScanCancelledError when the signal is aborted; nothing of the two directories is left by then. */
  async run<J extends Judged>(order: DiffOrder<J>): Promise<RevisionDiff<J>> {
    await this.engine.clearLeftovers();
    return withRevisionPair(this.ports, order, async (pair, revisions) => {
      if (order.headRef === 'HEAD' && (await revisions.hasUncommittedChanges())) {
        order.onUncommitted();
      }
      const judgement = await order.judge(pair);
      const scan = (side: 'base' | 'head'): Promise<ScanResult> =>
        this.engine.scan({
          ...judgement.plan,
          target: pair[side].target,
          repository: pair[side].repository,
          formerPaths: side === 'head' ? pair.renames : new Map(),
          signal: order.signal,
          onProgress: (progress) => {
            order.onProgress(labelled(progress, side));
          },
        });
      // Neither may go on once the directories are gone.
      const [base, head] = await bothOrNeither([scan('base'), scan('head')]);
      return {
        judgement,
        diff: diffFindings(sideOf(base, pair.base), sideOf(head, pair.head), pair.moved),
        base: pair.base.commit,
        head: pair.head.commit,
        headScan: head,
      };
    });
  }
}

/** As `Promise.all`, but that it rejects only when the other one has ended, too. */
async function bothOrNeither<T>(work: readonly [Promise<T>, Promise<T>]): Promise<[T, T]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function sideOf({ findings, outcomes, unread }: ScanResult, side: RevisionSide): DiffSide {
  return {
    findings,
    coverage: outcomes.map((outcome) =>
      coverageOf(outcome, new Set([...(unread.get(outcome.scanner) ?? []), ...side.unread])),
    ),
  };
}

/** Two scans share one view: their scanners are told apart by the side. */
function labelled(progress: ScanProgress, side: string): ScanProgress {
  const label = (name: string): string => `${side} ${name}`;
  switch (progress.kind) {
    case 'scan-started':
      return { ...progress, scanners: progress.scanners.map(label) };
    case 'scanner-started':
      return { ...progress, scanner: label(progress.scanner) };
    case 'scanner-ended': {
      const { outcome } = progress;
      return { ...progress, outcome: { ...outcome, scanner: label(outcome.scanner) } };
    }
  }
}
