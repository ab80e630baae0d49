import { join } from 'node:path';
import { SCAN_TYPES, SEVERITIES } from '@securescan/contracts';
import { anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import { UserError } from '../errors';
import { sentenceOfIssue } from './config-issue';
import {
  EMPTY_CONFIG,
  lintProjectConfig,
  MAX_CONFIG_CHARACTERS,
  readProjectConfig,
} from './project-config';
import { ProjectConfigError } from './project-config.errors';
import { INVALID_CONFIGS } from './__fixtures__/invalid-configs';

const NAME = '.securescan.yml';
const GOLDENS = join(__dirname, '..', '__goldens__');

function complaintOf(text: string, fileName = NAME): string {
  try {
    readProjectConfig(text, fileName);
  } catch (error) {
    if (error instanceof UserError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  return 'none';
}

/** `<level> <line>:<column> <sentence>` */
function linted(text: string, today: string | null = null): string[] {
  return lintProjectConfig(text, NAME, today).issues.map(
    (issue) => `${issue.level} ${issue.line}:${issue.column} ${sentenceOfIssue(issue)}`,
  );
}

describe('readProjectConfig', () => {
  it('reads every key', () => {
    const text = [
      'project: shop',
      'scan_types: [iac, code]',
      'fail_on_severity: high',
      'severity_overrides:',
      '  B608: low',
      '  "@acme/rule": critical',
      'ignored_rules:',
      '  - dockerfile/DL001',
      '  - rule: secrets/generic-(classic)',
      '    reason: "made up for tests"',
      '    until: 2028-02-29',
      'semgrep_rules: [./rules//a.yml, rules/sub/../b/]',
      'baseline: .securescan/baseline.json',
      'ai: false',
      'licenses:',
      '  deny: [AGPL-*, SSPL-1.0]',
      '  warn:',
      '    - LGPL-2.1-or-later',
      '  allow: ["MIT", BSD-*, LicenseRef-Acme]',
    ].join('\n');
    expect(readProjectConfig(text, NAME)).toEqual({
      project: 'shop',
      scanTypes: ['code', 'iac'],
      failOnSeverity: 'high',
      severityOverrides: new Map([
        ['B608', 'low'],
        ['@acme/rule', 'critical'],
      ]),
      ignoredRules: [
        { rule: 'dockerfile/DL001', reason: null, until: null, line: 8 },
        {
          rule: 'secrets/generic-(classic)',
          reason: 'made up for tests',
          until: '2028-02-29',
          line: 9,
        },
      ],
      semgrepRules: ['rules/a.yml', 'rules/b'],
      baseline: '.securescan/baseline.json',
      ai: false,
      licenses: {
        deny: ['AGPL-*', 'SSPL-1.0'],
        warn: ['LGPL-2.1-or-later'],
        allow: ['MIT', 'BSD-*', 'LicenseRef-Acme'],
      },
    });
    expect(linted(text)).toEqual([]);
  });

  it.each([
    '',
    '# nothing yet\n',
    '---\n',
    'null',
    '\ufeff',
    'fail_on_severity:\nai: null\nseverity_overrides: {}\nignored_rules: []\nsemgrep_rules: []',
  ])('takes %j as saying nothing', (text) => {
    expect(readProjectConfig(text, NAME)).toEqual(EMPTY_CONFIG);
  });

  it.each([...SCAN_TYPES])('knows the type %s', (type) => {
    expect(readProjectConfig(`scan_types: [${type}]`, NAME).scanTypes).toEqual([type]);
  });

  it.each([...SEVERITIES])('knows the severity %s', (severity) => {
    expect(readProjectConfig(`fail_on_severity: ${severity}`, NAME).failOnSeverity).toBe(severity);
  });

  it('lets paths climb as far as the project reaches', () => {
    const text = 'semgrep_rules: [../../rules]\nbaseline: ../base.json';
    const nested = readProjectConfig(text, 'packages/shop/.securescan.yml');
    expect(nested).toMatchObject({ semgrepRules: ['../../rules'], baseline: '../base.json' });
    expect(complaintOf(text, 'shop/.securescan.yml')).toContain('leaves the project');
    expect(complaintOf(text, '/etc/securescan/a.yml')).toContain('leaves the project');
  });

  it('can be sent to another thread', () => {
    const config = readProjectConfig(
      'severity_overrides: {B608: low}\nlicenses: {deny: [MIT]}',
      NAME,
    );
    expect(structuredClone(config)).toEqual(config);
  });

  it('tells everything that is wrong, with its place', () => {
    const told = INVALID_CONFIGS.map((text) => {
      const { issues } = lintProjectConfig(text, NAME);
      const lines = issues.map(
        (issue) =>
          `${issue.level} ${issue.line}:${issue.column} [${issue.location ?? '-'}] ${issue.message}`,
      );
      return [
        ...text.split('\n').map((line) => `  | ${JSON.stringify(line).slice(1, -1)}`),
        ...lines,
      ];
    });
    expectGolden(
      join(GOLDENS, 'config-errors.txt'),
      `${told.map((lines) => lines.join('\n')).join('\n\n')}\n`,
    );
  });

  it.each(INVALID_CONFIGS)('refuses text %#', (text) => {
    expect(lintProjectConfig(text, NAME).config).toBeNull();
    expect(complaintOf(text)).toMatch(/^\.securescan\.yml:\d+:\d+: .*\.$/u);
  });

  it.each([
    [`licenses: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'it is nested too deeply'],
    [`licenses: {deny: [[[[[[1]]]]]]}`, 'it is nested too deeply'],
    ['#'.repeat(MAX_CONFIG_CHARACTERS + 1), '1:1: it is longer than 262144 characters'],
    [`scan_types: [${'code, '.repeat(30)}]`, '"scan_types" has more than 20 items'],
    [`ignored_rules: [${'a,'.repeat(5_001)}]`, '"ignored_rules" has more than 5000 items'],
    [`x: [${'a,'.repeat(60_000)}]`, 'it has too many entries'],
    [
      `severity_overrides:\n${Array.from({ length: 5_001 }, (_, n) => `  r${n}: low\n`).join('')}`,
      ':5002:3: "severity_overrides.r5000" is one too many: there may be 5000 here',
    ],
    [`project: ${'a'.repeat(201)}`, '"project" must have at most 200 characters'],
    [`${'a'.repeat(1_000)}: 1`, `"${'a'.repeat(100)}…" is not known; a configuration has`],
  ])('has bounds: %#', (text, complaint) => {
    expect(complaintOf(text)).toContain(complaint);
  });

  it.each([
    [
      'different names',
      Array.from({ length: 32_000 }, (_, n) => `${n.toString(36)}_: 1\n`).join(''),
    ],
    ['open braces', '{'],
    ['mappings', 'a: {b: 1}\n'],
  ])('reads the largest text that is allowed quickly: %s', (_name, part) => {
    const text = part.repeat(Math.ceil(MAX_CONFIG_CHARACTERS / part.length));
    const before = performance.now();
    complaintOf(text.slice(0, MAX_CONFIG_CHARACTERS));
    // It takes a second; comparing each name with all before it takes nine.
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it('keeps the first problems for whoever lists them, and counts the others', () => {
    expect.assertions(4);
    try {
      readProjectConfig(`licenses: {deny: [${'a,'.repeat(900)}]}`, NAME);
    } catch (error) {
      if (!(error instanceof ProjectConfigError)) throw error;
      expect(error.message).toMatch(/^\.securescan\.yml:1:19: .* \(899 more\)\.$/u);
      expect(error.problems).toHaveLength(200);
      expect(error.lines[1]).toMatch(/^\.securescan\.yml:1:21: "licenses\.deny\[1\]" is "a", /u);
      expect(error.details).toEqual({ problems: error.problems });
    }
  });

  it('throws nothing but its own error, whatever the text', () => {
    const pieces = fc.oneof(
      anyText(),
      fc.constantFrom(
        ...['licenses:\n', '  deny: [', '*a', '&a ', '- ', '{', '}', '"', '\n', '? ', '!!x '],
        ...['ignored_rules:\n', 'rule: ', 'until: ', 'semgrep_rules: ', '../', '<<: ', '\0'],
        ...['severity_overrides: {', 'project: ', '%YAML 1.1\n---\n', 'scan_types: [code', ': '],
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        expect(() => complaintOf(parts.join(''))).not.toThrow();
        expect(() => complaintOf(`licenses: ${parts.join('')}`)).not.toThrow();
      }),
    );
  });

  it('reads back whatever is written as JSON', () => {
    const line = anyText().filter((text) => /^[\x21-\x7e]+$/u.test(text) && text.length <= 200);
    const config = fc.record({
      project: line,
      severity_overrides: fc.dictionary(line, fc.constantFrom(...SEVERITIES)),
      ignored_rules: fc.array(fc.record({ rule: line, reason: line })),
    });
    fc.assert(
      fc.property(config, (written) => {
        const read = readProjectConfig(JSON.stringify(written), NAME);
        expect(read.project).toBe(written.project);
        expect(read.severityOverrides).toEqual(new Map(Object.entries(written.severity_overrides)));
        expect(read.ignoredRules.map(({ rule, reason }) => ({ rule, reason }))).toEqual(
          written.ignored_rules,
        );
      }),
    );
  });
});

describe('lintProjectConfig', () => {
  it('tells of an empty text that it is one', () => {
    expect(linted('# soon\n')).toEqual(['info 1:1 it is empty, so that the defaults apply']);
  });

  it.each([
    '@acme/rule',
    'GHSA-aaaa-bbbb-cccc',
    'python:S1234',
    'secrets/generic-(classic)',
    'CKV_AWS_20',
    'open-port-23',
    'javascript.lang.security.audit',
  ])('takes %s for an id', (rule) => {
    expect(linted(`ignored_rules: ["${rule}"]\nseverity_overrides: {"${rule}x": low}`)).toEqual([]);
  });

  it.each(['B60*', ' B608', 'B608 ', '-x', 'a b', 'a, b'])('warns of the id %j', (rule) => {
    const config = `ignored_rules: ["${rule}"]\nseverity_overrides: {"${rule}x": low}`;
    expect(linted(config)).toEqual([
      expect.stringMatching(/^warning 1:17 "ignored_rules\[0\]" is ".*", which looks like no id/u),
      expect.stringMatching(
        /^warning 2:22 "severity_overrides\..*" is ".*", which looks like no id/u,
      ),
    ]);
    expect(readProjectConfig(config, NAME).ignoredRules[0]?.rule).toBe(rule);
  });

  it('warns of what contradicts or repeats itself', () => {
    const text = [
      'severity_overrides:',
      '  B608: low',
      'ignored_rules: [B608, x, {rule: x, reason: again}]',
      'scan_types: [code, code]',
    ].join('\n');
    expect(linted(text)).toEqual([
      'warning 2:3 "severity_overrides.B608" is ignored on line 3, so that its severity shows nowhere',
      'warning 3:26 "ignored_rules[2]" names x, which stands on line 3 already',
      'warning 4:20 "scan_types[1]" names code a second time',
    ]);
  });

  it('warns of what has ended only when it is told the day', () => {
    const text = 'ignored_rules: [{rule: x, until: 2027-03-01}]';
    expect(linted(text)).toEqual([]);
    expect(linted(text, '2027-03-01')).toEqual([]);
    expect(linted(text, '2027-03-02')).toEqual([
      'warning 1:34 "ignored_rules[0].until" was 2027-03-01, which is over',
    ]);
  });

  it('puts errors first, and still reads what is right', () => {
    const text = 'ignored_rules: ["a b"]\nfail_on_severity: hihg\n';
    const { config, issues, counts } = lintProjectConfig(text, NAME);
    expect(config).toBeNull();
    expect(issues.map(({ level }) => level)).toEqual(['error', 'warning']);
    expect(counts).toEqual({ error: 1, warning: 1, info: 0 });
  });

  it('tells where each key stands', () => {
    const { places } = lintProjectConfig('ai: true\n\nsemgrep_rules:\n  - a\n  - b\n', NAME);
    expect(Object.fromEntries(places)).toEqual({
      ai: { line: 1, column: 1 },
      semgrep_rules: { line: 3, column: 1 },
      'semgrep_rules[0]': { line: 4, column: 5 },
      'semgrep_rules[1]': { line: 5, column: 5 },
    });
  });
});
