import fc from 'fast-check';
import { movedPlaces, type Hunk } from './moved-places';

const FILE = 'src/a.ts';

function lineAfter(line: number, ...hunks: readonly Hunk[]): number {
  return movedPlaces(new Map(), new Map([[FILE, hunks]])).placeAtHead({ path: FILE, line }).line;
}

/** As `git diff -U0` writes them: `-3,0 +4,2` puts two lines behind line 3. */
function hunk(baseStart: number, baseCount: number, headStart: number, headCount: number): Hunk {
  return { baseStart, baseCount, headStart, headCount };
}

describe('where a line went', () => {
  it.each<[string, number, Hunk, number]>([
    ['before an insertion', 3, hunk(3, 0, 4, 2), 3],
    ['behind an insertion', 4, hunk(3, 0, 4, 2), 6],
    ['behind an insertion at the top', 1, hunk(0, 0, 1, 2), 3],
    ['before a deletion', 3, hunk(4, 2, 3, 0), 3],
    ['behind a deletion', 6, hunk(4, 2, 3, 0), 4],
    ['within a deletion', 5, hunk(4, 2, 3, 0), 4],
    ['within a deletion of the whole file', 1, hunk(1, 3, 0, 0), 1],
    ['a rewritten line', 4, hunk(4, 1, 4, 1), 4],
    ['the second of three that became one', 5, hunk(4, 3, 4, 1), 4],
    ['behind three that became one', 7, hunk(4, 3, 4, 1), 5],
  ])('%s', (_name, line, change, expected) => {
    expect(lineAfter(line, change)).toBe(expected);
  });

  it('adds up over hunks', () => {
    expect(lineAfter(20, hunk(3, 0, 4, 2), hunk(10, 5, 12, 1))).toBe(18);
  });

  it('follows every kept line of two versions', () => {
    // Each line is kept, removed, or kept with a new one behind it; neighbouring changes are one hunk, as git has it.
    const plan = fc.array(fc.constantFrom('keep', 'remove', 'insert'), { maxLength: 30 });
    fc.assert(
      fc.property(plan, (steps) => {
        const [kept, hunks] = [new Map<number, number>(), [] as Hunk[]];
        let [base, head] = [0, 0];
        let open: { base: number; head: number } | null = null;
        const close = (): void => {
          if (open === null) return;
          const [baseCount, headCount] = [base - open.base, head - open.head];
          hunks.push(
            hunk(
              baseCount === 0 ? open.base : open.base + 1,
              baseCount,
              headCount === 0 ? open.head : open.head + 1,
              headCount,
            ),
          );
          open = null;
        };
        for (const step of steps) {
          if (step === 'keep') {
            close();
            base += 1;
            head += 1;
            kept.set(base, head);
            continue;
          }
          open ??= { base, head };
          if (step === 'remove') base += 1;
          else head += 1;
        }
        close();
        for (const [line, expected] of kept) expect(lineAfter(line, ...hunks)).toBe(expected);
      }),
    );
  });
});

describe('where a file went', () => {
  const places = movedPlaces(new Map([['new.ts', 'old.ts']]), new Map());

  it('is told by its new name', () => {
    expect(places.pathAtHead('old.ts')).toBe('new.ts');
    expect(places.placeAtHead({ path: 'old.ts', line: 3 })).toEqual({ path: 'new.ts', line: 3 });
    expect(places.pathAtHead('other.ts')).toBe('other.ts');
  });
});
