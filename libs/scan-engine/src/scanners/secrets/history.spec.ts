import { OperationalError } from '@securescan/core';
import { aFileTree, aGitRepository, anInspectContext, randomToken } from '@securescan/testing';
import type { AddedLines, GitRepository, HistoryScope } from '../../ports';
import type { ScannerReport, ScanTarget } from '../../scanner';
import { RULE_ID } from '../scanner.contract';
import { secretsScanner } from './scanner';

const GITHUB_TOKEN = `ghp_${randomToken(36, 2)}`;
const OTHER_TOKEN = `ghp_${randomToken(36, 7)}`;
const PASSWORD = `v9${randomToken(14, 3)}`;
const NEW = 'a'.repeat(40);
const OLD = 'b'.repeat(40);

interface Situation {
  readonly history?: readonly AddedLines[];
  readonly notes?: readonly string[];
  readonly files?: Readonly<Record<string, string | null>>;
  readonly ignored?: readonly string[];
}

function inspect(
  git: GitRepository | null,
  files: Readonly<Record<string, string | null>> = {},
  target: ScanTarget = { root: '/p', path: '/p', project: 'p' },
): Promise<ScannerReport> {
  const context = anInspectContext({
    target,
    git,
    files: aFileTree(files),
    options: { semgrepRules: [], history: true },
  });
  return secretsScanner.inspectBeyond?.(context) ?? Promise.reject(new Error('no look beyond'));
}

function historyOf({ history, notes, files, ignored }: Situation): Promise<ScannerReport> {
  const git = aGitRepository({
    ...(history === undefined ? {} : { history }),
    ...(notes === undefined ? {} : { historyNotes: notes }),
    ...(ignored === undefined ? {} : { ignored }),
  });
  return inspect(git, files);
}

async function found(situation: Situation): Promise<string[]> {
  const { findings } = await historyOf(situation);
  return findings.map(({ ruleId, filePath }) => `${ruleId} ${filePath ?? '-'}`);
}

function added(path: string, lines: readonly string[], commit = NEW): AddedLines {
  return { commit, path, lines };
}

