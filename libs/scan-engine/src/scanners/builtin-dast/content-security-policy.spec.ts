import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import {
  judgePolicies,
  limitsFraming,
  parsePolicies,
  upgradesRequests,
} from './content-security-policy';

const GOOD = "default-src 'self'; object-src 'none'; base-uri 'none'";

function found(headers: readonly string[], metas: readonly string[] = []): string[] {
  return judgePolicies({ headers, metas, reportOnly: [] }).map(
    ({ severity, subject }) => `${severity} ${subject}`,
  );
}

describe('a Content-Security-Policy', () => {
  it.each<[string, string[]]>([
    [GOOD, []],
    [`${GOOD}; frame-ancestors 'self' https://partner.test`, []],
    ["default-src 'none'; base-uri 'self'", []],
    [`${GOOD}; script-src https://cdn.test *.test 'sha256-abc'`, []],
    [`${GOOD}; img-src *; connect-src *; font-src data:`, []],
    // What a nonce and strict-dynamic make browsers forget.
    [`${GOOD}; script-src 'nonce-abc' 'unsafe-inline'`, []],
    [`${GOOD}; script-src 'nonce-abc' 'strict-dynamic' 'unsafe-inline' https: data: *`, []],
    [`${GOOD}; script-src 'strict-dynamic' https:`, ['medium script-src']],
    [`${GOOD}; script-src 'nonce-abc' https:`, ['medium script-src']],
    [`${GOOD}; script-src 'unsafe-inline'`, ['medium script-src']],
    [`${GOOD}; SCRIPT-SRC 'UNSAFE-INLINE'`, ['medium script-src']],
    [`${GOOD}; script-src 'self' 'unsafe-eval'`, ['low script-src']],
    [`${GOOD}; script-src *`, ['medium script-src']],
    [`${GOOD}; script-src http:`, ['medium script-src']],
    [`${GOOD}; script-src 'self' data:`, ['medium script-src']],
    [`${GOOD}; style-src 'unsafe-inline'`, ['low style-src']],
    [`${GOOD}; style-src *`, ['low style-src']],
    [`${GOOD}; frame-ancestors *`, ['medium frame-ancestors']],
    [`${GOOD}; script-src self`, ['low script-src']],
    ["default-src 'unsafe-inline'; base-uri 'none'", ['medium default-src']],
    ["default-src *; base-uri 'none'", ['medium default-src']],
    ["script-src 'self'; object-src 'none'; base-uri *", ['low base-uri']],
    ["script-src 'self'; object-src data:; base-uri 'none'", ['low object-src']],
    ["script-src 'self'", ['low base-uri', 'low object-src']],
    ["frame-ancestors 'none'", ['low base-uri', 'low object-src', 'medium script-src']],
    ['upgrade-insecure-requests', ['low base-uri', 'low object-src', 'medium script-src']],
    // The first of two directives with one name holds.
    [`${GOOD}; default-src *`, []],
    [`default-src *; ${GOOD}`, ['medium default-src']],
    ['', ['medium content-security-policy']],
    [' ; ;, ', ['medium content-security-policy']],
  ])('%s: %j', (policy, expected) => {
    expect(found([policy])).toEqual(expected);
  });

  it('counts a gap only where every policy has it', () => {
    const open = "default-src *; base-uri 'none'";
    expect(found([open, GOOD])).toEqual([]);
    expect(found([`${open}, ${GOOD}`])).toEqual([]);
    expect(found([open], [GOOD])).toEqual([]);
    expect(found([open, open])).toEqual(['medium default-src']);
  });

  it('counts one in a meta element', () => {
    expect(found([], [GOOD])).toEqual([]);
    expect(found([], ["script-src 'unsafe-inline'"])).toContain('medium script-src');
  });

  it('is not in force while it is only reported', () => {
    const reportOnly = [GOOD];
    expect(judgePolicies({ headers: [], metas: [], reportOnly })).toMatchObject([
      { subject: 'content-security-policy-report-only', severity: 'medium' },
    ]);
    expect(judgePolicies({ headers: [GOOD], metas: [], reportOnly })).toEqual([]);
  });

  it('says all that is wrong with a directive in one text', () => {
    const policy = `${GOOD}; script-src 'unsafe-inline' 'unsafe-eval' *`;
    const [weakness, ...others] = judgePolicies({ headers: [policy], metas: [], reportOnly: [] });
    expect(others).toEqual([]);
    expect(weakness?.detail).toMatch(/unsafe-inline.*unsafe-eval.*every host/u);
  });

  it('tells what else rules ask of it', () => {
    expect(limitsFraming([GOOD])).toBe(false);
    expect(limitsFraming([GOOD, "frame-ancestors 'none'"])).toBe(true);
    expect(upgradesRequests([GOOD])).toBe(false);
    expect(upgradesRequests([`${GOOD}; Upgrade-Insecure-Requests`])).toBe(true);
  });

  it('never throws, and is parsed the same from one header or several', () => {
    fc.assert(
      fc.property(fc.array(anyText()), fc.array(anyText()), (headers, metas) => {
        judgePolicies({ headers, metas, reportOnly: headers });
        expect(parsePolicies([headers.join(',')])).toEqual(parsePolicies(headers));
      }),
    );
  });
});
