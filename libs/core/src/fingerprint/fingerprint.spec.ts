import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { fingerprintOf } from './fingerprint';
import { lineContext } from './line-context';
import { normaliseCwe } from './normalise-cwe';
import { findingId } from './occurrence';
import { sha256Hex, sha256HexOfChunks } from './sha256';

const IDENTITY = {
  scanner: 'semgrep',
  ruleId: 'a.b',
  filePath: 'src/a.ts',
  lineContext: 'f(x)',
  cwe: 'CWE-89',
};

function nodeSha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

describe('sha256Hex', () => {
  it('agrees with another implementation', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(sha256Hex(text)).toBe(nodeSha256(text));
      }),
    );
  });

  it('is the same of a text in pieces', () => {
    fc.assert(
      fc.property(fc.array(anyText(), { maxLength: 5 }), (chunks) => {
        expect(sha256HexOfChunks(chunks)).toBe(nodeSha256(chunks.join('')));
      }),
    );
  });
});

describe('fingerprintOf', () => {
  it('is the SHA-256 of the JSON array of its parts', () => {
    expect(fingerprintOf(IDENTITY)).toBe(
      nodeSha256('["semgrep","a.b","src/a.ts","f(x)","CWE-89"]'),
    );
  });

  it('is what the guide shows', () => {
    const guide = readFileSync(join(__dirname, '../../../../docs/identity.md'), 'utf8');
    const [, path = '', line = ''] = /^(\S+):\d+ +(.+)$/m.exec(guide) ?? [];
    const [, array] = /printf '%s' '(.+)' \|/.exec(guide) ?? [];
    const [fingerprint] = /^[0-9a-f]{64}/m.exec(guide) ?? [];
    const context = lineContext([`    ${line}`], path);
    const identity = ['bandit', 'B602', path, context, 'CWE-78'];
    expect(array).toBe(JSON.stringify(identity));
    expect(fingerprint).toBe(nodeSha256(JSON.stringify(identity)));
  });

  it('takes what is missing for the empty text', () => {
    expect(fingerprintOf({ ...IDENTITY, filePath: null, cwe: null })).toBe(
      nodeSha256('["semgrep","a.b","","f(x)",""]'),
    );
  });

  it('keeps the parts apart whatever they contain', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '|', '"', ',', '\\') });
    const identity = fc.record({
      scanner: part,
      ruleId: part,
      filePath: part,
      lineContext: part,
      cwe: part,
    });
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        const isSame = JSON.stringify(a) === JSON.stringify(b);
        expect(fingerprintOf(a) === fingerprintOf(b)).toBe(isSame);
      }),
    );
  });
});

describe('normaliseCwe', () => {
  it.each([
    ['CWE-89: Improper neutralization', 'CWE-89'],
    ['cwe-089', 'CWE-89'],
    ['CWE_79', 'CWE-79'],
    ['cwe:22', 'CWE-22'],
    ['https://cwe.mitre.org/data/definitions/CWE-20.html', 'CWE-20'],
    [' 798 ', 'CWE-798'],
    ['0', null],
    ['-1', null],
    ['CWE-0', null],
    ['noinfo', null],
    ['', null],
    [null, null],
  ])('of %j is %j', (text, expected) => {
    expect(normaliseCwe(text)).toBe(expected);
  });
});

describe('findingId', () => {
  const fingerprint = nodeSha256('a finding');

  it('is a UUID of version 8', () => {
    for (const occurrence of [1, 2, 3, 17]) {
      expect(findingId(fingerprint, occurrence)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });

  it('differs by fingerprint and occurrence and is otherwise the same', () => {
    expect(findingId(fingerprint, 2)).toBe(findingId(fingerprint, 2));
    expect(findingId(fingerprint, 1)).not.toBe(findingId(fingerprint, 2));
    expect(findingId(fingerprint, 1)).not.toBe(findingId(nodeSha256('other'), 1));
  });
});
