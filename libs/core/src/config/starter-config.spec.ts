import { SCAN_TYPES, SEVERITIES } from '@securescan/contracts';
import fc from 'fast-check';
import { parse } from 'yaml';
import { anyText } from '@securescan/testing';
import { readProjectConfig } from './project-config';
import { renderStarterConfig } from './starter-config';

const PLAIN = {
  project: null,
  scanTypes: ['code', 'iac'],
  failOnSeverity: 'high',
  baseline: null,
} as const;

describe('renderStarterConfig', () => {
  it('says what was asked for, and names no project and no baseline of its own', () => {
    const text = renderStarterConfig(PLAIN);
    expect(parse(text)).toEqual({
      scan_types: ['code', 'iac'],
      fail_on_severity: 'high',
      ignored_rules: [],
    });
    expect(() => readProjectConfig(text, '.securescan.yml')).not.toThrow();
  });

  it('shows how rules of the project are named, all of it as a comment', () => {
    const uncommented = renderStarterConfig(PLAIN).replace(/^# (semgrep_rules:)\n# /mu, '$1\n');
    expect(parse(uncommented)).toMatchObject({ semgrep_rules: ['security/semgrep.yml'] });
  });

  it('keeps every name as one value, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          fc.constantFrom('a\nscan_types: [dast]', 'a: b', '"', "'", '# x', 'yes', '1.0'),
        ),
        fc.subarray([...SCAN_TYPES], { minLength: 1 }),
        fc.constantFrom(...SEVERITIES),
        (project, scanTypes, failOnSeverity) => {
          const baseline = '.securescan/baseline.json';
          const text = renderStarterConfig({ project, scanTypes, failOnSeverity, baseline });
          expect(parse(text)).toEqual({
            project,
            scan_types: scanTypes,
            fail_on_severity: failOnSeverity,
            ignored_rules: [],
            baseline,
          });
        },
      ),
    );
  });
});
