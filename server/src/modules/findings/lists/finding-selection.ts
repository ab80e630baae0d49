import { Injectable } from '@nestjs/common';
import { VERDICTS, type Verdict } from '@securescan/contracts';
import { nextTurn } from '../../../common/next-turn';
import { COUNT_LIMIT } from '../../../common/pagination';
import { FindingSearch } from '../../../ports/finding-search.port';
import { VerdictsService } from '../../triage/verdicts.service';
import type { FindingListQueryDto } from '../dto/finding-list.dto';
import { BatchedRanges } from './batched-ranges';
import { FindingIndexRepository } from './finding-index.repository';
import { SUPPRESSED } from './finding-runs';
import type { ListedScan } from './listed-scan';
import { FINDING_FILTERS, type FindingFilterName } from './offered-lists';
import {
  allPositions,
  complementOf,
  intersectionOf,
  listedPositions,
  type PositionSet,
  unionOf,
} from './position-set';
import { searchTermsOf } from './search-terms';
import { valuesAskedFor } from './values-asked-for';

/** Matches that a search brings in one go: what is counted exactly, and one more. */
const MATCHES_OF_A_BATCH = COUNT_LIMIT;
/** Fingerprints whose verdicts are read in one go. */
const FINGERPRINTS_OF_A_CHUNK = 400;
/** To look at each of them costs as much as to look for a few times as many verdicts. */
const FINDINGS_OF_A_SMALL_SCAN = 4000;

/** The filters of a query, without those that it leaves out. */
export function filtersOf(query: FindingListQueryDto): FindingFilterName[] {
  return FINDING_FILTERS.filter((name) => query[name] !== undefined);
}

/** Turns the filters of a list into the set of positions that pass all of them. */
@Injectable()
export class FindingSelection {
  constructor(
    private readonly index: FindingIndexRepository,
    private readonly verdicts: VerdictsService,
    private readonly search: FindingSearch,
  ) {}

  /** The set may be walked once, and afresh from the beginning as often as one likes. */
  async select(scan: ListedScan, query: FindingListQueryDto): Promise<PositionSet> {
    const total = totalOf(scan);
    const { suppressed, fingerprint, status, q } = query;
    const sets = [allPositions(total)];
    sets.push(...this.valueSets(scan.id, query));
    if (suppressed !== undefined) {
      const set = this.index.runs(scan.id, 'suppressed', SUPPRESSED);
      sets.push(suppressed ? set : complementOf(set, total));
    }
    if (fingerprint !== undefined) {
      sets.push(sortedPositions(await this.index.positionsOf(scan.id, [fingerprint])));
    }
    if (status !== undefined) sets.push(await this.withStatus(scan, status));
    if (q !== undefined) sets.push(this.matches(scan.id, q));
    return sets.length === 1 ? allPositions(total) : intersectionOf(sets);
  }

  private valueSets(scanId: string, query: FindingListQueryDto): PositionSet[] {
    return valuesAskedFor(query).map(([field, values]) =>
      unionOf(values.map((value) => this.index.runs(scanId, field, value))),
    );
  }

  /** What nobody decided about is new, so whoever asks for that gets all but what was decided otherwise. */
  private async withStatus(scan: ListedScan, wanted: readonly Verdict[]): Promise<PositionSet> {
    if (!wanted.includes('new')) return this.decided(scan, [...new Set(wanted)]);
    const others = VERDICTS.filter((verdict) => !wanted.includes(verdict));
    return complementOf(await this.decided(scan, others), totalOf(scan));
  }

  /** Found from the side of the verdicts or, where a scan has fewer findings than there are of those, from theirs. */
  private async decided(scan: ListedScan, statuses: readonly Verdict[]): Promise<PositionSet> {
    const total = totalOf(scan);
    const isSmall =
      total <= FINDINGS_OF_A_SMALL_SCAN &&
      total < (await this.verdicts.countDecidedAs(scan.project, statuses, total + 1));
    const positions = isSmall
      ? await this.decidedOf(scan, statuses)
      : await this.decidedAs(scan, statuses);
    return sortedPositions(positions);
  }

  private async decidedOf(scan: ListedScan, statuses: readonly Verdict[]): Promise<number[]> {
    const findings = await this.index.fingerprints(scan.id);
    const fingerprints = [...new Set(findings.map(({ fingerprint }) => fingerprint))];
    const decided = new Set<string>();
    for await (const some of this.having(scan, statuses, fingerprints)) {
      for (const fingerprint of some) decided.add(fingerprint);
    }
    return findings
      .filter(({ fingerprint }) => decided.has(fingerprint))
      .map(({ position }) => position);
  }

  private async decidedAs(scan: ListedScan, statuses: readonly Verdict[]): Promise<number[]> {
    const positions: number[] = [];
    const add = async (fingerprints: readonly string[]): Promise<void> => {
      for (const at of await this.index.positionsOf(scan.id, fingerprints)) positions.push(at);
    };
    const maybe = new Set<string>();
    for (const status of statuses) {
      for await (const some of this.verdicts.decidedAs(scan.project, status)) {
        await add(some.decided);
        for (const fingerprint of some.maybe) maybe.add(fingerprint);
      }
    }
    for await (const some of this.having(scan, statuses, [...maybe])) await add(some);
    return positions;
  }

  /** Those of the fingerprints whose verdict that counts is one of the statuses, some hundred at a time. */
  private async *having(
    { project }: ListedScan,
    statuses: readonly Verdict[],
    fingerprints: readonly string[],
  ): AsyncGenerator<string[]> {
    for (let start = 0; start < fingerprints.length; start += FINGERPRINTS_OF_A_CHUNK) {
      if (start > 0) await nextTurn();
      const some = fingerprints.slice(start, start + FINGERPRINTS_OF_A_CHUNK);
      const states = await this.verdicts.verdictsFor(project, some);
      yield some.filter((one) => statuses.includes(states.get(one)?.status ?? 'new'));
    }
  }

  private matches(scanId: string, q: string): PositionSet {
    const terms = searchTermsOf(q);
    return new BatchedRanges(async (from) => {
      const order = { scanId, terms, from, limit: MATCHES_OF_A_BATCH };
      const found = await this.search.positions(order);
      return Array.from(found, (position) => ({ first: position, last: position }));
    }, MATCHES_OF_A_BATCH);
  }
}

function sortedPositions(positions: readonly number[]): PositionSet {
  return listedPositions(Int32Array.from(positions).sort((a, b) => a - b));
}

function totalOf({ findingsCount, suppressedCount }: ListedScan): number {
  return findingsCount + suppressedCount;
}
