import { OperationalError, redactSecrets, type ParsedFinding } from '@securescan/core';
import { aFileTree, aGitRepository, randomToken } from '@securescan/testing';
import type { GitRepository } from '../../ports';
import type { FileReport } from '../../file-report';
import { secretsScanner } from './scanner';

const AWS_KEY = `AKIA${randomToken(16, 1, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
const GITHUB_TOKEN = `ghp_${randomToken(36, 2)}`;
const PASSWORD = `v9${randomToken(14, 3)}`;

const never = new AbortController().signal;

async function inspect(
  contents: Readonly<Record<string, string | null>>,
  git: GitRepository | null = null,
  root = '/srv/project',
): Promise<Pick<FileReport, 'findings' | 'notes'>> {
  const target = { root, path: root, project: root };
  const files = aFileTree(contents);
  const { files: selected, notes } = await secretsScanner.select({
    target,
    files,
    git,
    signal: never,
  });
  const reports: FileReport[] = [];
  for (const path of selected) {
    const text = await files.readText(path);
    if (text !== null) reports.push(secretsScanner.inspectFile(path, text, 100));
  }
  return {
    findings: reports.flatMap(({ findings }) => findings),
    notes: [...reports.flatMap((report) => report.notes), ...notes],
  };
}

async function placesOf(contents: Readonly<Record<string, string | null>>): Promise<string[]> {
  const { findings } = await inspect(contents);
  return findings.map(
    ({ ruleId, filePath, lineStart, metadata }) =>
      `${ruleId} ${filePath ?? ''}:${String(lineStart)}:${JSON.stringify(metadata['column'])}`,
  );
}

describe('secrets scanner', () => {
  it('reports every match, two on one line too, with line and column', async () => {
    const text = `// keys\nconst a = '${AWS_KEY}', b = '${GITHUB_TOKEN}';\n\nconst c = '${AWS_KEY}';\n`;
    const second = `const a = '${AWS_KEY}', b = '`.length + 1;
    expect(await placesOf({ 'src/keys.js': text })).toEqual([
      'secrets/aws-access-key src/keys.js:2:12',
      `secrets/github-token src/keys.js:2:${String(second)}`,
      'secrets/aws-access-key src/keys.js:4:12',
    ]);
  });

  it('repeats no value anywhere', async () => {
    const report = await inspect({
      'a.ts': `const k = '${AWS_KEY}'; // ${GITHUB_TOKEN}`,
      '.env': `DB_PASSWORD=${PASSWORD}\nTOKEN='${GITHUB_TOKEN}'\n`,
      'dist.js': `${'x='.repeat(40_000)}"${GITHUB_TOKEN}"`,
    });
    expect(report.findings).toHaveLength(5);
    const shown = JSON.stringify(report);
    for (const value of [AWS_KEY, GITHUB_TOKEN, PASSWORD]) {
      expect(shown).not.toContain(value);
      expect(shown).not.toContain(value.slice(4, 16));
    }
  });

  it('judges the value, not words beside it or the place of the file', async () => {
    const line = `const key = '${AWS_KEY}'; // TODO example, see {...rest} and test_key`;
    const roots = ['/srv/latest_x/mockups', '/srv/fixture/test_/build', '/plain'];
    for (const root of roots) {
      const report = await inspect({ 'src/mock/a.test.js': line }, null, root);
      expect(report.findings).toHaveLength(1);
    }
  });

  it.each(['package-lock.json', 'web/yarn.lock', 'go.sum'])('leaves out %s', async (path) => {
    expect(await placesOf({ [path]: `integrity: ${GITHUB_TOKEN}` })).toEqual([]);
  });

  it('wants to see every file but the lock files', async () => {
    const target = { root: '/p', path: '/p', project: 'p' };
    const files = aFileTree({ 'a.txt': '', 'b.png': null, 'c/go.sum': '' });
    const selection = await secretsScanner.select({ target, files, git: null, signal: never });
    expect(selection).toEqual({ files: ['a.txt', 'b.png'], notes: [] });
  });

  describe('with a very long line', () => {
    const secret = `"${GITHUB_TOKEN}"`;

    it.each([0, 1, 32_700, 32_767, 32_768, 32_769, 45_000, 65_500, 98_304])(
      'finds a secret at column %i exactly once',
      async (column) => {
        const line = `${';'.repeat(column)}${secret}${';'.repeat(100_000)}`;
        const report = await inspect({ 'app.min.js': line });
        expect(report.findings.map(({ metadata }) => metadata['column'])).toEqual([column + 2]);
        expect(report.notes).toEqual(['app.min.js: 1 very long line, read piece by piece']);
      },
    );

    it('tells its matches apart by what stands around them', async () => {
      const other = `ghp_${randomToken(36, 9)}`;
      const filler = ';'.repeat(60_000);
      const { findings } = await inspect({ 'a.js': `x="${GITHUB_TOKEN}"${filler}y="${other}"` });
      const contexts = findings.map(({ discriminator }) => discriminator ?? '');
      expect(new Set(contexts).size).toBe(2);
      for (const context of contexts) expect(context).toMatch(/<github-token:[0-9a-f]{4}>/);
    });
  });

  describe('in environment files', () => {
    const reported: [string, string][] = [
      ['a bare value', `DB_PASSWORD=${PASSWORD}`],
      ['a quoted value', `export SESSION_SECRET = "${PASSWORD}" # rotate`],
      ['a key in camel case', `apiToken=${PASSWORD}`],
    ];
    it.each(reported)('reports %s once', async (_name, line) => {
      const { findings } = await inspect({ '.env.production': `A=1\n${line}\n` });
      expect(findings).toMatchObject([{ lineStart: 2, cwe: 'CWE-798' }]);
      expect(redactSecrets(line)).not.toContain(PASSWORD);
    });

    it('names the key by the rule for such files where no pattern knows the value', async () => {
      expect(await placesOf({ 'web/.env': `DB_PASSWORD=${PASSWORD}` })).toEqual([
        'secrets/env-file-secret web/.env:1:13',
      ]);
    });

    it('leaves a value to the pattern that knows it better', async () => {
      expect(await placesOf({ '.env': `GITHUB_TOKEN=${GITHUB_TOKEN}` })).toEqual([
        'secrets/github-token .env:1:14',
      ]);
    });

    it.each([
      'DB_PASSWORD=',
      'DB_PASSWORD=changeme',
      'DB_PASSWORD=${VAULT_PASSWORD}',
      '# DB_PASSWORD=q7Rt2mZw9',
      'AUTH_ENABLED=true',
      'TOKEN_URL=https://login.example.com/token',
      'MONKEY=chimpanzee',
      'JWT_PUBLIC_KEY=abcdefghijkl',
      'SECRET_FILE=/run/secrets/session',
    ])('is silent on %s', async (line) => {
      expect(await placesOf({ '.env': line })).toEqual([]);
    });

    it.each(['.env.example', '.env.sample', '.env.template', 'settings.py'])(
      'does not take %s for one',
      async (path) => {
        expect(await placesOf({ [path]: `DB_PASSWORD=${PASSWORD}` })).toEqual([]);
      },
    );

    it('leaves out the local one that git ignores, and says so', async () => {
      const contents = { '.env': `DB_PASSWORD=${PASSWORD}`, 'a.js': `k='${AWS_KEY}'` };
      const report = await inspect(contents, aGitRepository({ ignored: ['.env'] }));
      expect(report.findings.map(({ filePath }: ParsedFinding) => filePath)).toEqual(['a.js']);
      expect(report.notes).toEqual(['1 environment file left out, because git ignores them']);
    });

    it('reads the one that git tracks although a rule ignores it', async () => {
      const git = aGitRepository({ ignored: ['.env'], tracked: ['.env'] });
      const report = await inspect({ '.env': `DB_PASSWORD=${PASSWORD}` }, git);
      expect(report.findings).toHaveLength(1);
    });
  });

  it('reads everything where git does not answer', async () => {
    const broken: GitRepository = {
      ...aGitRepository(),
      trackedFiles: () => Promise.reject(new OperationalError('TOOL_FAILED', 'index damaged')),
    };
    const report = await inspect({ '.env': `DB_PASSWORD=${PASSWORD}` }, broken);
    expect(report.findings).toHaveLength(1);
  });
});
