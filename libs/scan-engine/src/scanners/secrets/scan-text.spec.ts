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

  it('tells keys that begin alike apart, and knows one again that moved', () => {
    const key = (seed: number): string => {
      const body = [randomToken(64, seed), randomToken(64, seed + 1)];
      return ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----', ''].join('\n');
    };
    const contexts = (text: string) =>
      scanText('a.pem', text, false, 9).findings.map(({ discriminator }) => discriminator);
    const [one, other] = contexts(key(1) + key(5));
    expect(one).toMatch(/^<private-key:[0-9a-f]{4}>$/u);
    expect(other).not.toBe(one);
    expect(contexts(key(5).replaceAll('\n', '\r\n') + key(1))).toEqual([other, one]);
  });

  it('keeps the value out of the identity of what an environment file sets', () => {
    const value = 'hunter2-42';
    const contexts = (line: string) =>
      scanText('.env', line, true, 9).findings.map(({ discriminator }) => discriminator);
    const [context] = contexts(`SHOP_AUTH=${value}`);
    expect(context).toMatch(/^SHOP_AUTH <env-file-secret:[0-9a-f]{4}>$/u);
    expect(contexts(`export SHOP_AUTH="${value}" # rotate`)).toEqual([context]);
    expect(contexts(`SHOP_AUTH=${value}1`)).not.toEqual([context]);
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
