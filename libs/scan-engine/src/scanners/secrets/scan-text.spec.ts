import { findSecrets } from '@securescan/core';
import { anyText, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import { scanText } from './scan-text';
import { countLongLines, isLongLine } from './windows';

const TOKEN = `ghp_${randomToken(36, 2)}`;
const LONG = ';'.repeat(50_000);

describe('scanText', () => {
  const piece = fc.oneof(
    { weight: 2, arbitrary: anyText() },
    fc.constantFrom('\n', '\r\n', '\n\n', 'ghp_', 'token', `"${TOKEN}"`, `x = '${TOKEN}';\n`),
  );

  it('finds, in the lines that it cuts out, what a look at every line finds', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const expected = text
          .split('\n')
          .flatMap((line, index) => findSecrets(line).map(({ start }) => [index + 1, start + 1]));
        const { findings } = scanText('a.ts', text, false, 100);
        expect(findings.map(({ lineStart, metadata }) => [lineStart, metadata['column']])).toEqual(
          expected,
        );
      }),
    );
  });

  it('numbers the lines behind a very long one', () => {
    const { findings, longLines } = scanText('a.js', `a\n${LONG}\nx='${TOKEN}'\n`, false, 100);
    expect(findings.map(({ lineStart }) => lineStart)).toEqual([3]);
    expect(longLines).toBe(1);
  });

  it('stops within the line in which it finds too much', () => {
    const text = `'${TOKEN}'\n`.repeat(9);
    expect(scanText('a.js', text, false, 4).findings).toHaveLength(5);
  });
});

describe('countLongLines', () => {
  const line = fc.constantFrom('', 'a', LONG, LONG.slice(0, 45_056), LONG.slice(0, 45_057));

  it('counts what is read in more than one window', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        expect(countLongLines(lines.join('\n'))).toBe(lines.filter(isLongLine).length);
      }),
    );
  });

  it('takes many short lines for no long one', () => {
    expect(countLongLines('const a = 1;\n'.repeat(20_000))).toBe(0);
  });
});
