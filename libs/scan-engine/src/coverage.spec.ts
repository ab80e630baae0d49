import { coverageOf } from './coverage';
import type { FileTree } from './ports';
import type { ScannerReport, SkippedFile } from './scanner';

const TREE: FileTree = {
  files: [
    { path: 'a.py', sizeBytes: 10 },
    { path: 'src/b.py', sizeBytes: 200 },
  ],
  maxFileBytes: 1_000_000,
  notes: [],
  skipped: [],
  irregular: [],
  readText: () => Promise.resolve(null),
};

function aReport(changes: Partial<ScannerReport>): ScannerReport {
  return { findings: [], assessed: [], skipped: [], notes: [], ...changes };
}

describe('coverageOf', () => {
  it('counts each file once, however its path is spelt, and adds up what the walk weighed', () => {
    const assessed = ['/p/a.py', 'a.py', './src/b.py', '/p/unlisted.py'];
    expect(coverageOf(aReport({ assessed }), '/p', TREE)).toMatchObject({
      filesAssessed: 3,
      bytesAssessed: 210,
    });
  });

  it('says nothing where the tool says nothing', () => {
    expect(coverageOf(aReport({ assessed: null }), '/p', TREE)).toEqual({
      filesAssessed: null,
      bytesAssessed: null,
      filesSkipped: [],
    });
  });

  it('puts skipped files together by reason, in order, with a few names', () => {
    const skipped: SkippedFile[] = [
      ...Array.from({ length: 12 }, (_, index) => ({ path: `/p/f${index}.py`, reason: 'too big' })),
      { path: '/p/x\u001b[31m\n.py', reason: 'binary' },
    ];
    expect(coverageOf(aReport({ skipped }), '/p', TREE).filesSkipped).toEqual([
      { reason: 'binary', count: 1, paths: ['x .py'] },
      {
        reason: 'too big',
        count: 12,
        paths: [
          'f0.py',
          'f1.py',
          'f10.py',
          'f11.py',
          ...'23456789'.split('').map((n) => `f${n}.py`),
        ].slice(0, 10),
      },
    ]);
  });

  it('keeps the number of reasons bounded and counts the rest together', () => {
    const skipped = Array.from({ length: 500 }, (_, index) => ({
      path: `f${index}`,
      reason: `why ${index}`,
    }));
    const groups = coverageOf(aReport({ skipped }), '/p', TREE).filesSkipped;
    expect(groups.length).toBeLessThanOrEqual(31);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(500);
  });
});
