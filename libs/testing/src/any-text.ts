import fc from 'fast-check';

/** Texts of any Unicode code points, those beyond the BMP and control characters included, without lone surrogates. */
export function anyText(): fc.Arbitrary<string> {
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0xffff }),
    fc.integer({ min: 0x10000, max: 0x10ffff }),
  );
  return fc.array(codePoint, { maxLength: 150 }).map((points) => String.fromCodePoint(...points));
}
