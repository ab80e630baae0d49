import { nextTurn } from '../../../common/next-turn';
import type { PositionRange, PositionSet } from '../../findings/lists/position-set';
import { placeOf, rankAt } from '../current-scan.entity';
import type { RankedScan } from './current-index.repository';

/** What must be asked of one scan after the other, as a set of places; each scan is asked when somebody comes to it. */
export class PlacesByScan implements PositionSet {
  private readonly opened = new Map<string, PositionSet>();

  /** @param scans newest first. */
  constructor(
    private readonly scans: readonly RankedScan[],
    private readonly open: (scan: RankedScan) => Promise<PositionSet>,
  ) {}

  async from(place: number): Promise<PositionRange | null> {
    const rank = rankAt(place);
    for (let index = this.indexOf(rank); index < this.scans.length; index += 1) {
      const scan = this.scans[index];
      if (scan === undefined) break;
      const set = await this.openedSet(scan);
      const range = await set.from(scan.rank === rank ? place - placeOf(rank, 0) : 0);
      if (range !== null) {
        return { first: placeOf(scan.rank, range.first), last: placeOf(scan.rank, range.last) };
      }
    }
    return null;
  }

  /** Of the first scan that is no newer. */
  private indexOf(rank: number): number {
    let low = 0;
    let high = this.scans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.scans[middle]?.rank ?? 0) < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private async openedSet(scan: RankedScan): Promise<PositionSet> {
    const known = this.opened.get(scan.id);
    if (known !== undefined) return known;
    await nextTurn();
    const set = await this.open(scan);
    this.opened.set(scan.id, set);
    return set;
  }
}
