import fc from 'fast-check';
import { BatchedRanges } from './batched-ranges';
import {
  allPositions,
  complementOf,
  countPositions,
  intersectionOf,
  listedPositions,
  type PositionSet,
  takePositions,
  unionOf,
} from './position-set';

const TOTAL = 60;
const somePositions = fc.uniqueArray(fc.nat(TOTAL - 1)).map((list) => list.sort((a, b) => a - b));

/** The same set, stored as runs that are read two at a time. */
function stored(positions: readonly number[]): PositionSet {
  const runs: { first: number; last: number }[] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    if (run?.last === position - 1) run.last = position;
    else runs.push({ first: position, last: position });
  }
  return new BatchedRanges(
    (from) => Promise.resolve(runs.filter(({ last }) => last >= from).slice(0, 2)),
    2,
  );
}

async function contents(set: PositionSet, step: number): Promise<number[]> {
  const all: number[] = [];
  for (;;) {
    const next = await takePositions(set, (all.at(-1) ?? -1) + 1, step);
    all.push(...next);
    if (next.length < step) return all;
  }
}

function everything(): number[] {
  return Array.from({ length: TOTAL }, (_, position) => position);
}

describe('sets of positions', () => {
  it('are united, crossed and turned round as sets are, whatever the size of the step', async () => {
    await fc.assert(
      fc.asyncProperty(
        somePositions,
        somePositions,
        somePositions,
        fc.integer({ min: 1, max: 9 }),
        async (a, b, c, step) => {
          const union = unionOf([stored(a), listedPositions(Int32Array.from(b))]);
          const set = intersectionOf([allPositions(TOTAL), union, complementOf(stored(c), TOTAL)]);
          const expected = everything().filter(
            (position) => (a.includes(position) || b.includes(position)) && !c.includes(position),
          );
          expect(await contents(set, step)).toEqual(expected);
          expect(await countPositions(set, TOTAL)).toEqual({
            count: expected.length,
            isExact: true,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are counted on beyond what is enough while that is cheap', async () => {
    const whole = allPositions(500_000);
    expect(await countPositions(whole, 10_000)).toEqual({ count: 500_000, isExact: true });
  });

  it('stop being counted when enough lie far apart', async () => {
    const odd = listedPositions(Int32Array.from({ length: 3000 }, (_, index) => index * 2));
    expect(await countPositions(odd, 2000)).toEqual({ count: 2000, isExact: false });
    expect(await countPositions(odd, 3000)).toEqual({ count: 3000, isExact: true });
  });
});
