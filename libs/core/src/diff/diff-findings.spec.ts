import { aFinding, anOutcome } from '@securescan/testing';
import fc from 'fast-check';
import type { Finding } from '../model/finding';
import { sha256Hex } from '../fingerprint/sha256';
import { diffFindings, type DiffSide, type FindingsDiff, type MovedPlaces } from './diff-findings';
import { coverageOf } from './scanner-coverage';

const RAN = ['semgrep', 'bandit'];

/** A finding on a line, whose identity is a word. */
function on(line: number, identity = 'a', overrides: Partial<Finding> = {}): Finding {
  const fingerprint = sha256Hex(identity);
  return aFinding({ lineStart: line, lineEnd: line, fingerprint, occurrence: line, ...overrides });
}

const MUTED = { metadata: { suppressed_by: 'inline' } } as const;

function side(findings: readonly Finding[], scanners: readonly string[] = RAN): DiffSide {
  return { findings, coverage: scanners.map((scanner) => coverageOf(anOutcome({ scanner }))) };
}

function linesOf(diff: FindingsDiff): Record<string, readonly (number | null)[]> {
  const lines = (findings: readonly Finding[]) => findings.map(({ lineStart }) => lineStart);
  return Object.fromEntries(
    Object.entries({
      new: lines(diff.new),
      fixed: lines(diff.fixed),
      unchanged: lines(diff.unchanged.map(({ finding }) => finding)),
      notAssessed: lines(diff.notAssessed.map(({ finding }) => finding)),
      newlySuppressed: lines(diff.newlySuppressed),
      suppressed: lines(diff.suppressed),
    }).filter(([, numbers]) => numbers.length > 0),
  );
}

describe('what is new and what is fixed', () => {
  it.each<[string, readonly Finding[], readonly Finding[], Record<string, readonly number[]>]>([
    ['nothing at all', [], [], {}],
    ['the same line', [on(3)], [on(3)], { unchanged: [3] }],
    ['a moved line', [on(3)], [on(30)], { unchanged: [30] }],
    ['another defect', [on(3)], [on(3, 'b')], { new: [3], fixed: [3] }],
    ['a second of the same rule and text', [on(3)], [on(3), on(9)], { new: [9], unchanged: [3] }],
    ['a copy above', [on(9)], [on(3), on(9)], { new: [3], unchanged: [9] }],
    ['one of two removed', [on(3), on(9)], [on(9)], { fixed: [3], unchanged: [9] }],
    [
      'a copy above an ignored one',
      [on(9, 'a', MUTED)],
      [on(3), on(9, 'a', MUTED)],
      { new: [3], suppressed: [9] },
    ],
    ['an ignore that is removed', [on(3, 'a', MUTED)], [on(3)], { new: [3] }],
    ['an ignore that is added', [on(3)], [on(3, 'a', MUTED)], { newlySuppressed: [3] }],
    ['a new one that is ignored', [], [on(3, 'a', MUTED)], { newlySuppressed: [3] }],
    [
      'one ignored, one removed',
      [on(3), on(9)],
      [on(9, 'a', MUTED)],
      { fixed: [3], newlySuppressed: [9] },
    ],
    ['an ignored one that is removed', [on(3, 'a', MUTED)], [], {}],
  ])('%s', (_name, base, head, expected) => {
    expect(linesOf(diffFindings(side(base), side(head)))).toEqual(expected);
  });

  it('tells a severity that changed without calling it new', () => {
    const diff = diffFindings(
      side([on(3, 'a', { severity: 'low' })]),
      side([on(3, 'a', { severity: 'critical' })]),
    );
    expect(diff.unchanged.map(({ previousSeverity }) => previousSeverity)).toEqual(['low']);
    expect(diff.new).toEqual([]);
  });
});

describe('who reports it', () => {
  const [semgrep, bandit] = [
    { scanner: 'semgrep', ruleId: 'sql', fingerprint: sha256Hex('s') },
    { scanner: 'bandit', ruleId: 'B608', fingerprint: sha256Hex('b') },
  ];
  const merged = (line: number) => on(line, 's', { aliases: [bandit, semgrep] });
  const byBandit = (line: number) => on(line, 'b', { scanner: 'bandit', aliases: [bandit] });
  const bySemgrep = (line: number) => on(line, 's', { aliases: [semgrep] });

  it('knows a finding by any of its reporters', () => {
    const diff = diffFindings(side([merged(3)]), side([byBandit(4)]));
    expect(linesOf(diff)).toEqual({ unchanged: [4] });
  });

  it('does not take two reports of one thing for two', () => {
    const diff = diffFindings(side([merged(3)]), side([bySemgrep(3), byBandit(4)]));
    expect(linesOf(diff)).toEqual({ unchanged: [4, 3] });
  });

  it('counts what one scanner reports twice', () => {
    const diff = diffFindings(side([merged(3)]), side([merged(3), bySemgrep(7)]));
    expect(linesOf(diff)).toEqual({ new: [7], unchanged: [3] });
  });
});

