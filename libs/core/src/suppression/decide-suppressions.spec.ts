import {
  decideSuppressions,
  type Suppressible,
  type SuppressionContext,
} from './decide-suppressions';
import { readDirectives } from './read-directives';

const REPORT: Suppressible = { ruleId: 'B101', filePath: 'a.py', lineStart: 2, lineEnd: 2 };
const NOTHING = { directives: [], problems: [] };

interface Given {
  readonly code?: string;
  readonly ignoredRules?: SuppressionContext['policy']['ignoredRules'];
  readonly isSuppressing?: boolean;
  readonly hasCovered?: SuppressionContext['hasCovered'];
}

function decide(given: Given, ...reports: readonly Suppressible[]) {
  const { code, ignoredRules = [], isSuppressing = true, hasCovered = () => true } = given;
  return decideSuppressions(reports, {
    policy: { ignoredRules, isSuppressing, today: '2026-06-15' },
    directives: code === undefined ? NOTHING : readDirectives(code, 'a.py'),
    hasCovered,
  });
}

const rule = (until: string | null = null) => ({ rule: 'B101', reason: 'Known.', until, line: 7 });

describe('decideSuppressions', () => {
  it.each<[string, string, Partial<Suppressible>, boolean]>([
    ['on the line', 'x\ny  # securescan: ignore B101', {}, true],
    ['on another line', 'x  # securescan: ignore B101\ny', {}, false],
    ['for another rule', 'x\ny  # securescan: ignore B102', {}, false],
    ['in other letters', 'x\ny  # securescan: ignore b101', {}, false],
    ['for every rule', 'x\ny  # securescan: ignore * reason="x"', {}, true],
    ['on the last of several lines', 'x\ny\nz  # securescan: ignore B101', { lineEnd: 3 }, true],
    ['above the first of several lines', '# securescan: ignore B101\ny\nz', { lineEnd: 3 }, true],
    ['for another file', 'x\ny  # securescan: ignore B101', { filePath: 'b.py' }, false],
    ['for no file', 'x\ny  # securescan: ignore B101', { filePath: null }, false],
    ['until today', 'x\ny  # securescan: ignore B101 until=2026-06-15', {}, true],
    ['until yesterday', 'x\ny  # securescan: ignore B101 until=2026-06-14', {}, false],
  ])('with a comment %s', (_name, code, report, isSuppressed) => {
    const { suppressions } = decide({ code }, { ...REPORT, ...report });
    expect(suppressions[0]?.kind ?? null).toBe(isSuppressed ? 'inline' : null);
  });

  it('takes the comment before the configuration, with its reason', () => {
    const code = 'x\ny  # securescan: ignore B101 reason="Here."';
    const { suppressions } = decide({ code, ignoredRules: [rule()] }, REPORT, {
      ...REPORT,
      filePath: null,
    });
    expect(suppressions).toEqual([
      { kind: 'inline', reason: 'Here.' },
      { kind: 'config', reason: 'Known.' },
    ]);
  });

  it('suppresses nothing, and tells nothing, where everything is to be seen', () => {
    const code = 'x\ny  # securescan: ignore B101 until=2020-01-01';
    const all = decide({ code, ignoredRules: [rule()], isSuppressing: false }, REPORT);
    expect(all).toEqual({ suppressions: [null], notices: [] });
  });
});

describe('what is told of the suppressions themselves', () => {
  const notices = (given: Given, ...reports: readonly Suppressible[]) =>
    decide(given, ...reports).notices.map(
      ({ kind, source, filePath, line, rule: id }) =>
        `${kind} ${source} ${filePath ?? '-'}:${String(line)} ${id ?? '-'}`,
    );

  it('is nothing where they all do what they should', () => {
    const code = 'x\ny  # securescan: ignore B101';
    expect(notices({ code }, REPORT)).toEqual([]);
    expect(notices({ ignoredRules: [rule()] }, REPORT)).toEqual([]);
  });

  it('is what is over, in use or not', () => {
    const code = 'x\ny  # securescan: ignore B101 until=2026-06-14';
    expect(notices({ code, ignoredRules: [rule('2026-01-01')] }, REPORT)).toEqual([
      'expired config -:7 B101',
      'expired inline a.py:2 B101',
    ]);
  });

  it('is what nothing needs', () => {
    const code = 'x\ny  # securescan: ignore B101';
    expect(notices({ code, ignoredRules: [rule()] })).toEqual([
      'unused config -:7 B101',
      'unused inline a.py:2 B101',
    ]);
  });

  it('is not what a scanner did not look for', () => {
    const code = 'x\ny  # securescan: ignore B101\nz  # securescan: ignore B101, CKV_AWS_1';
    const hasCovered = (scanner: string) => scanner !== 'bandit';
    expect(notices({ code, ignoredRules: [rule()], hasCovered })).toEqual([]);
    expect(notices({ code, hasCovered: (scanner) => scanner === 'bandit' })).toEqual([
      'unused inline a.py:2 B101',
    ]);
  });

  it('is what is not understood', () => {
    expect(notices({ code: 'x  # securescan: ignore' })).toEqual(['malformed inline a.py:1 -']);
  });
});
