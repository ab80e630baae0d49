import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SCANNERS, type BuiltinScanner, type Machine } from '@securescan/scan-engine';
import {
  aMachine,
  anInspectContext,
  describeWithTool,
  findOnPath,
  randomToken,
  reportOf,
} from '@securescan/testing';
import { childEnvironment } from '../src/child-environment';
import { createHostPorts } from '../src/host-ports';
import { writeFiles } from '../src/write-files';

const TOKEN = `ghp_${randomToken(36, 21)}`;
const AWS_KEY = `AKIA${randomToken(16, 1, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;

let base: string;
let root: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'git-hygiene-')));
  root = join(base, 'project');
  mkdirSync(root);
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function git(directory: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
  const quiet = ['-c', 'protocol.file.allow=always', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...quiet, ...args], { cwd: directory, stdio: 'pipe' });
}

function write(files: Readonly<Record<string, string>>, directory = root): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

function commitAll(directory = root): void {
  git(directory, 'add', '-A', '-f');
  git(directory, 'commit', '-q', '-m', 'all');
}

function gitHygiene(): BuiltinScanner {
  const scanner = SCANNERS.find(({ name }) => name === 'git-hygiene');
  if (scanner?.kind !== 'builtin') throw new RangeError('git-hygiene is not registered');
  return scanner;
}

/** Findings and notes, with the place of the project taken out. */
async function inspect(
  place: { readonly root?: string; readonly path?: string } = {},
  machine: Machine = aMachine(),
): Promise<{ found: string[]; notes: readonly string[]; text: string }> {
  const from = place.root ?? root;
  const ports = createHostPorts({ journalDirectory: join(tmpdir(), 'never') });
  const target = { root: from, path: join(from, place.path ?? ''), project: 'p' };
  const context = anInspectContext({
    target,
    files: await ports.openTree(target),
    git: await ports.openGit(from, ports.processes, new AbortController().signal),
    machine,
  });
  const report = reportOf(await gitHygiene().inspect(context));
  const found = report.findings.map(({ ruleId, filePath, lineStart }) => {
    const path = (filePath ?? '-').replace(`${from}/`, '');
    const line = lineStart === null ? '' : `:${String(lineStart)}`;
    return `${ruleId.slice('git-hygiene/'.length)} ${path}${line}`;
  });
  return { found, notes: report.notes, text: JSON.stringify(report) };
}

describeWithTool(['git'], 'git-hygiene with git', () => {
  it('goes by nested rules and negations, the deeper ones last', async () => {
    git(root, 'init', '-q');
    write({
      '.gitignore': '.env\n*.p12\n!web/keep.p12\n',
      '.env': '',
      'web/.env': '',
      'web/keep.p12': '',
      'web/other.p12': '',
      'api/.gitignore': '!.env\n',
      'api/.env': '',
    });
    expect((await inspect()).found).toEqual([
      'missing-ignore-env .gitignore',
      'missing-ignore-p12 .gitignore',
    ]);
    git(root, 'add', 'api', 'web');
    expect((await inspect()).found).toEqual([
      'sensitive-file--env api/.env',
      'sensitive-file--p12 web/keep.p12',
    ]);
    expect((await inspect({ path: 'web' })).found).toEqual(['sensitive-file--p12 web/keep.p12']);
  });

  it('answers the same in a linked worktree', async () => {
    git(root, 'init', '-q');
    write({ '.gitignore': '.env\n', 'a/.htpasswd': '' });
    commitAll();
    const linked = join(base, 'linked');
    git(root, 'worktree', 'add', '-q', linked);
    write({ '.env': '', 'b/id_rsa': '' }, linked);
    expect((await inspect({ root: linked })).found).toEqual([
      'sensitive-file--htpasswd a/.htpasswd',
      'missing-ignore-id_rsa .gitignore',
    ]);
  });

  it('leaves a submodule to its own repository, and answers beside it', async () => {
    const library = join(base, 'library');
    mkdirSync(library);
    git(library, 'init', '-q');
    write({ '.gitignore': '', '.env': '' }, library);
    commitAll(library);
    git(root, 'init', '-q');
    write({ '.gitignore': '/.env\n', '.env': '', 'web/.env': '' });
    git(root, 'submodule', '--quiet', 'add', library, 'module');
    const inRoot = await inspect();
    expect(inRoot.found).toEqual(['missing-ignore-env .gitignore']);
    expect(inRoot.text).toContain('"files":["web/.env"]');
    expect((await inspect({ root: join(root, 'module') })).found).toEqual([
      'sensitive-file--env .env',
    ]);
  });

  it('answers beside a repository that lies in the tree', async () => {
    git(root, 'init', '-q');
    write({ '.gitignore': '/.env\n', '.env': '', 'inner/.env': '', 'web/id_rsa': '' });
    git(join(root, 'inner'), 'init', '-q');
    expect((await inspect()).found).toContain('missing-ignore-id_rsa .gitignore');
  });

  it.each(['latest_x', 'mockups', 'test_', 'fixtures', 'build-out', 'node_modules', 'build'])(
    'answers the same below a directory called %s',
    async (name) => {
      git(root, 'init', '-q');
      write({ '.gitignore': '/.env\n', '.env': '', 'a/id_rsa': '', 'b/.env.local': '' });
      git(root, 'add', '.gitignore', 'a');
      const expected = ['sensitive-file-id_rsa a/id_rsa', 'missing-ignore-env.local .gitignore'];
      expect((await inspect()).found).toEqual(expected);
      const moved = join(base, name, 'project');
      mkdirSync(dirname(moved));
      renameSync(root, moved);
      expect((await inspect({ root: moved })).found).toEqual(expected);
      const named = join(base, name, name);
      renameSync(moved, named);
      expect((await inspect({ root: named })).found).toEqual(expected);
    },
  );

  it('finds tracked files in folders of any such name', async () => {
    git(root, 'init', '-q');
    const folders = ['build-out', 'fixtures', 'latest_x', 'mockups', 'test_'];
    write(Object.fromEntries(folders.map((name) => [`${name}/.env`, ''])));
    write({ '.gitignore': '', '.env.example': '', '.env.sample': '', 'x/.env.template': '' });
    commitAll();
    expect((await inspect()).found).toEqual(
      folders.map((name) => `sensitive-file--env ${name}/.env`),
    );
  });
});

const gitleaks = findOnPath('gitleaks');
// Not among the tools that CI installs, so that its absence is no failure there.
if (gitleaks === null) {
  process.stderr.write('skipped: git-hygiene with gitleaks (not on PATH: gitleaks)\n');
}

(gitleaks === null ? describe.skip : describe)('git-hygiene with gitleaks', () => {
  const SOURCE = `a = '${AWS_KEY}'\nb = '${TOKEN}' # gitleaks:allow\n`;
  const BOTH = (path: string): string[] => [
    `gitleaks-aws-access-token ${path}:1`,
    `gitleaks-github-pat ${path}:2`,
  ];

  function realMachine(): Machine {
    const ports = createHostPorts({ journalDirectory: join(tmpdir(), 'never') });
    return aMachine({
      run: (call) =>
        ports.workspaces.withWorkspace(async (workspace) => {
          await writeFiles(workspace, call.files ?? {});
          return ports.processes.run({
            executable: gitleaks ?? '',
            args: call.args,
            cwd: workspace,
            env: {
              ...childEnvironment(process.env, { network: false, scannedRoot: root }),
              HOME: workspace,
            },
            timeoutMs: call.timeLimitMs,
            maxOutputBytes: 10_000_000,
            signal: new AbortController().signal,
          });
        }),
    });
  }

  async function leaks(place: { root?: string; path?: string } = {}): Promise<string[]> {
    const { found, notes, text } = await inspect(place, realMachine());
    expect(notes.filter((note) => note.includes('gitleaks'))).toEqual([]);
    for (const value of [AWS_KEY, TOKEN]) expect(text).not.toContain(value.slice(4, 12));
    return found.filter((one) => one.startsWith('gitleaks-')).sort((a, b) => (a < b ? -1 : 1));
  }

  it('names rules and lines, and is silenced by nothing in the tree', async () => {
    write({
      'src/a.py': SOURCE,
      '.gitleaks.toml': 'title = "x"\n[allowlist]\npaths = [".*"]\n',
      '.gitleaksignore': `src/a.py:github-pat:2\n${root}/src/a.py:github-pat:2\n${root}/src/a.py:aws-access-token:1\n`,
    });
    expect(await leaks()).toEqual(BOTH('src/a.py'));
  });

  it('leaves out the directories that scans leave out, and only those', async () => {
    write({
      'node_modules/a/index.js': SOURCE,
      'web/dist/b.js': SOURCE,
      'build-out/c.py': SOURCE,
      'dist.py': SOURCE,
    });
    expect(await leaks()).toEqual(
      [...BOTH('build-out/c.py'), ...BOTH('dist.py')].sort((a, b) => (a < b ? -1 : 1)),
    );
  });

  it('keeps to the target, wherever it lies', async () => {
    const odd = join(base, 'dist', 'a+b "c" [d]');
    write({ 'build/web/a.py': SOURCE, 'build/web/build/b.py': SOURCE, 'other.py': SOURCE }, odd);
    expect(await leaks({ root: odd, path: 'build/web' })).toEqual(BOTH('build/web/a.py'));
    expect(await leaks({ root: odd, path: 'other.py' })).toEqual(BOTH('other.py'));
  });

  it('follows no link and waits for no pipe', async () => {
    const outside = join(base, 'outside');
    write({ 'secret.py': SOURCE }, outside);
    write({ 'a.py': 'a = 1\n' });
    symlinkSync(join(outside, 'secret.py'), join(root, 'file.py'));
    symlinkSync(outside, join(root, 'directory'));
    expect(spawnSync('mkfifo', [join(root, 'pipe.py')]).status).toBe(0);
    expect(await leaks()).toEqual([]);
  });
});