describe('what nobody can tell', () => {
  function ending(status: 'failed' | 'timed_out' | 'skipped' | 'completed') {
    return coverageOf(anOutcome({ scanner: 'semgrep', status, reason: status }));
  }

  it.each(['failed', 'timed_out', 'skipped'] as const)(
    'gives no FIXED where the scanner %s at head',
    (status) => {
      const base = side([on(3)], ['semgrep']);
      const diff = diffFindings(base, { findings: [], coverage: [ending(status)] });
      expect(linesOf(diff)).toEqual({ notAssessed: [3] });
      expect(diff.scanners).toMatchObject([{ scanner: 'semgrep', isIncomplete: true }]);
    },
  );

  it('gives no FIXED where the scanner is not there at head', () => {
    const diff = diffFindings(side([on(3)]), side([], ['bandit']));
    expect(linesOf(diff)).toEqual({ notAssessed: [3] });
    expect(diff.scanners[1]?.reason).toBe('was not part of the scan at head');
  });

  it.each(['failed', 'timed_out', 'skipped'] as const)(
    'gives no NEW where the scanner %s at base',
    (status) => {
      const diff = diffFindings(
        { findings: [], coverage: [ending(status)] },
        side([on(3)], ['semgrep']),
      );
      expect(linesOf(diff)).toEqual({ notAssessed: [3] });
    },
  );

  it('gives NEW by one reporter and FIXED by all', () => {
    const aliases = [
      { scanner: 'semgrep', ruleId: 'sql', fingerprint: sha256Hex('a') },
      { scanner: 'bandit', ruleId: 'B608', fingerprint: sha256Hex('b') },
    ];
    const finding = on(3, 'a', { aliases });
    const half = (findings: readonly Finding[]): DiffSide => ({
      findings,
      coverage: [ending('failed'), ...side([], ['bandit']).coverage],
    });
    expect(linesOf(diffFindings(half([]), side([finding])))).toEqual({ new: [3] });
    expect(linesOf(diffFindings(side([finding]), half([])))).toEqual({ notAssessed: [3] });
  });

  it('says of scanners that neither side has only that', () => {
    const both = { findings: [], coverage: [ending('skipped')] };
    expect(diffFindings(both, both).scanners).toEqual([
      {
        scanner: 'semgrep',
        base: 'skipped',
        head: 'skipped',
        reason: 'skipped (skipped)',
        isIncomplete: false,
        hasOtherRules: false,
      },
    ]);
  });

  it('asks for the file, too', () => {
    const unread = coverageOf(anOutcome(), new Set(['src/orders.ts']));
    const base = side([on(3)], ['semgrep']);
    expect(linesOf(diffFindings(base, { findings: [], coverage: [unread] }))).toEqual({
      notAssessed: [3],
    });
  });

  it('lets nobody hide what is new behind a file that was unread at base', () => {
    const unread = coverageOf(anOutcome(), new Set(['src/orders.ts']));
    const head = side([on(3)], ['semgrep']);
    expect(linesOf(diffFindings({ findings: [], coverage: [unread] }, head))).toEqual({ new: [3] });
  });

  it.each(['src', '.'])('takes an unread %s for everything in it', (path) => {
    const unread = coverageOf(anOutcome(), new Set([path]));
    const diff = diffFindings(side([on(3)], ['semgrep']), { findings: [], coverage: [unread] });
    expect(linesOf(diff)).toEqual({ notAssessed: [3] });
  });

  it('takes more skipped files than before for a reason to doubt', () => {
    const skipped = (count: number) =>
      coverageOf(anOutcome({ filesSkipped: [{ reason: 'binary', count, paths: ['a.png'] }] }));
    const base = { findings: [on(3)], coverage: [skipped(4)] };
    expect(linesOf(diffFindings(base, { findings: [], coverage: [skipped(5)] }))).toEqual({
      notAssessed: [3],
    });
    expect(linesOf(diffFindings(base, { findings: [], coverage: [skipped(4)] }))).toEqual({
      fixed: [3],
    });
  });

  it('does not believe a scanner whose findings were cut', () => {
    const cut = coverageOf(
      anOutcome({ notes: ['budget exceeded: reported only the first 1 of 2 findings'] }),
    );
    const diff = diffFindings(side([on(3)], ['semgrep']), { findings: [], coverage: [cut] });
    expect(linesOf(diff)).toEqual({ notAssessed: [3] });
  });

  it('tells other rules on the two sides', () => {
    const ruled = (rulePackDigest: string) => [coverageOf(anOutcome({ rulePackDigest }))];
    const [base, head] = [
      { findings: [], coverage: ruled('1') },
      { findings: [], coverage: ruled('2') },
    ];
    expect(diffFindings(base, head).scanners[0]?.hasOtherRules).toBe(true);
    expect(diffFindings(base, base).scanners[0]?.hasOtherRules).toBe(false);
  });
});

