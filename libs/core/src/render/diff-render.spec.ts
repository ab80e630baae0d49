import { join } from 'node:path';
import { aFinding, anOutcome, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import { diffFindings } from '../diff/diff-findings';
import { coverageOf } from '../diff/scanner-coverage';
import type { Finding } from '../model/finding';
import type { DiffDocument } from './diff-document';
import { DIFF_FORMATS, type DiffFormat } from './formats';
import { DIFF_RENDERERS } from './registry';

const muted = { metadata: { suppressed_by: 'inline', suppression_reason: 'Only in tests.' } };
const kept = aFinding({ title: 'Stays', lineStart: 3 });
const worse = aFinding({ title: 'Worse', lineStart: 5, severity: 'critical' });
const mutedLater = aFinding({ title: 'Muted later', lineStart: 7 });
const alwaysMuted = aFinding({ title: 'Always muted', lineStart: 9, ...muted });
const gone = aFinding({ title: 'Gone', lineStart: 11 });
const added = aFinding({ title: 'Added \u001b[31m', lineStart: 13, severity: 'low', cwe: null });
const lost = aFinding({ title: 'Lost', scanner: 'bandit', ruleId: 'B608' });

const semgrep = anOutcome({ rulePackDigest: 'a'.repeat(64) });
const bandit = anOutcome({
  scanner: 'bandit',
  status: 'timed_out',
  reason: 'it ran longer than 300 s',
});
const trivy = coverageOf(
  anOutcome({ scanner: 'trivy', status: 'skipped', reason: 'not installed' }),
);

const BASE = [kept, { ...worse, severity: 'low' as const }, mutedLater, alwaysMuted, gone, lost];
const HEAD = [kept, worse, { ...mutedLater, ...muted }, alwaysMuted, added];

function aDocument(
  parts: Partial<DiffDocument> = {},
  base: readonly Finding[] = BASE,
  head: readonly Finding[] = HEAD,
): DiffDocument {
  return {
    toolVersion: '1.2.3',
    command: 'diff',
    base: { name: 'main', commit: '1'.repeat(40) },
    head: { name: 'HEAD', commit: '2'.repeat(40) },
    target: '.',
    project: 'git.example.com/shop',
    scanTypes: ['code'],
    policy: '.securescan.yml of the merge base',
    pendingPolicy: ['ignored_rules would add sql-injection'],
    diff: diffFindings(
      {
        findings: base,
        coverage: [coverageOf(semgrep), coverageOf(anOutcome({ scanner: 'bandit' })), trivy],
      },
      {
        findings: head,
        coverage: [
          coverageOf({ ...semgrep, rulePackDigest: 'b'.repeat(64) }),
          coverageOf(bandit),
          trivy,
        ],
      },
    ),
    outcomes: [semgrep, bandit],
    notices: [
      {
        kind: 'expired',
        source: 'inline',
        filePath: 'src/orders.ts',
        line: 20,
        rule: 'B101',
        message: 'it held until 2026-01-01',
      },
    ],
    showsSuppressed: true,
    ...parts,
  };
}

function render(format: DiffFormat, document: DiffDocument): string {
  return [...DIFF_RENDERERS[format](document, {})].join('');
}

describe.each(DIFF_FORMATS)('a comparison as %s', (format) => {
  it.each([
    ['diff', aDocument()],
    ['compare-hidden', aDocument({ command: 'compare', showsSuppressed: false })],
    [
      'nothing',
      aDocument({
        pendingPolicy: [],
        diff: diffFindings({ findings: [], coverage: [] }, { findings: [], coverage: [] }),
      }),
    ],
  ])('%s is as its golden shows', (name, document) => {
    const extension = format === 'text' ? 'txt' : format;
    const golden = join(__dirname, '..', '__goldens__', `${name}.diff.${extension}`);
    expectGolden(golden, render(format, document));
  });

  it('is the same for any order of what is compared', () => {
    const expected = render(format, aDocument());
    const shuffled = fc.shuffledSubarray([...BASE], { minLength: BASE.length });
    const other = fc.shuffledSubarray([...HEAD], { minLength: HEAD.length });
    fc.assert(
      fc.property(shuffled, other, (base, head) => {
        expect(render(format, aDocument({}, base, head))).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('lets no text move a cursor', () => {
    expect(render(format, aDocument())).not.toContain('\u001b');
  });
});

describe('a comparison as SARIF', () => {
  it('holds the state of the head alone', () => {
    const log = JSON.parse(render('sarif', aDocument())) as {
      runs: [{ results: { properties: { title: string }; baselineState: string }[] }];
    };
    expect(
      log.runs[0].results.map(({ properties, baselineState }) => [properties.title, baselineState]),
    ).toEqual([
      ['Worse', 'updated'],
      ['Stays', 'unchanged'],
      ['Muted later', 'updated'],
      ['Always muted', 'unchanged'],
      ['Added \u001b[31m', 'new'],
    ]);
  });
});
