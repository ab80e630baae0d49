import { aParsedFinding, duplicated, IDENTITY_CORPORA, identityCasesOf } from '@securescan/testing';
import type { MarkedFile, Reporter } from '@securescan/testing';
import { assembleFindings } from '../pipeline/assemble-findings';
import type { LocatedInput } from '../pipeline/assemble-findings';

const MAX_MATCHED_LINES = 10;

/** What the engine gives for a report on the marked lines: lines are parted at LF alone here, as in what it may be given. */
function report(file: MarkedFile, { scanner, ruleId, cwe, filePath }: Reporter): LocatedInput {
  const { from, to, newline = '\n' } = file;
  const lines = file.lines.join(newline).split('\n');
  return {
    scanner,
    scanType: 'code',
    registryIndex: 0,
    parsed: aParsedFinding({ ruleId, cwe, filePath, lineStart: from, lineEnd: to }),
    filePath,
    sourceLines: lines.slice(from - 1, Math.min(to, from + MAX_MATCHED_LINES - 1)),
    snippet: null,
  };
}

function identityOf(file: MarkedFile, reporter: Reporter): string {
  const [finding, ...others] = assembleFindings([report(file, reporter)]);
  if (finding === undefined || others.length > 0) throw new RangeError('not exactly one finding');
  return finding.fingerprint;
}

const CASES = IDENTITY_CORPORA.map((corpus) => [corpus.language, identityCasesOf(corpus)] as const);
const ALL = CASES.flatMap(([, cases]) => cases);
const WRITTEN = ALL.filter(({ isMechanical }) => !isMechanical);

it(`is shown by ${ALL.length} mutations over ${CASES.length} languages, ${WRITTEN.length} of them by hand`, () => {
  expect(CASES.length).toBeGreaterThanOrEqual(13);
  expect(ALL.length).toBeGreaterThanOrEqual(320);
  expect(WRITTEN.length).toBeGreaterThanOrEqual(200);
  const names = ALL.map(({ language, name, isKept }) => `${language} ${String(isKept)} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(CASES)('the identity of a finding in %s', (_language, cases) => {
  it.each(cases.filter(({ isKept }) => isKept))('keeps when $name', (each) => {
    expect(identityOf(each.after, each.reporterAfter)).toBe(identityOf(each.before, each.reporter));
  });

  it.each(cases.filter(({ isKept }) => !isKept))('ends when $name', (each) => {
    expect(identityOf(each.after, each.reporterAfter)).not.toBe(
      identityOf(each.before, each.reporter),
    );
  });
});

describe('the identity of a finding', () => {
  it.each(IDENTITY_CORPORA)('ends with any one character of its lines, in $language', (corpus) => {
    const [first] = identityCasesOf(corpus);
    if (first === undefined) throw new RangeError('a corpus without cases');
    const { before, reporter } = first;
    const { lines, from, to } = before;
    const places = lines
      .flatMap((line, row) => Array.from(line, (character, column) => ({ character, row, column })))
      .filter(({ character, row }) => row >= from - 1 && row < to && character.trim() !== '');
    const identities = places.map(({ character, row, column }) => {
      const line = lines[row] ?? '';
      const other = character === 'z' ? 'y' : 'z';
      const changed = line.slice(0, column) + other + line.slice(column + 1);
      return identityOf({ ...before, lines: lines.with(row, changed) }, reporter);
    });
    expect(identities.length).toBeGreaterThan(20);
    expect(identities).not.toContain(identityOf(before, reporter));
  });
});

describe('a finding whose lines stand twice', () => {
  it.each(IDENTITY_CORPORA)('is two, numbered in the order of the file, in $language', (corpus) => {
    const [first] = identityCasesOf(corpus);
    if (first === undefined) throw new RangeError('a corpus without cases');
    const { reporter, before } = first;
    const reports = duplicated(corpus).map((file) => report(file, reporter));
    const findings = assembleFindings([...reports].reverse());
    expect(findings.map(({ lineStart, occurrence }) => [lineStart, occurrence])).toEqual([
      [reports[0]?.parsed.lineStart, 1],
      [reports[1]?.parsed.lineStart, 2],
    ]);
    const fingerprint = identityOf(before, reporter);
    expect(findings.map((finding) => finding.fingerprint)).toEqual([fingerprint, fingerprint]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });
});
