import { digestOfRules } from './digest-of-rules';
import { SCANNERS } from './registry';

describe('digestOfRules', () => {
  const rule = { id: 'a', severity: 'high', expression: /one/giu, check: (): boolean => true };

  it('changes with what a rule says, and not with its code', () => {
    const digest = digestOfRules([rule]);
    expect(digest).toMatch(/^[0-9a-f]{64}$/u);
    expect(digestOfRules([{ ...rule, check: () => false }])).toBe(digest);
    for (const change of [{ severity: 'low' }, { expression: /two/giu }, { expression: /one/gu }]) {
      expect(digestOfRules([{ ...rule, ...change }])).not.toBe(digest);
    }
    expect(digestOfRules([rule, { id: 'b' }])).not.toBe(digestOfRules([{ id: 'b' }, rule]));
  });

  it('is there for each scanner of our own', () => {
    const own = SCANNERS.flatMap((one) =>
      one.kind === 'file' || (one.kind === 'builtin' && one.service === undefined) ? [one] : [],
    );
    const digests = own.map(({ rules }) => digestOfRules(rules));
    expect(digests).not.toContain(null);
    expect(new Set(digests).size).toBe(own.length);
  });
});
