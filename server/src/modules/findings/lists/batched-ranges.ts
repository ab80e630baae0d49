import { nextTurn } from '../../../common/next-turn';
import type { PositionRange, PositionSet } from './position-set';

/** A set that lies elsewhere and is read in batches, as far as somebody asks. */
export class BatchedRanges implements PositionSet {
  private batch: readonly PositionRange[] = [];
  private index = 0;
  private askedFrom = Number.MAX_SAFE_INTEGER;
  private isLast = false;

  /**
   * @param read the ranges that end at a position or behind it, ascending, as many as there are up to `size`.
   */
  constructor(
    private readonly read: (position: number) => Promise<readonly PositionRange[]>,
    private readonly size: number,
  ) {}

  async from(position: number): Promise<PositionRange | null> {
    if (position < this.askedFrom) await this.readOn(position);
    this.askedFrom = position;
    for (;;) {
      const range = this.batch[this.index];
      if (range !== undefined && range.last >= position) return range;
      if (range !== undefined) this.index += 1;
      else if (this.isLast) return null;
      else await this.readOn(position);
    }
  }

  private async readOn(position: number): Promise<void> {
    if (this.batch.length > 0) await nextTurn();
    this.batch = await this.read(position);
    this.index = 0;
    this.isLast = this.batch.length < this.size;
  }
}
