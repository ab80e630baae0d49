import { CoverageOfSides } from '@securescan/core';
import { coverageOfSide } from '../../scans/scan-coverage';
import type { ScanRecord } from '../../scans/scan.mapper';
import type { ScansService } from '../../scans/scans.service';
import type { FindingLivesRepository, LastFile, StandingLife } from './finding-lives.repository';
import type { FindingRoundsRepository } from './finding-rounds.repository';

/**
 * Tells which findings a scan would have reported if they were still there: all their reporters completed, and saw as much as
 * when each was last seen. The rule is that of comparisons (ADR 0033).
 */
export class GoneFindings {
  private readonly sides = new Map<number, CoverageOfSides>();
  private readonly hasSkipped: boolean;

  constructor(
    private readonly lives: FindingLivesRepository,
    private readonly rounds: FindingRoundsRepository,
    private readonly scans: ScansService,
    private readonly head: ScanRecord,
  ) {
    this.hasSkipped = head.outcomes.some((outcome) => outcome.filesSkipped.length > 0);
  }

  /** @param unseen lives that the scan does not report. @returns the ids of those that it tells are gone. */
  async among(unseen: readonly StandingLife[]): Promise<number[]> {
    if (unseen.length === 0) return [];
    const files = this.hasSkipped ? await this.lives.lastFiles(unseen.map(({ id }) => id)) : null;
    const gone: number[] = [];
    for (const { id, lastRound, reporters } of unseen) {
      const sides = await this.sidesOf(lastRound);
      const file = files === null ? NO_FILE : (files.get(id) ?? UNKNOWN_FILE);
      const isTold = reporters
        .split(',')
        .every((scanner) => file.isKnown && sides.canTellGone(scanner, [file.path]));
      if (isTold) gone.push(id);
    }
    return gone;
  }

  /** Where the scan that saw it last has been deleted, it is taken to have seen as much as this one. */
  private async sidesOf(lastRound: number): Promise<CoverageOfSides> {
    const known = this.sides.get(lastRound);
    if (known !== undefined) return known;
    const scanId = await this.rounds.scanOf(lastRound);
    const base = (scanId === null ? null : await this.scans.find(scanId)) ?? this.head;
    const scans = { base, head: this.head };
    const sides = new CoverageOfSides(coverageOfSide(scans, 'base'), coverageOfSide(scans, 'head'));
    this.sides.set(lastRound, sides);
    return sides;
  }
}

/** Where nothing was skipped, no file matters. */
const NO_FILE: LastFile = { isKnown: true, path: null };
const UNKNOWN_FILE: LastFile = { isKnown: false, path: null };