describe('secrets in the history of git', () => {
  it('are looked for on request only', async () => {
    const git = aGitRepository({ history: [added('a.js', [`k='${GITHUB_TOKEN}'`])] });
    const report = await secretsScanner.inspectBeyond?.(anInspectContext({ git }));
    expect(report).toEqual({ findings: [], assessed: [], skipped: [], notes: [] });
  });

  it('are reported with the commit, without a line and without their value', async () => {
    const report = await historyOf({ history: [added('src/a.js', ['x', `k='${GITHUB_TOKEN}'`])] });
    expect(report.findings).toMatchObject([
      {
        ruleId: 'secrets/git-history-github-token',
        severity: 'critical',
        filePath: 'src/a.js',
        lineStart: null,
        lineEnd: null,
        cwe: 'CWE-798',
        metadata: { commit: NEW },
      },
    ]);
    expect(report.findings[0]?.discriminator).toMatch(/^<github-token:[0-9a-f]{4}>$/u);
    expect(report.findings[0]?.ruleId).toMatch(RULE_ID);
    const shown = JSON.stringify(report);
    for (let at = 0; at + 6 <= GITHUB_TOKEN.length; at += 1) {
      if (at >= 4) expect(shown).not.toContain(GITHUB_TOKEN.slice(at, at + 6));
    }
  });

  it('are one finding for each file, of the commit that added it first', async () => {
    const history = [
      added('a.js', [`key = '${GITHUB_TOKEN}'`], NEW),
      added('a.js', [`k='${GITHUB_TOKEN}'`, `l='${GITHUB_TOKEN}'`], OLD),
      added('b.js', [`k='${GITHUB_TOKEN}'`, `l='${OTHER_TOKEN}'`], NEW),
    ];
    const { findings } = await historyOf({ history });
    expect(findings.map(({ filePath, metadata }) => [filePath, metadata['commit']])).toEqual([
      ['a.js', OLD],
      ['b.js', NEW],
      ['b.js', NEW],
    ]);
    expect(new Set(findings.map(({ discriminator }) => discriminator)).size).toBe(2);
  });

  it('are left to the file that still holds them', async () => {
    const lines = [`k='${GITHUB_TOKEN}'`, `l='${OTHER_TOKEN}'`];
    const files = { 'a.js': `\n  key: "${GITHUB_TOKEN}"\n`, 'other.js': lines.join('\n') };
    const { findings } = await historyOf({ history: [added('a.js', lines)], files });
    expect(findings).toHaveLength(1);
    const [other] = (await historyOf({ history: [added('a.js', lines.slice(1))] })).findings;
    expect(findings[0]?.discriminator).toBe(other?.discriminator);
  });

  it('are reported of a file that is there, but that nobody reads', async () => {
    const line = `DB_PASSWORD=${PASSWORD}`;
    const situation = { history: [added('.env', [line])], files: { '.env': line } };
    expect(await found(situation)).toEqual([]);
    expect(await found({ ...situation, ignored: ['.env'] })).toEqual([
      'secrets/git-history-env-file-secret .env',
    ]);
  });

  it('are judged as in files: names of keys count in environment files alone', async () => {
    const lines = [
      `DB_PASSWORD=${PASSWORD}`,
      `GITHUB_TOKEN=${GITHUB_TOKEN}`,
      'DB_PASSWORD=changeme',
    ];
    const history = ['.env.production', '.env.example', 'yarn.lock'].map((path) =>
      added(path, lines),
    );
    expect(await found({ history })).toEqual([
      'secrets/git-history-github-token .env.example',
      'secrets/git-history-env-file-secret .env.production',
      'secrets/git-history-github-token .env.production',
    ]);
  });

  it('are found once in a very long line', async () => {
    const line = `${';'.repeat(32_700)}"${GITHUB_TOKEN}"${';'.repeat(100_000)}`;
    expect(await found({ history: [added('app.min.js', [line])] })).toEqual([
      'secrets/git-history-github-token app.min.js',
    ]);
  });

  it('tell private keys apart by more than their first line', async () => {
    const key = (seed: number): string[] => [
      ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' '),
      randomToken(64, seed),
      ['-----END', 'PRIVATE', 'KEY-----'].join(' '),
    ];
    const history = [added('id', key(1), NEW), added('id', key(2), OLD)];
    const files = { id: `${key(1).join('\r\n')}\r\nmore\r\n` };
    const { findings } = await historyOf({ history, files });
    expect(findings).toMatchObject([
      { ruleId: 'secrets/git-history-private-key', metadata: { commit: OLD } },
    ]);
  });

  it('do not mistake what stands behind the name of a key for the key', async () => {
    const header = `const header = '${['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ')}';`;
    const history = [added('a.js', [header, 'const other = 1;'])];
    expect(await found({ history, files: { 'a.js': `${header}\nconst changed = 2;\n` } })).toEqual(
      [],
    );
  });

  it('come with notes about what was not read', async () => {
    const notes = ['budget exceeded: git history: read only the newest 2 commits'];
    expect((await historyOf({ notes })).notes).toEqual(notes);
    expect(await inspect(null)).toEqual({
      findings: [],
      assessed: [],
      skipped: [],
      notes: ['git history was not read: not a git repository, or git is missing'],
    });
  });

  it('are bounded', async () => {
    const history = [
      added(
        'a.js',
        Array.from({ length: 5_001 }, (_, at) => `k='ghp_${randomToken(36, at + 100)}'`),
      ),
    ];
    const { findings, notes } = await historyOf({ history });
    expect(findings).toHaveLength(5_000);
    expect(notes).toEqual(['budget exceeded: git history: reported only 5000 of its secrets']);
  });

  it('are read for the target alone, without the directories that scans leave out', async () => {
    const scopes: HistoryScope[] = [];
    const git: GitRepository = {
      ...aGitRepository(),
      readHistory: (scope) => Promise.resolve([...(scopes.push(scope), [])]),
    };
    await inspect(git, {}, { root: '/p', path: '/p/build/web', project: 'p' });
    await inspect(git);
    expect(scopes.map(({ path }) => path)).toEqual(['build/web', '']);
    expect(scopes[0]?.skippedDirectories).not.toContain('build');
    expect(scopes[1]?.skippedDirectories).toContain('build');
  });

  it('make the scanner fail where git cannot read them', async () => {
    const git: GitRepository = {
      ...aGitRepository(),
      readHistory: () => Promise.reject(new OperationalError('TOOL_FAILED', 'object missing')),
    };
    await expect(inspect(git)).rejects.toThrow('object missing');
  });
});
