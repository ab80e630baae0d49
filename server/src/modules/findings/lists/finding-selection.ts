import { Injectable } from '@nestjs/common';
import { VERDICTS, type Verdict } from '@securescan/contracts';
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
    const { suppressed, status, q } = query;
    const sets = [allPositions(total)];
    sets.push(...this.valueSets(scan.id, query));
    if (suppressed !== undefined) {
      const set = this.index.runs(scan.id, 'suppressed', SUPPRESSED);
      sets.push(suppressed ? set : complementOf(set, total));
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

  private async decided(scan: ListedScan, statuses: readonly Verdict[]): Promise<PositionSet> {
    const positions: number[] = [];
    for (const status of statuses) {
      for await (const fingerprints of this.verdicts.decidedAs(scan.project, status)) {
        for (const at of await this.index.positionsOf(scan.id, fingerprints)) positions.push(at);
      }
    }
    return listedPositions(Int32Array.from(positions).sort((a, b) => a - b));
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

function totalOf({ findingsCount, suppressedCount }: ListedScan): number {
  return findingsCount + suppressedCount;
}
