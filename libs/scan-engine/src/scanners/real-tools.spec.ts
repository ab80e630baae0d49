import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { aCommandContext, aFileTree, describeWithTool, findOnPath } from '@securescan/testing';
import type { FileTree } from '../ports';
import type { ExternalScanner, ScannerReport } from '../scanner';
import { banditScanner } from './bandit';
import { semgrepScanner } from './semgrep';
import { directoriesToSkip } from './skipped-directories';

const FIXTURES = join(__dirname, '__fixtures__');

let workspace: string;

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'scanner-')));
});

afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
});

interface Run {
  readonly exitCode: number | null;
  readonly report: ScannerReport;
}

/** Runs the tool as the engine does: with a HOME and a working directory of its own. */
async function run(
  scanner: ExternalScanner,
  path: string,
  rules: {
    readonly named?: readonly string[];
    readonly root?: string;
    readonly files?: FileTree;
  } = {},
): Promise<Run> {
  const home = join(workspace, 'home');
  mkdirSync(home, { recursive: true });
  const { commands } = await scanner.plan(
    aCommandContext({
      target: { root: rules.root ?? path, path, project: 'p' },
      options: { semgrepRules: rules.named ?? [] },
      files: rules.files ?? aFileTree({ 'a.py': '' }),
      rulePack: join(FIXTURES, 'semgrep/rules/first-severities.yml'),
    }),
  );
  const args = commands[0]?.args ?? [];
  const executable = findOnPath(scanner.tool.executable) ?? '';
  const env = { PATH: `${dirname(executable)}:/usr/bin:/bin`, HOME: home, ...scanner.tool.env };
  const { status, stdout } = spawnSync(executable, args, { cwd: home, env, encoding: 'utf8' });
  return { exitCode: status, report: scanner.parse(stdout, '') };
}

