import type { FindingAliasBody } from '@securescan/contracts';
import { nextTurn } from '../../common/next-turn';
import type { Transaction } from '../../domain-events/unit-of-work';
import { type PositionRange, rangesOf } from '../findings/lists/position-set';
import type { CurrentPair } from './current-targets.repository';
import type { ScanRunsRepository } from './scan-runs.repository';
import type { CurrentPart } from './shown-findings';

/** Findings whose reporters are read in one go. */
const FINDINGS_OF_A_BATCH = 250;

type Reported = Awaited<ReturnType<ScanRunsRepository['aliasesIn']>>[number];

/**
 * Which findings of a scan later scans of their other reporters have too. Fingerprints may occur more than once: where the
 * later scan has two of three, the first two of the older one are represented there.
 */
export class RepresentedFindings {
  private readonly newer: ReadonlyMap<string, CurrentPair>;
  private readonly seen = new Map<string, number>();
  /** By scanner, what its latest scan merged into findings of others: how often each fingerprint. */
  private readonly merged = new Map<string, ReadonlyMap<string, number>>();

  constructor(
    private readonly runs: ScanRunsRepository,
    private readonly tx: Transaction,
    newer: readonly CurrentPair[],
  ) {
    this.newer = new Map(newer.map((pair) => [pair.scanner, pair]));
  }

  /** Those of some ranges of a scan, ascending. */
  async among(
    { scanNumber }: CurrentPart,
    ranges: readonly PositionRange[],
  ): Promise<PositionRange[]> {
    const hidden: PositionRange[] = [];
    if (this.newer.size === 0) return hidden;
    for (const batch of batchesOf(ranges)) {
      const reported = await this.runs.aliasesIn(this.tx, scanNumber, batch);
      for (const position of await this.representedOf(reported)) {
        hidden.push({ first: position, last: position });
      }
      await nextTurn();
    }
    return hidden;
  }

  private async representedOf(reported: readonly Reported[]): Promise<number[]> {
    const counts = new Map<string, number>();
    for (const [scanner, pair] of this.newer) {
      const fingerprints = reported.flatMap(({ aliases }) =>
        aliases.filter((alias) => alias.scanner === scanner).map((alias) => alias.fingerprint),
      );
      if (fingerprints.length === 0) continue;
      const own = await this.runs.countsOf(this.tx, pair.scanId, [...new Set(fingerprints)]);
      const merged = await this.mergedBy(pair);
      for (const print of fingerprints) {
        counts.set(print, (own.get(print) ?? 0) + (merged.get(print) ?? 0));
      }
    }
    return reported
      .filter(({ aliases }) => this.isRepresented(aliases, counts))
      .map(({ position }) => position);
  }

  private isRepresented(
    aliases: readonly FindingAliasBody[],
    counts: ReadonlyMap<string, number>,
  ): boolean {
    let isRepresented = false;
    for (const { scanner, fingerprint } of aliases) {
      if (!this.newer.has(scanner)) continue;
      const seen = (this.seen.get(fingerprint) ?? 0) + 1;
      this.seen.set(fingerprint, seen);
      if (seen <= (counts.get(fingerprint) ?? 0)) isRepresented = true;
    }
    return isRepresented;
  }

  private async mergedBy({ scanner, scanId }: CurrentPair): Promise<ReadonlyMap<string, number>> {
    const known = this.merged.get(scanner);
    if (known !== undefined) return known;
    const counts = new Map<string, number>();
    const set = (await this.runs.valuesOf(this.tx, scanId, 'also_reported_by')).get(scanner);
    const scanNumber = await this.runs.scanNumber(this.tx, scanId);
    if (set !== undefined && scanNumber !== null) {
      for (const batch of batchesOf(await rangesOf(set))) {
        for (const { aliases } of await this.runs.aliasesIn(this.tx, scanNumber, batch)) {
          for (const alias of aliases) {
            if (alias.scanner !== scanner) continue;
            counts.set(alias.fingerprint, (counts.get(alias.fingerprint) ?? 0) + 1);
          }
        }
        await nextTurn();
      }
    }
    this.merged.set(scanner, counts);
    return counts;
  }
}

/** The ranges in pieces of some hundred positions at most. */
function* batchesOf(ranges: readonly PositionRange[]): Generator<PositionRange> {
  for (const { first, last } of ranges) {
    for (let from = first; from <= last; from += FINDINGS_OF_A_BATCH) {
      yield { first: from, last: Math.min(last, from + FINDINGS_OF_A_BATCH - 1) };
    }
  }
}