describe('where things went', () => {
  it('pairs by the place that a line has at head', () => {
    // Ten lines were put in front, and a copy stands where the old one was.
    const moved: MovedPlaces = {
      placeAtHead: ({ path, line }) => ({ path, line: line + 10 }),
      pathAtHead: (path) => path,
    };
    const diff = diffFindings(side([on(3)]), side([on(3), on(13)]), moved);
    expect(linesOf(diff)).toEqual({ new: [3], unchanged: [13] });
  });

  it('looks for a file under the name that it has on the other side', () => {
    const moved: MovedPlaces = {
      placeAtHead: (place) => ({ ...place, path: 'new.ts' }),
      pathAtHead: () => 'new.ts',
    };
    const unread = [coverageOf(anOutcome(), new Set(['new.ts']))];
    const base = side([on(3, 'a', { filePath: 'old.ts' })], ['semgrep']);
    const diff = diffFindings(base, { findings: [], coverage: unread }, moved);
    expect(linesOf(diff)).toEqual({ notAssessed: [3] });
  });
});

describe('for any two scans', () => {
  const finding = fc
    .record({
      line: fc.integer({ min: 1, max: 12 }),
      identity: fc.constantFrom('a', 'b', 'c'),
      isMuted: fc.boolean(),
    })
    .map(({ line, identity, isMuted }) => on(line, identity, isMuted ? MUTED : {}));
  const findings = fc.uniqueArray(finding, {
    maxLength: 12,
    selector: ({ fingerprint, lineStart }) => `${fingerprint} ${String(lineStart)}`,
  });

  it('puts every finding of head into one list, and counts as the rule says', () => {
    fc.assert(
      fc.property(findings, findings, (base, head) => {
        const diff = diffFindings(side(base), side(head));
        const listed = [
          ...diff.new,
          ...diff.unchanged.map((item) => item.finding),
          ...diff.newlySuppressed,
          ...diff.suppressed,
        ];
        expect(new Set(listed)).toEqual(new Set(head));
        expect(listed).toHaveLength(head.length);
        for (const identity of ['a', 'b', 'c']) {
          const count = (all: readonly Finding[], isActive: boolean) =>
            all.filter(
              (one) =>
                one.fingerprint === sha256Hex(identity) &&
                'suppressed_by' in one.metadata !== isActive,
            ).length;
          const [before, after] = [count(base, true), count(head, true)];
          expect(count(diff.new, true)).toBe(Math.max(0, after - before));
          const muted = Math.max(0, count(head, false) - count(base, false));
          expect(count(diff.newlySuppressed, false)).toBe(muted);
          expect(count(diff.fixed, true)).toBe(Math.max(0, before - after - muted));
        }
      }),
    );
  });

  it('says the same for any order', () => {
    fc.assert(
      fc.property(
        findings.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        findings.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([base, baseShuffled], [head, headShuffled]) => {
          expect(diffFindings(side(baseShuffled), side(headShuffled))).toEqual(
            diffFindings(side(base), side(head)),
          );
        },
      ),
    );
  });

  it('finds nothing between a scan and itself', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const diff = diffFindings(side(all), side(all));
        expect([diff.new, diff.fixed, diff.newlySuppressed, diff.notAssessed].flat()).toEqual([]);
      }),
    );
  });
});

describe('a very large group', () => {
  it('is compared in the time of a sort', () => {
    const many = (count: number, first: number) =>
      Array.from({ length: count }, (_, index) => on(first + index));
    const diff = diffFindings(side(many(20_000, 1)), side(many(20_010, 50_000)));
    expect(diff.new).toHaveLength(10);
  });
});
