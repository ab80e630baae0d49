import { spawnSync } from 'node:child_process';
import { aCommandContext, aFileTree } from '@securescan/testing';
import type { ScanOptions, ToolPlan } from '../scanner';
import { describeParserContract } from './parser.contract';
import { parseTrivy, trivyScanner } from './trivy';

describeParserContract('trivy', parseTrivy, { subject: '' });

describe('parseTrivy', () => {
  const report = (vulnerability: object, result: object = {}): string =>
    JSON.stringify({
      SchemaVersion: 2,
      Results: [
        {
          Target: 'package-lock.json',
          Class: 'lang-pkgs',
          Type: 'npm',
          Vulnerabilities: [{ VulnerabilityID: 'CVE-1', PkgName: 'a', ...vulnerability }],
          ...result,
        },
      ],
    });

  it('places targets in the project, whatever directory was scanned', () => {
    const { findings, assessed } = parseTrivy(report({}), 'web/shop');
    expect(findings[0]?.filePath).toBe('web/shop/package-lock.json');
    expect(assessed).toEqual(['web/shop/package-lock.json']);
  });

  it.each([
    ['CRITICAL', 'critical'],
    ['Medium', 'medium'],
    ['UNKNOWN', 'info'],
    [null, 'info'],
  ])('takes severity %s as %s', (Severity, expected) => {
    expect(parseTrivy(report({ Severity }), '').findings[0]?.severity).toBe(expected);
  });

  it('does with nulls wherever a list may stand', () => {
    const nothing = {
      CweIDs: null,
      References: null,
      VendorIDs: null,
      CVSS: null,
      PkgIdentifier: null,
    };
    expect(parseTrivy(report(nothing), '').findings).toMatchObject([
      { ruleId: 'CVE-1', cwe: 'CWE-1395', remediation: null, discriminator: 'a' },
    ]);
    expect(parseTrivy('{"SchemaVersion":2,"Results":null}', '')).toMatchObject({ findings: [] });
    expect(parseTrivy('{"SchemaVersion":2}', '').assessed).toEqual([]);
  });

  it('shows the newest score of the first who gives one', () => {
    const CVSS = {
      ghsa: { V3Score: 5, V3Vector: 'ghsa' },
      nvd: { V2Score: 1, V3Score: 7.5, V3Vector: 'nvd' },
    };
    expect(parseTrivy(report({ CVSS }), '').findings[0]?.metadata['cvss']).toEqual({
      score: 7.5,
      vector: 'nvd',
    });
  });

  it('tells two packages with one vulnerability apart', () => {
    const { findings } = parseTrivy(
      JSON.stringify({
        SchemaVersion: 2,
        Results: [
          {
            Target: 'go.sum',
            Vulnerabilities: [
              { VulnerabilityID: 'CVE-1', PkgName: 'a' },
              { VulnerabilityID: 'CVE-1', PkgName: 'b' },
            ],
          },
        ],
      }),
      '',
    );
    expect(findings.map(({ discriminator }) => discriminator)).toEqual(['a', 'b']);
  });
});

describe('the command of trivy', () => {
  async function plan(path: string, tools: ScanOptions['tools'] = {}): Promise<ToolPlan> {
    return trivyScanner.plan(
      aCommandContext({
        target: { root: '/p', path, project: 'p' },
        options: { semgrepRules: [], tools },
        files: aFileTree({ 'web/package-lock.json': '{}' }),
      }),
    );
  }

  it.each([
    ['/p', ''],
    ['/p/web', 'web'],
    ['/p/web/package-lock.json', 'web'],
  ])('over %s is about "%s"', async (path, subject) => {
    const { commands } = await plan(path);
    expect(commands[0]?.subject).toBe(subject);
    expect(commands[0]?.args.slice(-2)).toEqual(['--', path]);
  });

  it('never asks the servers that a build file names', async () => {
    expect((await plan('/p')).commands[0]?.args).toContain('--offline-scan');
  });

  it('works without a network over a database that it takes as it is', async () => {
    const tools = { trivyCache: '/srv/trivy', trivySkipDbUpdate: true };
    const [command] = (await plan('/p', tools)).commands;
    expect(command?.args).toEqual(
      expect.arrayContaining(['--cache-dir=/srv/trivy', '--skip-db-update', '--offline-scan']),
    );
    expect(trivyScanner.needsNetwork({ semgrepRules: [], tools })).toBe(false);
    expect(trivyScanner.needsNetwork({ semgrepRules: [] })).toBe(true);
    expect(trivyScanner.directories?.({ semgrepRules: [], tools })).toEqual({
      writable: ['/srv/trivy'],
    });
  });

  const isInstalled = spawnSync('trivy', ['--version']).status === 0;
  if (!isInstalled) process.stderr.write('skipped: the flags of trivy itself (not on PATH)\n');

  (isInstalled ? it : it.skip)('is one that trivy itself understands', async () => {
    const [command] = (await plan('/nowhere', { trivySkipDbUpdate: true })).commands;
    const { stderr } = spawnSync('trivy', command?.args ?? [], { encoding: 'utf8' });
    expect(stderr).not.toMatch(/unknown (?:flag|command)|usage:/iu);
  });
});
