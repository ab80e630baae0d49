import { Injectable } from '@nestjs/common';
import type { ScanType } from '@securescan/contracts';
import { compareCodePoints } from '@securescan/core';
import type { Transaction } from '../../domain-events/unit-of-work';
import {
  complementOf,
  intersectionOf,
  knownRanges,
  type PositionRange,
  type PositionSet,
  rangesOf,
  unionOf,
} from '../findings/lists/position-set';
import type { CurrentPair } from './current-targets.repository';
import { RepresentedFindings } from './represented-findings';
import { ScanRunsRepository, type ValueSets } from './scan-runs.repository';

/** Whose word about a target counts, by scanner. */
export type CurrentPairs = ReadonlyMap<string, CurrentPair>;

/** One of the scans that a target's state is made of. */
export interface CurrentPart {
  readonly scanId: string;
  /** When it was asked for. */
  readonly createdAt: string;
  readonly scanNumber: number;
  /** Those that look at the target. */
  readonly scanTypes: readonly ScanType[];
  /** How many findings the scan has, muted ones too. */
  readonly total: number;
  readonly suppressed: number;
}

interface Reporters {
  readonly listed: ValueSets;
  readonly merged: ValueSets;
}

/**
 * Tells which findings of a scan are what is there now. Each reporter of a finding vouches for it while the scan is the
 * latest in which that scanner completed. Where other reporters have a later one that has the finding too, it is shown there;
 * where that one lacks it, whoever vouches for it keeps it here.
 */
@Injectable()
export class ShownFindings {
  constructor(private readonly runs: ScanRunsRepository) {}

  /** @returns the positions, or `null` for all of them. */
  async of(
    tx: Transaction,
    part: CurrentPart,
    pairs: CurrentPairs,
  ): Promise<readonly PositionRange[] | null> {
    const { scanId, total } = part;
    const reporters: Reporters = {
      listed: await this.runs.valuesOf(tx, scanId, 'scanner'),
      merged: await this.runs.valuesOf(tx, scanId, 'also_reported_by'),
    };
    const names = new Set([...reporters.listed.keys(), ...reporters.merged.keys()]);
    const current = [...names].filter((name) => pairs.get(name)?.scanId === scanId);
    if (current.length === names.size) return null;
    const others = [...names].filter((name) => !current.includes(name));
    const vouched = intersectionOf([reportedBy(reporters, current), await this.ofTarget(tx, part)]);
    const shared = await rangesOf(intersectionOf([vouched, reportedBy(reporters, others)]));
    const hidden = await new RepresentedFindings(
      this.runs,
      tx,
      newerPairs(part, pairs, others),
    ).among(part, shared);
    return rangesOf(intersectionOf([vouched, complementOf(knownRanges(hidden), total)]));
  }

  /** A scan may look at several targets; a finding is about what the scanner looks at that it is listed under. */
  private async ofTarget(
    tx: Transaction,
    { scanId, scanTypes }: CurrentPart,
  ): Promise<PositionSet> {
    const types = await this.runs.valuesOf(tx, scanId, 'scan_type');
    return unionOf(scanTypes.flatMap((type) => types.get(type) ?? []));
  }
}

function reportedBy({ listed, merged }: Reporters, scanners: readonly string[]): PositionSet {
  return unionOf(
    scanners.flatMap((name) =>
      [listed.get(name), merged.get(name)].filter((set) => set !== undefined),
    ),
  );
}

/** Those of some scanners whose latest scan was asked for after this one. */
function newerPairs(
  { scanId, createdAt }: CurrentPart,
  pairs: CurrentPairs,
  scanners: readonly string[],
): CurrentPair[] {
  return scanners
    .flatMap((name) => pairs.get(name) ?? [])
    .filter(
      (pair) =>
        compareCodePoints(pair.createdAt, createdAt) > 0 ||
        (pair.createdAt === createdAt && compareCodePoints(pair.scanId, scanId) > 0),
    );
}
