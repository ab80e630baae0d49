import type { JsonObject } from '@securescan/contracts';
import { suppressedWords, suppressionOf, suppressionWords } from './suppression';

function words(metadata: JsonObject): string | null {
  const suppression = suppressionOf({ metadata });
  return suppression === null ? null : suppressionWords(suppression);
}

describe('the suppression of a finding', () => {
  it.each([
    [
      { suppressed_by: 'inline', suppression_reason: 'nosec: a test key' },
      'by a comment in the code: nosec: a test key',
    ],
    [{ suppressed_by: 'config', suppression_reason: '' }, 'by the configuration, no reason given'],
    [{ suppressed_by: 'baseline' }, 'by the baseline, no reason given'],
    [
      { suppressed_by: 'import', suppression_reason: 'CodeQL, in the source: tests' },
      'by the imported document: CodeQL, in the source: tests',
    ],
    [{ suppressed_by: 'config', suppression_reason: 7 }, 'by the configuration, no reason given'],
  ])('is told from %j', (metadata, expected) => {
    expect(words(metadata)).toBe(expected);
  });

  it.each([
    [{}],
    [{ suppression_reason: 'a reason alone' }],
    [{ suppressed_by: 'rumour' }],
    [{ suppressed_by: 'toString' }],
    [{ suppressed_by: ['inline'] }],
  ])('is not made up from %j', (metadata) => {
    expect(words(metadata)).toBeNull();
  });
});

describe('suppressedWords', () => {
  it('counts what does not count, and says nothing of none', () => {
    expect([suppressedWords(0), suppressedWords(1), suppressedWords(12)]).toEqual([
      null,
      '1 suppressed',
      '12 suppressed',
    ]);
  });
});
