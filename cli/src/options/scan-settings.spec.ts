import { readEnvironment } from './environment';
import { readScanSettings } from './scan-settings';
import type { ScanFlags } from './scan-flags';

const SCANNERS = [
  { name: 'semgrep', scanType: 'code' },
  { name: 'dockerfile', scanType: 'iac' },
] as const;

function read(flags: Partial<ScanFlags>, variables: Record<string, string> = {}) {
  return readScanSettings({ color: true, ...flags }, readEnvironment(variables), SCANNERS);
}

describe('readScanSettings', () => {
  it('has the documented defaults', () => {
    const { settings, problems } = read({});
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      scanTypes: ['code', 'dependency', 'iac'],
      format: 'text',
      outputFile: null,
      threshold: null,
      semgrepRules: [],
      isIncompleteAllowed: false,
      requiredScanners: [],
      isOffline: false,
      isQuiet: false,
    });
  });

  it('puts types in their order and counts each once', () => {
    expect(read({ type: ['iac', 'code', 'iac'] }).settings.scanTypes).toEqual(['code', 'iac']);
  });

  it('lets a flag win over the environment', () => {
    const variables = { SECURESCAN_SEMGREP_RULES: 'p/ci, rules/a.yml,', SECURESCAN_OFFLINE: 'no' };
    expect(read({}, variables).settings.semgrepRules).toEqual(['p/ci', 'rules/a.yml']);
    expect(read({ semgrepRules: ['auto'] }, variables).settings.semgrepRules).toEqual(['auto']);
    expect(read({ offline: true }, variables).settings.isOffline).toBe(true);
  });

  it('takes a severity in any case', () => {
    expect(read({ failOnSeverity: 'High' }).settings.threshold).toBe('high');
  });

  it('tells a mistyped type once', () => {
    expect(read({ type: ['coed'] }).problems).toEqual([
      '--type takes code, dependency, iac, baseline, dast, network, and not "coed".',
    ]);
  });

  it('refuses to require what does not run', () => {
    expect(read({ type: ['code'], requireScanner: ['dockerfile', 'semgrp'] }).problems).toEqual([
      '--require-scanner dockerfile: it does not run in this scan; add --type iac.',
      '--require-scanner: there is no scanner "semgrp"; there are semgrep, dockerfile.',
    ]);
  });
});

describe('readEnvironment', () => {
  it('finds nothing wrong with an empty environment', () => {
    expect(readEnvironment({})).toMatchObject({
      isOffline: false,
      isColourUnwanted: false,
      isDebug: false,
      fakeNow: null,
      problems: [],
    });
  });

  it.each([
    ['SECURESCAN_OFFLINE', 'maybe'],
    ['SECURESCAN_DEBUG', '2'],
    ['SECURESCAN_SCAN_SLOTS', '0'],
    ['SECURESCAN_SCAN_SLOTS', '257'],
    ['SECURESCAN_SCAN_SLOTS', 'many'],
    ['SECURESCAN_FAKE_NOW', '2026-01-31'],
    ['SECURESCAN_FAKE_NOW', '2026-99-31T00:00:00Z'],
  ])('says that %s=%s means nothing', (name, value) => {
    const { problems } = readEnvironment({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).toContain(`"${value}"`);
  });

  it.each(['1', 'TRUE', ' yes '])('takes %s for yes', (word) => {
    expect(readEnvironment({ SECURESCAN_OFFLINE: word }).isOffline).toBe(true);
  });

  it('hears NO_COLOR with any value, and a dumb terminal', () => {
    expect(readEnvironment({ NO_COLOR: '0' }).isColourUnwanted).toBe(true);
    expect(readEnvironment({ NO_COLOR: '' }).isColourUnwanted).toBe(false);
    expect(readEnvironment({ TERM: 'dumb' }).isColourUnwanted).toBe(true);
  });
});
