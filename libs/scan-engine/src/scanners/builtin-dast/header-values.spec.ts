import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import {
  judgeContentTypeOptions,
  judgeFrameOptions,
  judgeReferrerPolicy,
  judgeTransportSecurity,
} from './header-values';
import { judgePermissionsPolicy } from './permissions-policy';
import type { Weakness } from './rule';

type Judge = (values: readonly string[]) => Weakness[];
type Example = readonly [values: readonly string[], severities: readonly string[], words?: string];

function examples(judge: Judge, table: readonly Example[]): void {
  const cases = table.map(([values, severities, words = '']) => ({ values, severities, words }));

  it.each(cases)('finds in $values: $severities', ({ values, severities, words }) => {
    const found = judge(values);
    expect(found.map(({ severity }) => severity)).toEqual(severities);
    expect(found.map(({ detail }) => detail).join(' ')).toContain(words);
  });

  it('never throws, and finds nothing where there is nothing', () => {
    fc.assert(fc.property(fc.array(anyText()), (values) => void judge(values)));
    expect(judge([])).toEqual([]);
  });
}

describe('Strict-Transport-Security', () => {
  examples(judgeTransportSecurity, [
    [['max-age=31536000'], []],
    [['Max-Age="31536000" ; includeSubDomains; preload'], []],
    [['max-age=15552000'], []],
    [['max-age=15551999'], ['low'], '15551999 seconds'],
    [['max-age=0; includeSubDomains'], ['medium'], 'forget'],
    [['includeSubDomains'], ['medium'], 'no valid max-age'],
    [[''], ['medium']],
    [['max-age=-1'], ['medium']],
    [['max-age=1e9'], ['medium']],
    [['max-age=31536000; max-age=31536000'], ['medium']],
    [['max-age=31536000, max-age=0'], ['medium']],
    [['max-age=31536000', 'max-age=31536000'], ['low'], '2 times'],
    [
      ['max-age=0', 'max-age=31536000'],
      ['medium', 'low'],
    ],
  ]);
});

describe('X-Content-Type-Options', () => {
  examples(judgeContentTypeOptions, [
    [['nosniff'], []],
    [['NoSniff'], []],
    [['nosniff, something'], []],
    [['something, nosniff'], ['medium'], '`something`'],
    [['no-sniff'], ['medium']],
    [[''], ['medium'], '(empty)'],
    [['nosniff', 'nosniff'], ['low'], '2 times'],
    [['other', 'nosniff'], ['medium']],
  ]);
});

describe('X-Frame-Options', () => {
  examples(judgeFrameOptions, [
    [['DENY'], []],
    [['sameorigin'], []],
    [['ALLOW-FROM https://a.test'], ['medium'], 'ALLOW-FROM'],
    [['ALLOWALL'], ['medium'], '`allowall`'],
    [['deny; sameorigin'], ['medium']],
    [[''], ['medium'], '(empty)'],
    [['DENY', 'SAMEORIGIN'], ['low'], 'both'],
    [['DENY, SAMEORIGIN'], ['low'], 'both'],
    [['DENY', 'DENY'], ['low'], '2 times'],
  ]);
});

describe('Referrer-Policy', () => {
  examples(judgeReferrerPolicy, [
    [['no-referrer'], []],
    [['strict-origin-when-cross-origin'], []],
    [['Same-Origin'], []],
    [['unsafe-url'], ['medium'], 'unsafe-url'],
    [['no-referrer-when-downgrade'], ['low']],
    [['unsafe-url, strict-origin'], []],
    [['strict-origin, unsafe-url'], ['medium']],
    [['strict-origin', 'unsafe-url'], ['medium']],
    [['unsafe-url, of-the-future'], ['medium']],
    [['of-the-future'], ['low'], '`of-the-future`'],
    [[''], ['low']],
  ]);
});

describe('Permissions-Policy', () => {
  examples(judgePermissionsPolicy, [
    [['camera=(), microphone=()'], []],
    [['geolocation=(self "https://maps.test"), fullscreen=*'], []],
    [['camera=self'], []],
    [['camera=(src)'], []],
    [['camera=();report-to=main'], []],
    [['camera=()', 'microphone=()'], []],
    [['camera=("https://a.test,b")'], []],
    [['camera=*'], ['low'], 'camera'],
    [['usb=(self *), camera=*, camera=*'], ['low'], 'camera, usb'],
    [["camera 'none'; microphone 'self'"], ['medium'], 'Feature-Policy'],
    [["camera=('none')"], ['medium']],
    [['camera=(), , microphone=()'], ['medium']],
    [['camera=(https://a.test)'], ['medium']],
    [['Camera=()'], ['medium']],
    [['camera=('], ['medium']],
    [[''], ['medium']],
  ]);
});
