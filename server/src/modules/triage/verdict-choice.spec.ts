import { VERDICT_CHANGE_CAUSES } from '@securescan/contracts';
import fc from 'fast-check';
import { countingOf } from './verdict-choice';
import type { VerdictRow } from './verdict-row';

const row: fc.Arbitrary<VerdictRow> = fc
  .record({
    fingerprint: fc.constantFrom('a', 'b', 'c'),
    project: fc.constantFrom(null, 'shop'),
    updatedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
    cause: fc.constantFrom(...VERDICT_CHANGE_CAUSES),
  })
  .map((facts) => ({
    ...facts,
    status: 'new',
    note: null,
    reason: null,
    assignee: null,
    expiresAt: null,
    updatedBy: null,
    principalId: null,
  }));
const rows = fc.uniqueArray(row, {
  selector: ({ project, fingerprint }) => JSON.stringify([project, fingerprint]),
});

const isDecided = ({ cause }: VerdictRow): boolean => cause !== 'comment' && cause !== 'expiry';

describe('of several verdicts on a finding', () => {
  it('a project comes first, then what was decided, the latest, and the fingerprint', () => {
    fc.assert(
      fc.property(rows, (all) => {
        let left = all;
        const narrow = (isBetter: (one: VerdictRow) => boolean): void => {
          if (left.some(isBetter)) left = left.filter(isBetter);
        };
        narrow(({ project }) => project !== null);
        narrow(isDecided);
        narrow(({ updatedAt }) => updatedAt > '2026-01-02');
        for (const name of ['a', 'b']) narrow(({ fingerprint }) => fingerprint === name);
        expect(countingOf(all)).toBe(left[0] ?? null);
      }),
    );
  });

  it('the same one counts, in whichever order they come', () => {
    fc.assert(
      fc.property(
        rows.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          expect(countingOf(shuffled)).toBe(countingOf(all));
        },
      ),
    );
  });
});