function place(files: Readonly<Record<string, string>>, name = 'tree'): string {
  const tree = join(workspace, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return tree;
}

function filesOf({ report }: Run, tree: string): string[] {
  const paths = report.findings.map(({ filePath }) => filePath ?? '');
  return [...new Set(paths.map((path) => path.slice(tree.length + 1)))].sort((a, b) =>
    a < b ? -1 : 1,
  );
}

describeWithTool(['semgrep'], 'semgrep itself', () => {
  jest.setTimeout(120_000);

  it('finds what the captured output says, whatever the tree asks for', async () => {
    const tree = join(workspace, 'tree');
    cpSync(join(FIXTURES, 'semgrep/tree'), tree, { recursive: true });
    const { exitCode, report } = await run(semgrepScanner, tree);
    expect(semgrepScanner.successExitCodes).toContain(exitCode);
    expect(
      report.findings.map(({ ruleId, lineStart }) => `${ruleId}:${String(lineStart)}`),
    ).toEqual(['fixture.weak-hash:5', 'fixture.debug-output:2', 'fixture.text-as-code:4']);
    expect(report.notes).toHaveLength(1);
  });

  it('reads what our walk lists: tests and ignored files, but no packages of others', async () => {
    const text = 'eval(location.hash);\n';
    const tree = place({
      'a.js': text,
      'tests/a.js': text,
      'vendor/a.js': text,
      'ignored/a.js': text,
      '.hidden/a.js': text,
      'node_modules/x/a.js': text,
      'web/dist/a.js': text,
      '.gitignore': 'ignored/\n',
      '.semgrepignore': 'tests/\n',
    });
    spawnSync('git', ['init', '-q', tree]);
    expect(filesOf(await run(semgrepScanner, tree), tree)).toEqual([
      '.hidden/a.js',
      'a.js',
      'ignored/a.js',
      'tests/a.js',
      'vendor/a.js',
    ]);
  });

  it('is not misled by names above the target', async () => {
    const tree = place({ 'build/web/a.js': 'eval(x);\n' }, 'node_modules');
    const target = join(tree, 'build/web');
    expect(filesOf(await run(semgrepScanner, target, { root: tree }), target)).toEqual(['a.js']);
  });

  it('keeps the ids of named rules as their author wrote them', async () => {
    const tree = place({ 'a.js': 'eval(x);\n' });
    const named = [join(FIXTURES, 'semgrep/rules/second-severities.yml')];
    const { report } = await run(semgrepScanner, tree, { named });
    expect(report.findings).toMatchObject([
      { ruleId: 'fixture.text-as-code', severity: 'critical' },
    ]);
  });

  it('ends with a code that counts as failed for rules that are missing or broken', async () => {
    const tree = place({ 'a.js': 'eval(x);\n', '../broken.yml': 'rules: [{id: a}]\n' });
    for (const named of [[join(workspace, 'nowhere.yml')], [join(workspace, 'broken.yml')]]) {
      const { exitCode } = await run(semgrepScanner, tree, { named });
      expect(semgrepScanner.successExitCodes).not.toContain(exitCode);
    }
  });
});

describeWithTool(['bandit'], 'bandit itself', () => {
  jest.setTimeout(60_000);

  it('finds what the captured output says, whatever the tree asks for', async () => {
    const tree = join(workspace, 'tree');
    cpSync(join(FIXTURES, 'bandit/tree'), tree, { recursive: true });
    const { exitCode, report } = await run(banditScanner, tree);
    expect(banditScanner.successExitCodes).toContain(exitCode);
    expect(
      report.findings.map(({ ruleId, lineStart }) => `${ruleId}:${String(lineStart)}`),
    ).toEqual(['B403:1', 'B404:2', 'B105:4', 'B602:8', 'B301:12']);
    expect(report).toMatchObject({
      assessed: [expect.any(String)],
      skipped: [{ path: expect.stringContaining('broken.py'), reason: expect.any(String) }],
    });
  });

  it.each(['plain', 'we,i[r]d *?', 'node_modules'])(
    'leaves out the same directories in %j',
    async (name) => {
      const text = 'import pickle\n';
      const tree = place(
        {
          'a.py': text,
          'tests/a.py': text,
          'node_modules/x/a.py': text,
          'deep/venv/lib/a.py': text,
          'deep/build/a.py': text,
          'rebuild/a.py': text,
        },
        name,
      );
      expect(filesOf(await run(banditScanner, tree), tree)).toEqual([
        'a.py',
        'rebuild/a.py',
        'tests/a.py',
      ]);
    },
  );

  it('opens no link and nothing too large, in a tree of more files than it can be given by name', async () => {
    const text = 'import pickle\n';
    const tree = place({ 'a.py': text, 'a.pyx.py': text, 'link.py.py': text, 'huge.py': text });
    symlinkSync(place({ 'secret.py': text }, 'outside') + '/secret.py', join(tree, 'link.py'));
    const missing = Array.from({ length: 2 }, (_, index) => `${'x'.repeat(600_000)}${index}.py`);
    const files = {
      ...aFileTree({ 'a.py': text, ...Object.fromEntries(missing.map((path) => [path, text])) }),
      irregular: ['link.py'],
    };
    const many = {
      ...files,
      files: [...files.files, { path: 'huge.py', sizeBytes: files.maxFileBytes + 1 }],
    };
    expect(filesOf(await run(banditScanner, tree, { files: many }), tree)).toEqual([
      'a.py',
      'a.pyx.py',
      'link.py.py',
    ]);
    const few = { ...many, files: many.files.filter(({ path }) => path.length < 100) };
    expect(filesOf(await run(banditScanner, tree, { files: few }), tree)).toEqual(['a.py']);
    const target = { root: tree, path: tree, project: 'p' };
    const options = { semgrepRules: [] };
    const { skipped } = await banditScanner.plan(
      aCommandContext({
        target,
        options,
        files: many,
      }),
    );
    expect(skipped).toMatchObject([{ path: 'huge.py' }]);
  });

  it('takes a single file', async () => {
    const tree = place({ 'a.py': 'import pickle\n', 'b.py': 'import pickle\n' });
    const { report } = await run(banditScanner, join(tree, 'a.py'), { root: tree });
    expect(report.findings.map(({ filePath }) => filePath)).toEqual([join(tree, 'a.py')]);
  });
});

describe('directoriesToSkip', () => {
  it('keeps what the user named', () => {
    const skipped = directoriesToSkip({ root: '/build', path: '/build/web/dist/x', project: 'p' });
    expect(skipped).not.toContain('dist');
    expect(skipped).toContain('build');
  });
});
