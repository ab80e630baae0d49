import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { compareCodePoints } from './compare-code-points';

describe('compareCodePoints', () => {
  it('puts characters beyond the BMP after all others', () => {
    expect(compareCodePoints('\u{1F600}', '\uFFFD')).toBeGreaterThan(0);
    expect(['\u{1F600}', '\uFFFD', 'ä', 'Z', 'a', 'ab'].sort(compareCodePoints)).toEqual([
      'Z',
      'a',
      'ab',
      'ä',
      '\uFFFD',
      '\u{1F600}',
    ]);
  });

  it('is the order of UTF-8 bytes', () => {
    const text = anyText();
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareCodePoints(a, b))).toBe(bytes);
      }),
    );
  });
});
