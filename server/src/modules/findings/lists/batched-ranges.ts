import { nextTurn } from '../../../common/next-turn';
import type { PositionRange, PositionSet } from './position-set';

/** A set that lies elsewhere and is read in batches, as far as somebody asks. */
export class BatchedRanges implements PositionSet {
  private batch: readonly PositionRange[] = [];
  /** From here on the batch holds every range, up to its last one. */
  private batchFrom = Number.MAX_SAFE_INTEGER;
  private isLast = false;

  /**
   * @param read the ranges that end at a position or behind it, ascending, as many as there are up to `size`.
   */
  constructor(
    private readonly read: (position: number) => Promise<readonly PositionRange[]>,
    private readonly size: number,
  ) {}

  async from(position: number): Promise<PositionRange | null> {
    if (position < this.batchFrom) await this.readFrom(position);
    const known = this.inBatch(position);
    if (known !== null || this.isLast) return known;
    await this.readFrom(position);
    return this.inBatch(position);
  }

  private inBatch(position: number): PositionRange | null {
    let low = 0;
    let high = this.batch.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.batch[middle]?.last ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return this.batch[low] ?? null;
  }

  private async readFrom(position: number): Promise<void> {
    if (this.batch.length > 0) await nextTurn();
    this.batch = await this.read(position);
    this.batchFrom = position;
    this.isLast = this.batch.length < this.size;
  }
}
