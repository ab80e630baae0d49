import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanType } from '@securescan/contracts';
import { compareCodePoints, isActive, severityRank, type Finding } from '@securescan/core';
import { runScan, SlotScheduler, type ScanResult } from '@securescan/scan-engine';
import { describeWithTool, startNpmRegistry } from '@securescan/testing';
import { createHostPorts } from './host-ports';
import { resolveTarget } from './target';

const EXAMPLES = join(__dirname, '../../../examples');
const SHOP = join(EXAMPLES, 'vulnerable-shop');
const SAFETY_DATABASE = join(
  __dirname,
  '../../scan-engine/src/scanners/__fixtures__/safety/database',
);
/** The scanners that can run over a tree on a machine without a network, with the least number of defects of each. */
const SCANNERS = [
  'bandit',
  'baseline',
  'checkov',
  'dockerfile',
  'git-hygiene',
  'licenses',
  'npm-audit',
  'safety',
  'secrets',
  'semgrep',
] as const;
const TOOLS = ['semgrep', 'bandit', 'checkov', 'safety', 'npm', 'git'];
const LEAST_DEFECTS = 2;
/** Its `etc` is judged as if it were a host's. */
const HOST = 'deploy/host';

interface Defect {
  readonly scanner: string;
  readonly rule: string;
  readonly file: string;
  /** `-` where the finding is about the whole file. */
  readonly line: string;
}

const listed = readDefects();

describe('the list of the vulnerable shop', () => {
  it.each(SCANNERS)('names defects for %s', (scanner) => {
    const count = listed.filter((defect) => defect.scanner === scanner).length;
    expect(count).toBeGreaterThanOrEqual(LEAST_DEFECTS);
  });

  it('names each defect once', () => {
    const keys = listed.map(toKey);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describeWithTool(TOOLS, 'a scan of the vulnerable shop', () => {
  let work: string;
  let results: readonly ScanResult[];

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'securescan-shop-'));
    results = await scanExample('vulnerable-shop', work);
  }, 300_000);

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  it('completes with every scanner', () => {
    expect(endsOf(results)).toEqual(SCANNERS.map((scanner) => [scanner, 'completed', null]));
  });

  it('finds every defect on the list', () => {
    const reported = new Set(findingsOf(results).flatMap(reportersOf));
    expect(listed.map(toKey).filter((key) => !reported.has(key))).toEqual([]);
  });

  it('finds nothing serious that is not on the list', () => {
    const known = new Set(listed.map(toKey));
    const unlisted = findingsOf(results)
      .filter(({ severity }) => severityRank(severity) >= severityRank('high'))
      .filter((finding) => !reportersOf(finding).some((key) => known.has(key)))
      .map((finding) => `${finding.severity} ${reportersOf(finding).join(' = ')}`);
    expect(unlisted).toEqual([]);
  });

  it('shows what a comment in the code mutes, and does not count it', () => {
    const muted = findingsOf(results).filter((finding) => !isActive(finding));
    expect(muted.map(({ ruleId, filePath }) => [ruleId, filePath])).toEqual([
      ['CKV_AWS_144', 'deploy/main.tf'],
    ]);
    expect(results[0]?.summary.suppressedFindings).toBe(1);
  });
});

describeWithTool(TOOLS, 'a scan of its careful twin', () => {
  it('completes with every scanner and finds nothing', async () => {
    const work = mkdtempSync(join(tmpdir(), 'securescan-shop-'));
    try {
      const results = await scanExample('careful-shop', work);
      expect(endsOf(results)).toEqual(SCANNERS.map((scanner) => [scanner, 'completed', null]));
      expect(findingsOf(results).flatMap(reportersOf)).toEqual([]);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }, 300_000);
});

/**
 * A copy that is a repository of its own, so that its files are tracked wherever this checkout came from: one scan of the tree,
 * one of the host in it.
 */
async function scanExample(name: string, work: string): Promise<readonly ScanResult[]> {
  const shop = join(work, 'shop');
  cpSync(join(EXAMPLES, name), shop, { recursive: true });
  // git keeps no modes.
  chmodSync(join(shop, HOST, 'etc/shadow'), 0o640);
  git(shop, 'init', '--quiet');
  git(shop, 'add', '--all', '--force');
  const registry = await startNpmRegistry();
  const ports = createHostPorts({ journalDirectory: join(work, 'journal') });
  const scan = async (path: string, scanTypes: readonly ScanType[]): Promise<ScanResult> => {
    const tools = { npmRegistry: registry.url, safetyDatabase: SAFETY_DATABASE };
    return runScan(
      {
        target: await resolveTarget(path, { cwd: work }),
        scanTypes,
        options: { semgrepRules: [], tools },
        scanners: SCANNERS,
        lane: new SlotScheduler(2).lane(),
        signal: new AbortController().signal,
      },
      ports,
      () => undefined,
    );
  };
  try {
    return [
      await scan(shop, ['code', 'dependency', 'iac']),
      await scan(join(shop, HOST), ['baseline']),
    ];
  } finally {
    registry.close();
  }
}

function endsOf(results: readonly ScanResult[]): unknown[][] {
  return results
    .flatMap(({ outcomes }) => outcomes)
    .map(({ scanner, status, reason }) => [scanner, status, reason])
    .sort(([a], [b]) => compareCodePoints(String(a), String(b)));
}

function findingsOf(results: readonly ScanResult[]): Finding[] {
  return results.flatMap(({ findings }) => findings);
}

function git(directory: string, ...args: readonly string[]): void {
  const env = { PATH: process.env['PATH'], HOME: directory, GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', [...args], { cwd: directory, env, stdio: 'pipe' });
}

/** A merged finding stands for all that reported it. */
function reportersOf(finding: Finding): string[] {
  const file = finding.filePath ?? '-';
  const line = finding.lineStart === null ? '-' : String(finding.lineStart);
  return finding.aliases.map(({ scanner, ruleId }) => toKey({ scanner, rule: ruleId, file, line }));
}

function toKey({ scanner, rule, file, line }: Defect): string {
  return `${scanner} ${rule} ${file}:${line}`;
}

/** The rows of the table in the shop's README. */
function readDefects(): readonly Defect[] {
  return readFileSync(join(SHOP, 'README.md'), 'utf8')
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter((cells) => SCANNERS.some((name) => name === cells[1]))
    .map(([, scanner = '', rule = '', file = '', line = '']) => ({ scanner, rule, file, line }));
}
