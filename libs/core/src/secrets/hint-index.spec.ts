import fc from 'fast-check';
import { HintIndex } from './hint-index';
import { REDACTION_PATTERNS } from './redaction-patterns';
import type { SecretPattern } from './secret-pattern';
import { SECRET_PATTERNS } from './secret-patterns';

const PATTERNS = [...SECRET_PATTERNS, ...REDACTION_PATTERNS];
const INDEX = new HintIndex(PATTERNS);

/** As an expression without the flag `u` does it: K (Kelvin) is no k. */
function folded(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The slow way: every hint of every pattern by itself. */
function placesOf(text: string, { hints, expression }: SecretPattern): number[] {
  const [where, wanted] = expression.ignoreCase ? [folded(text), hints.map(folded)] : [text, hints];
  return wanted.map((hint) => where.indexOf(hint)).filter((place) => place !== -1);
}

describe('HintIndex', () => {
  const piece = fc.oneof(
    fc.constantFrom(...PATTERNS.flatMap(({ hints }) => hints)),
    fc.constantFrom(...PATTERNS.flatMap(({ hints }) => hints.map((hint) => hint.slice(0, -1)))),
    fc.constantFrom(...PATTERNS.flatMap(({ hints }) => hints.map((hint) => hint.toUpperCase()))),
    fc.constantFrom('\n', ' ', 's', 'SS', '\u212A', '\u017F', 'ä', '\u{1F511}', '://', '0'),
  );
  const texts = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

  it('knows the same patterns as a search for each of them', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const expected = [...PATTERNS.keys()].filter((index) => {
          const pattern = PATTERNS[index];
          return pattern !== undefined && placesOf(text, pattern).length > 0;
        });
        expect(INDEX.patternsIn(text)).toEqual(expected);
      }),
    );
  });

  it('gives the first place', () => {
    fc.assert(
      fc.property(texts, fc.nat(20), (text, from) => {
        const rest = text.slice(from);
        const places = PATTERNS.flatMap((pattern) => placesOf(rest, pattern));
        const first = places.length === 0 ? -1 : Math.min(...places) + from;
        expect(INDEX.next(text, from)).toBe(first);
      }),
    );
  });

  it.each(PATTERNS.map(({ id, hints }) => [id, hints] as const))(
    'has hints for %s that it can look up',
    (_id, hints) => {
      expect(hints.length).toBeGreaterThan(0);
      for (const hint of hints) expect(hint).toMatch(/^[\t -~]{3,}$/);
    },
  );
});
