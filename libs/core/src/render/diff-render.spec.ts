import { join } from 'node:path';
import { DIFF_FORMATS, type DiffFormat } from '@securescan/contracts';
import { aDiffDocument, expectGolden, SOME_BASE, SOME_HEAD } from '@securescan/testing';
import fc from 'fast-check';
import { diffFindings } from '../diff/diff-findings';
import type { DiffDocument } from './diff-document';
import { DIFF_RENDERERS } from './registry';

function render(format: DiffFormat, document: DiffDocument): string {
  return [...DIFF_RENDERERS[format](document, {})].join('');
}

describe.each(DIFF_FORMATS)('a comparison as %s', (format) => {
  it.each([
    ['diff', aDiffDocument()],
    ['compare-hidden', aDiffDocument({ command: 'compare', showsSuppressed: false })],
    [
      'nothing',
      aDiffDocument({
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
    const expected = render(format, aDiffDocument());
    const shuffled = fc.shuffledSubarray([...SOME_BASE], { minLength: SOME_BASE.length });
    const other = fc.shuffledSubarray([...SOME_HEAD], { minLength: SOME_HEAD.length });
    fc.assert(
      fc.property(shuffled, other, (base, head) => {
        expect(render(format, aDiffDocument({}, base, head))).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('lets no text move a cursor', () => {
    expect(render(format, aDiffDocument())).not.toContain('\u001b');
  });
});

describe('a comparison as SARIF', () => {
  it('holds the state of the head alone', () => {
    const log = JSON.parse(render('sarif', aDiffDocument())) as {
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
