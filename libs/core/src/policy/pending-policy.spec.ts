import { aFinding } from '@securescan/testing';
import { EMPTY_CONFIG, readProjectConfig } from '../config/project-config';
import { pendingPolicy } from './pending-policy';

function decided(text: string, baseline = [aFinding()].slice(1)) {
  const config = text === '' ? EMPTY_CONFIG : readProjectConfig(text, '.securescan.yml');
  return { config, baseline };
}

const LOOSE = `
project: shop
scan_types: [code]
fail_on_severity: critical
ignored_rules: [B101, {rule: B102, until: 2027-01-01}]
severity_overrides: {B103: low}
semgrep_rules: [rules]
baseline: known.json
licenses: {deny: [MIT]}
`;

describe('what a policy would change', () => {
  it('is nothing where both decide the same', () => {
    expect(pendingPolicy(decided(''), decided(''))).toEqual([]);
    expect(pendingPolicy(decided(LOOSE), decided(LOOSE))).toEqual([]);
  });

  it('names each thing that it adds', () => {
    expect(
      pendingPolicy(decided(''), decided(LOOSE, [aFinding(), aFinding({ lineStart: 3 })])),
    ).toEqual([
      'ignored_rules would add B101',
      'ignored_rules would add B102',
      'severity_overrides would make B103 low',
      'baseline would be known.json',
      'fail_on_severity would be critical',
      'licenses would be deny MIT',
      'project would be shop',
      'scan_types would be code',
      'semgrep_rules would be rules',
      'the baseline would cover 2 more',
    ]);
  });

  it('names what it takes back', () => {
    const lines = pendingPolicy(decided(LOOSE, [aFinding()]), decided(''));
    expect(lines).toContain('ignored_rules would drop B101');
    expect(lines).toContain('severity_overrides would drop B103');
    expect(lines).toContain('the baseline would cover 1 fewer');
  });

  it('names another end', () => {
    const until = (day: string) => decided(`ignored_rules: [{rule: B101, until: ${day}}]`);
    expect(pendingPolicy(until('2027-01-01'), until('2028-01-01'))).toEqual([
      'ignored_rules would hold B101 until 2028-01-01',
    ]);
  });
});
