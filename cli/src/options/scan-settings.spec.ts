import { SCAN_OUTPUTS } from '@securescan/contracts';
import { lintProjectConfig } from '@securescan/core';
import type { LoadedProjectConfig } from '@securescan/host-node';
import { readEnvironment } from './environment';
import { readScanSettings } from './scan-settings';
import type { ScanFlags } from './scan-flags';
import { SETTING_NAMES, type SettingName } from './settings';

const SCANNERS = [
  { name: 'semgrep', scanType: 'code' },
  { name: 'dockerfile', scanType: 'iac' },
] as const;

function configOf(text: string): LoadedProjectConfig {
  const { config, places } = lintProjectConfig(text, '.securescan.yml');
  if (config === null) throw new Error(`This is no configuration: ${text}`);
  const { semgrepRules, baseline } = config;
  return {
    path: '.securescan.yml',
    file: '/p/.securescan.yml',
    config,
    places,
    semgrepRules: semgrepRules.map((rule) => `/p/${rule}`),
    baseline: baseline === null ? null : `/p/${baseline}`,
  };
}

function read(
  flags: Partial<ScanFlags>,
  variables: Record<string, string> = {},
  config: string | null = null,
) {
  return readScanSettings({
    flags: { color: true, suppress: true, ...flags },
    environment: readEnvironment(variables),
    config: config === null ? null : configOf(config),
    target: { root: '/p', path: '/p', project: 'github.com/acme/shop' },
    scanners: SCANNERS,
    formats: SCAN_OUTPUTS,
  });
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

  it('tells what is wrong with facts of GitHub on the line, and passes over those of the environment', () => {
    const flags = { repo: 'shop', sha: 'main', baseSha: '-x', reviewEvent: 'MERGE' };
    expect(read(flags).problems).toEqual([
      '--repo takes owner/name, and not "shop".',
      '--sha takes the id of a commit in hex, and not "main".',
      '--base-sha takes the id of a commit in hex, and not "-x".',
      '--review-event takes COMMENT, REQUEST_CHANGES, APPROVE, and not "MERGE".',
    ]);
    const variables = {
      GITHUB_REPOSITORY: '../x',
      GITHUB_SHA: 'main',
      GITHUB_SERVER_URL: 'javascript:x',
    };
    const { settings, problems } = read({}, variables);
    expect(problems).toEqual([]);
    expect(settings.github).toMatchObject({
      repository: null,
      commit: null,
      commitOfEnvironment: null,
      serverUrl: 'https://github.com',
    });
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

describe('where a setting comes from', () => {
  /** A setting, what each source says of it, and what is then in force. */
  type Case = readonly [
    name: SettingName,
    said: { flags?: Partial<ScanFlags>; variables?: Record<string, string>; config?: string },
    values: readonly unknown[],
    details: readonly (string | null)[],
  ];
  const CASES: readonly Case[] = [
    [
      'project',
      {
        flags: { project: 'a' },
        variables: { SECURESCAN_PROJECT: 'b' },
        config: 'project: c',
      },
      ['a', 'b', 'c', 'github.com/acme/shop'],
      ['--project', 'SECURESCAN_PROJECT', '.securescan.yml:1:1', "git's origin"],
    ],
    [
      'scan_types',
      {
        flags: { type: ['iac', 'dependency,code'] },
        variables: { SECURESCAN_SCAN_TYPES: 'iac, dast' },
        config: '\nscan_types: [network]',
      },
      [['code', 'dependency', 'iac'], ['iac', 'dast'], ['network'], ['code', 'dependency', 'iac']],
      ['--type', 'SECURESCAN_SCAN_TYPES', '.securescan.yml:2:1', null],
    ],
    [
      'output',
      { flags: { output: 'json' }, variables: { SECURESCAN_OUTPUT: 'sarif' } },
      ['json', 'sarif', 'text'],
      ['--output', 'SECURESCAN_OUTPUT', null],
    ],
    [
      'fail_on_severity',
      {
        flags: { failOnSeverity: 'Low' },
        variables: { SECURESCAN_FAIL_ON_SEVERITY: 'HIGH' },
        config: 'fail_on_severity: info',
      },
      ['low', 'high', 'info', null],
      ['--fail-on-severity', 'SECURESCAN_FAIL_ON_SEVERITY', '.securescan.yml:1:1', null],
    ],
    [
      'semgrep_rules',
      {
        flags: { semgrepRules: ['a,b'] },
        variables: { SECURESCAN_SEMGREP_RULES: 'p/ci, x' },
        config: 'semgrep_rules: [r]',
      },
      [['a,b'], ['p/ci', 'x'], ['/p/r'], []],
      ['--semgrep-rules', 'SECURESCAN_SEMGREP_RULES', '.securescan.yml:1:1', null],
    ],
    [
      'baseline',
      {
        flags: { baseline: 'a' },
        variables: { SECURESCAN_BASELINE: 'b' },
        config: 'baseline: c',
      },
      ['a', 'b', '/p/c', null],
      ['--baseline', 'SECURESCAN_BASELINE', '.securescan.yml:1:1', null],
    ],
    [
      'require_scanners',
      {
        flags: { requireScanner: ['semgrep'] },
        variables: { SECURESCAN_REQUIRE_SCANNERS: 'semgrep,dockerfile' },
      },
      [['semgrep'], ['semgrep', 'dockerfile'], []],
      ['--require-scanner', 'SECURESCAN_REQUIRE_SCANNERS', null],
    ],
    ...(['allow_incomplete', 'offline', 'sandbox'] as const).map((name): Case => {
      const flag = { allow_incomplete: 'allowIncomplete', offline: 'offline', sandbox: 'sandbox' };
      const variable = `SECURESCAN_${name.toUpperCase()}`;
      return [
        name,
        { flags: { [flag[name]]: true }, variables: { [variable]: '0' } },
        [true, false, false],
        [`--${name.replace('_', '-')}`, variable, null],
      ];
    }),
    ['scan_slots', { variables: { SECURESCAN_SCAN_SLOTS: '3' } }, [3], ['SECURESCAN_SCAN_SLOTS']],
    [
      'severity_overrides',
      { config: 'severity_overrides: {x: low}' },
      [new Map([['x', 'low']]), new Map()],
      ['.securescan.yml:1:1', null],
    ],
    [
      'ignored_rules',
      { config: 'ignored_rules: [x]' },
      [[{ rule: 'x', reason: null, until: null, line: 1 }], []],
      ['.securescan.yml:1:1', null],
    ],
    [
      'licenses',
      { config: 'licenses: {deny: [MIT]}' },
      [
        { deny: ['MIT'], warn: [], allow: [] },
        { deny: [], warn: [], allow: [] },
      ],
      ['.securescan.yml:1:1', null],
    ],
    ['scanners', { flags: { scanner: ['semgrep'] } }, [['semgrep'], null], ['--scanner', null]],
    [
      'target_url',
      { flags: { targetUrl: ' http://a ' } },
      ['http://a', null],
      ['--target-url', null],
    ],
    ['target_host', { flags: { targetHost: 'a' } }, ['a', null], ['--target-host', null]],
    ['output_file', { flags: { outputFile: 'a' } }, ['a', null], ['--output-file', null]],
    [
      'sarif_limits',
      { flags: { sarifLimits: 'none' }, variables: { SECURESCAN_SARIF_LIMITS: 'github' } },
      ['none', 'github', 'github'],
      ['--sarif-limits', 'SECURESCAN_SARIF_LIMITS', null],
    ],
    [
      'repo',
      { flags: { repo: 'a/b' }, variables: { GITHUB_REPOSITORY: 'c/d' } },
      ['a/b', 'c/d', null],
      ['--repo', 'GITHUB_REPOSITORY', null],
    ],
    [
      'sha',
      { flags: { sha: 'abcdef0' }, variables: { GITHUB_SHA: '0123456' } },
      ['abcdef0', '0123456', null],
      ['--sha', 'GITHUB_SHA', null],
    ],
    ['base_sha', { flags: { baseSha: 'abcdef0' } }, ['abcdef0', null], ['--base-sha', null]],
    [
      'server_url',
      { variables: { GITHUB_SERVER_URL: 'https://github.example.com' } },
      ['https://github.example.com', 'https://github.com'],
      ['GITHUB_SERVER_URL', null],
    ],
    [
      'review_event',
      { flags: { reviewEvent: 'request_changes' } },
      ['REQUEST_CHANGES', 'COMMENT'],
      ['--review-event', null],
    ],
    ['suggestions', { flags: { suggestions: false } }, [false, true], ['--no-suggestions', null]],
    ['fail_on_count', { flags: { failOnCount: '0' } }, [0, null], ['--fail-on-count', null]],
    ['suppress', { flags: { suppress: false } }, [false, true], ['--no-suppress', null]],
    [
      'show_suppressed',
      { flags: { showSuppressed: true } },
      [true, null],
      ['--show-suppressed', null],
    ],
    [
      'show_suppressed',
      { flags: { hideSuppressed: true } },
      [false, null],
      ['--hide-suppressed', null],
    ],
    ['active', { flags: { active: true } }, [true, false], ['--active', null]],
    ['history', { flags: { history: true } }, [true, false], ['--history', null]],
    [
      'baseline_host_probes',
      { flags: { baselineHostProbes: true } },
      [true, false],
      ['--baseline-host-probes', null],
    ],
    [
      'ai',
      { flags: { ai: false }, variables: { CI: 'true' }, config: 'ai: true' },
      [false, false, true, false],
      ['--no-ai', 'CI', '.securescan.yml:1:1', null],
    ],
    ['quiet', { flags: { quiet: true } }, [true, false], ['--quiet', null]],
    [
      'color',
      { flags: { color: false }, variables: { NO_COLOR: '1' } },
      [false, false, null],
      ['--no-color', 'NO_COLOR', null],
    ],
  ];

  it.each(CASES)('%s: flag, environment, configuration, default', (name, said, values, details) => {
    const { flags = {}, variables = {}, config = null } = said;
    // One source after the other falls silent.
    const steps = [
      ...('flags' in said ? [['flag', read(flags, variables, config)] as const] : []),
      ...('variables' in said ? [['environment', read({}, variables, config)] as const] : []),
      ...('config' in said ? [['config', read({}, {}, config)] as const] : []),
      ['default', read({})] as const,
    ].slice(0, values.length);
    expect(steps.flatMap(([, { problems }]) => problems)).toEqual([]);
    expect(steps.map(([, { resolved }]) => resolved[name])).toEqual(
      steps.map(([source], index) => ({ value: values[index], source, detail: details[index] })),
    );
  });

  it('is tested for every setting', () => {
    expect(SETTING_NAMES.filter((name) => !CASES.some(([tested]) => tested === name))).toEqual([]);
  });

  it('lets scanners stand for their types, unless types are typed too', () => {
    const variables = { SECURESCAN_SCAN_TYPES: 'dast' };
    expect(read({ scanner: ['dockerfile'] }, variables).resolved.scan_types).toEqual({
      value: ['iac'],
      source: 'flag',
      detail: '--scanner',
    });
    const both = read({ scanner: ['dockerfile'], type: ['code', 'iac'] });
    expect(both.settings.scanTypes).toEqual(['code', 'iac']);
  });

  it.each<[Partial<ScanFlags>, Record<string, string>, string]>([
    [{}, { SECURESCAN_SCAN_TYPES: 'sast' }, 'SECURESCAN_SCAN_TYPES takes code, dependency'],
    [{}, { SECURESCAN_SCAN_TYPES: ',' }, 'SECURESCAN_SCAN_TYPES takes code, dependency'],
    [{ type: [''] }, {}, '--type takes code, dependency'],
    [{ type: ['code,sast'] }, {}, '--type takes code, dependency'],
    [{}, { SECURESCAN_OUTPUT: 'xml' }, 'SECURESCAN_OUTPUT takes text, json'],
    [{}, { SECURESCAN_FAIL_ON_SEVERITY: 'bad' }, 'SECURESCAN_FAIL_ON_SEVERITY takes critical'],
    [{}, { SECURESCAN_ALLOW_INCOMPLETE: 'so' }, 'SECURESCAN_ALLOW_INCOMPLETE must be 1 or 0'],
    [{}, { SECURESCAN_REQUIRE_SCANNERS: 'x' }, 'SECURESCAN_REQUIRE_SCANNERS: there is no scanner'],
    [{ failOnCount: '-1' }, {}, '--fail-on-count takes a whole number'],
    [{ failOnCount: '1e3' }, {}, '--fail-on-count takes a whole number'],
    [{ project: ' ' }, {}, '--project must not be empty'],
    [{ project: 'a\nb' }, {}, '--project must be one line'],
    [{ outputFile: '' }, {}, '--output-file is empty'],
    [{ baseline: '' }, {}, '--baseline is empty'],
    [{ showSuppressed: true, hideSuppressed: true }, {}, 'contradict each other'],
  ])('says what is wrong with %j %j', (flags, variables, words) => {
    const { problems } = read(flags, variables);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(words);
  });

  it('does not read what a stronger source has said', () => {
    expect(read({ output: 'json' }, { SECURESCAN_OUTPUT: 'xml' }).problems).toEqual([]);
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
