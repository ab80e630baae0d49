import type { Severity } from '@securescan/contracts';
import { renderDocument } from '@securescan/core';
import { aFinding, anOutcome, aScanDocument, codeScanningProblems } from '@securescan/testing';
import fc from 'fast-check';
import type { Log } from 'sarif';

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

jest.setTimeout(1_200_000);

/** Findings in any severity and type, with descriptions of a length of their own. */
function documentOf(count: number, words: number) {
  const findings = Array.from({ length: count }, (_, index) => {
    const fingerprint = index.toString(16).padStart(64, '0');
    const noise = Math.imul(index + 1, 2_654_435_761) >>> 0;
    return aFinding({
      fingerprint,
      id: fingerprint,
      severity: SEVERITIES[noise % SEVERITIES.length] ?? 'info',
      scanType: noise % 7 < 5 ? 'code' : 'dependency',
      ruleId: `rule-${String(noise % 300)}`,
      description: `${(noise * 7919).toString(36)} `.repeat(words),
      lineStart: index + 1,
      lineEnd: index + 1,
    });
  });
  return aScanDocument(findings, [anOutcome()]);
}

function expectFits(count: number, words: number): void {
  const document = documentOf(count, words);
  const text = renderDocument('sarif', document);
  expect(codeScanningProblems(text)).toEqual([]);
  const shown = new Set(
    (JSON.parse(text) as Log).runs.flatMap(({ results = [] }) =>
      results.map(({ properties }) => properties?.['id'] as string),
    ),
  );
  // By type: what is left out is never worse than what is shown.
  for (const type of ['code', 'dependency']) {
    const ofType = document.findings.filter(({ scanType }) => scanType === type);
    const isShown = ofType.map(({ id }) => shown.has(id));
    expect(isShown.lastIndexOf(true)).toBe(isShown.filter(Boolean).length - 1);
  }
}

it('a log of 200 000 findings is what code scanning takes', () => {
  expectFits(200_000, 3);
});

it('a log of any number of findings is what code scanning takes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 0, max: 60 }),
      (count, words) => {
        expectFits(count, words);
      },
    ),
    { numRuns: 15 },
  );
});
