import { nextTurn } from '../../../common/next-turn';

/** Ranges that are looked at before others have their turn. */
const RANGES_OF_A_TURN = 500;

/** Neighbouring positions of a scan's canonical order, both ends included. */
export interface PositionRange {
  readonly first: number;
  readonly last: number;
}

/** Some of a scan's positions, asked for range by range, so that nobody needs all of them at once. */
export interface PositionSet {
  /** The first range that ends at `position` or behind it; `null` where there is none. Ranges do not overlap. */
  from(position: number): Promise<PositionRange | null>;
}

/** Positions 0 to `total - 1`. */
export function allPositions(total: number): PositionSet {
  return {
    from: (position) => Promise.resolve(position < total ? { first: 0, last: total - 1 } : null),
  };
}

/** @param ranges ascending, none over another. */
export function knownRanges(ranges: readonly PositionRange[]): PositionSet {
  return {
    from: (position) => {
      let low = 0;
      let high = ranges.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((ranges[middle]?.last ?? 0) < position) low = middle + 1;
        else high = middle;
      }
      return Promise.resolve(ranges[low] ?? null);
    },
  };
}

/** @param positions ascending, each once. */
export function listedPositions(positions: Int32Array): PositionSet {
  return {
    from: (position) => {
      let index = lowerBound(positions, position);
      const first = positions[index];
      if (first === undefined) return Promise.resolve(null);
      let last = first;
      for (; positions[index + 1] === last + 1; index += 1) last += 1;
      return Promise.resolve({ first, last });
    },
  };
}

/** Where `wanted` is, or the next greater one. */
function lowerBound(sorted: Int32Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is in any of the sets. */
export function unionOf(sets: readonly PositionSet[]): PositionSet {
  return {
    from: async (position) => {
      let nearest: PositionRange | null = null;
      for (const set of sets) {
        const range = await set.from(position);
        if (range === null) continue;
        const clipped = { first: Math.max(range.first, position), last: range.last };
        if (nearest === null || clipped.first < nearest.first) nearest = clipped;
      }
      return nearest;
    },
  };
}

/** What of the positions below `total` is not in the set. */
export function complementOf(set: PositionSet, total: number): PositionSet {
  return {
    from: async (position) => {
      let first = position;
      while (first < total) {
        const taken = await set.from(first);
        if (taken === null) return { first, last: total - 1 };
        if (taken.first > first) return { first, last: Math.min(taken.first, total) - 1 };
        first = taken.last + 1;
      }
      return null;
    },
  };
}

/** What is in all of the sets, of which there is at least one. */
export function intersectionOf(sets: readonly PositionSet[]): PositionSet {
  return {
    from: async (position) => {
      let first = position;
      for (let misses = 1; ; misses += 1) {
        const common = await commonRange(sets, first);
        if (common === null) return null;
        if (common.first <= common.last) return common;
        first = common.first;
        if (misses % RANGES_OF_A_TURN === 0) await nextTurn();
      }
    },
  };
}

/** The overlap of each set's next range; where there is none, `first` says from where on there may be one. */
async function commonRange(
  sets: readonly PositionSet[],
  position: number,
): Promise<PositionRange | null> {
  let first = position;
  let last = Number.MAX_SAFE_INTEGER;
  for (const set of sets) {
    const range = await set.from(first);
    if (range === null) return null;
    first = Math.max(first, range.first);
    last = Math.min(last, range.last);
  }
  return { first, last };
}

/** Every range of a set, neighbours joined. */
export async function rangesOf(set: PositionSet): Promise<PositionRange[]> {
  const ranges: { first: number; last: number }[] = [];
  for (let next = 0; ;) {
    const range = await set.from(next);
    if (range === null) return ranges;
    const first = Math.max(range.first, next);
    const before = ranges.at(-1);
    if (before?.last === first - 1) before.last = range.last;
    else ranges.push({ first, last: range.last });
    next = range.last + 1;
    if (ranges.length % RANGES_OF_A_TURN === RANGES_OF_A_TURN - 1) await nextTurn();
  }
}

/** Up to `limit` positions of the set, ascending, from one on. */
export async function takePositions(
  set: PositionSet,
  from: number,
  limit: number,
): Promise<number[]> {
  const taken: number[] = [];
  let next = from;
  while (taken.length < limit) {
    const range = await set.from(next);
    if (range === null) break;
    const end = Math.min(range.last, Math.max(range.first, next) + limit - taken.length - 1);
    for (next = Math.max(range.first, next); next <= end; next += 1) taken.push(next);
  }
  return taken;
}

/** Ranges that a count looks at before it stops at a number that is large enough. */
const COUNTED_RANGES = 1000;

/**
 * How many positions are in the set; counting on beyond `enough` only while it is cheap.
 * @param onRange is told each range that was counted.
 */
export async function countPositions(
  set: PositionSet,
  enough: number,
  onRange: (range: PositionRange) => void = () => undefined,
): Promise<{ readonly count: number; readonly isExact: boolean }> {
  let count = 0;
  let next = 0;
  for (let ranges = 0; ; ranges += 1) {
    if (count > enough && ranges >= COUNTED_RANGES) return { count: enough, isExact: false };
    const range = await set.from(next);
    if (range === null) return { count, isExact: true };
    const first = Math.max(range.first, next);
    onRange({ first, last: range.last });
    count += range.last - first + 1;
    next = range.last + 1;
    if (ranges % RANGES_OF_A_TURN === RANGES_OF_A_TURN - 1) await nextTurn();
  }
}
