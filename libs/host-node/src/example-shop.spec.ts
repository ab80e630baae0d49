import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCodePoints, severityRank, type Finding } from '@securescan/core';
import { runScan, SlotScheduler, type ScanResult } from '@securescan/scan-engine';
import { describeWithTool } from '@securescan/testing';
import { createHostPorts } from './host-ports';
import { resolveTarget } from './target';

const SHOP = join(__dirname, '../../../examples/vulnerable-shop');
/** The scanners that need no network, with the least number of defects that the shop must show of each. */
const SCANNERS = ['bandit', 'dockerfile', 'git-hygiene', 'secrets', 'semgrep'] as const;
const LEAST_DEFECTS = 2;

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

describeWithTool(['semgrep', 'bandit', 'git'], 'a scan of the vulnerable shop', () => {
  let work: string;
  let result: ScanResult;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'securescan-shop-'));
    result = await scanShop(work);
  }, 240_000);

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  it('completes with every scanner', () => {
    const ends = result.outcomes
      .filter(({ scanner }) => SCANNERS.some((name) => name === scanner))
      .map(({ scanner, status, reason }) => [scanner, status, reason]);
    expect(ends.sort(([a], [b]) => compareCodePoints(String(a), String(b)))).toEqual(
      SCANNERS.map((scanner) => [scanner, 'completed', null]),
    );
  });

  it('finds every defect on the list', () => {
    const reported = new Set(result.findings.flatMap(reportersOf));
    expect(listed.map(toKey).filter((key) => !reported.has(key))).toEqual([]);
  });

  it('finds nothing serious that is not on the list', () => {
    const known = new Set(listed.map(toKey));
    const unlisted = result.findings
      .filter(({ severity }) => severityRank(severity) >= severityRank('high'))
      .filter((finding) => !reportersOf(finding).some((key) => known.has(key)))
      .map((finding) => `${finding.severity} ${reportersOf(finding).join(' = ')}`);
    expect(unlisted).toEqual([]);
  });
});

/** A copy that is a repository of its own, so that its files are tracked wherever this checkout came from. */
async function scanShop(work: string): Promise<ScanResult> {
  const shop = join(work, 'shop');
  cpSync(SHOP, shop, { recursive: true });
  git(shop, 'init', '--quiet');
  git(shop, 'add', '--all', '--force');
  const ports = createHostPorts({ journalDirectory: join(work, 'journal') });
  return runScan(
    {
      target: await resolveTarget(shop, { cwd: work }),
      scanTypes: ['code', 'iac'],
      options: { semgrepRules: [] },
      scanners: null,
      lane: new SlotScheduler(2).lane(),
      signal: new AbortController().signal,
    },
    ports,
    () => undefined,
  );
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
