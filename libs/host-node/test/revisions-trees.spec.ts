import { existsSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import type { WrittenTree } from '../src';
import { TREE_LIMITS } from '../src/revisions/tree-writer';
import { contentsOf, GitSandbox, stateOf } from './git-sandbox';

jest.setTimeout(60_000);

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;

interface Written extends Pick<WrittenTree, 'files' | 'skipped' | 'notes'> {
  readonly contents: Readonly<Record<string, string>>;
}

describeWithTool(['git'], 'trees of a repository', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox();
  });

  afterEach(() => {
    sandbox.remove();
  });

  /** What becomes of a commit, or of the index. */
  async function written(
    what: string,
    { root = sandbox.root, limits = TREE_LIMITS, paths = null as readonly string[] | null } = {},
  ): Promise<Written> {
    const revisions = await sandbox.open(root);
    return sandbox.ports.workspaces.withWorkspace(async (directory) => {
      const tree = await (what === 'index'
        ? revisions.writeIndex(paths, directory, limits)
        : revisions.writeTree(what, directory, limits));
      const { files, skipped, notes } = tree;
      return { files, skipped, notes, contents: contentsOf(directory) };
    });
  }

  it('writes what was committed, whatever the names are', async () => {
    const names = [
      '-dash',
      ':(top)colon',
      'a "quoted" \'name\'',
      'back\\slash',
      'deep/er/x y.txt',
      'line\nend\ttab',
      'nfc-\u00e4',
      'nfd-a\u0308',
      'wide-\u{1f600}',
    ];
    for (const name of names) sandbox.write(name, `in ${name.length}`);
    sandbox.git('add', '-A');
    sandbox.git('update-index', '--chmod=+x', '--', '-dash');
    const commit = sandbox.commit();
    for (const name of names) rmSync(join(sandbox.root, name));
    const expected = Object.fromEntries(names.map((name) => [name, `in ${name.length}`]));
    const { files, skipped, notes, contents } = await written(commit);
    expect({ files, skipped, notes }).toEqual({ files: names, skipped: [], notes: [] });
    expect(contents).toEqual(expected);
    expect((await written('index')).contents).toEqual(expected);
  });

  it('writes bytes as git keeps them: no filter, no line ends, no keyword', async () => {
    const { program, trace } = sandbox.trap();
    const text = 'one\r\ntwo\n$Id$\n';
    sandbox.write('mixed.txt', text);
    sandbox.write(
      'binary',
      Uint8Array.from({ length: 256 }, (_, index) => index),
    );
    sandbox.write('empty', '');
    sandbox.write('large', 'x'.repeat(300_000));
    const commit = sandbox.commit();
    sandbox.write('.gitattributes', '* filter=evil diff=evil merge=evil ident text eol=crlf\n');
    for (const what of ['filter.evil.smudge', 'filter.evil.clean', 'filter.evil.process']) {
      sandbox.git('config', what, program);
    }
    sandbox.git('config', 'core.autocrlf', 'true');
    const { contents } = await written(commit);
    expect(contents).toEqual({
      'mixed.txt': text,
      binary: Buffer.from(Uint8Array.from({ length: 256 }, (_, index) => index)).toString('latin1'),
      empty: '',
      large: 'x'.repeat(300_000),
    });
    expect(existsSync(trace)).toBe(false);
  });

  it('makes no links and no submodules, and says so', async () => {
    sandbox.write('a.txt', 'text');
    sandbox.commit();
    symlinkSync('/etc/passwd', join(sandbox.root, 'out'));
    symlinkSync('a.txt', join(sandbox.root, 'in'));
    sandbox.git('submodule', '--quiet', 'add', `file://${sandbox.root}`, 'module');
    const tree = await written(sandbox.commit());
    expect(tree.files).toEqual(['.gitmodules', 'a.txt']);
    expect(tree.skipped).toEqual([
      { path: 'in', reason: 'a symbolic link, which is not followed' },
      { path: 'module', reason: 'a submodule, which is a repository of its own' },
      { path: 'out', reason: 'a symbolic link, which is not followed' },
    ]);
    expect(Object.keys(tree.contents)).toEqual(['.gitmodules', 'a.txt']);
  });

  it('never writes outside its directory, whatever a tree calls its files', async () => {
    const blob = sandbox.blob('evil');
    const file = (name: string): [string, string, string] => ['100644', name, blob];
    const inner = sandbox.treeOf([file('x')]);
    const tree = sandbox.treeOf([
      file('..'),
      file('.GIT'),
      file('.git.'),
      file('../../escaped'),
      file('/tmp/git-sandbox-escaped'),
      file('GIT~1'),
      file('a//b'),
      file('.g\u200cit'),
      ['040000', '..', inner],
      ['040000', '.git', inner],
      ['040000', '.git ', inner],
      ['100644', Buffer.from([0x66, 0xff, 0x66]), blob],
      ['100644', 'no-blob', inner],
      ['120000', 'link', sandbox.blob('/tmp')],
      ['040000', 'link', inner],
      file('twice'),
      file('twice'),
      ['040000', 'twice', inner],
      file('n'.repeat(300)),
      file('...'),
      file('ok'),
    ]);
    const commit = sandbox.git('commit-tree', '-m', 'evil', tree);
    const before = stateOf(sandbox.base).filter((entry) => !/^(?:run|\.)/u.test(entry));
    const result = await written(commit);
    expect(Object.keys(result.contents)).toEqual(['...', 'link/x', 'ok', 'twice']);
    expect(result.files).toHaveLength(4);
    const leads = ['..', '.GIT', '.git.', '../../escaped', '/tmp/git-sandbox-escaped', 'GIT~1']
      .concat(['a//b', '.g\u200cit', '../x', '.git/x', '.git /x'])
      .map((path) => ({ path, reason: 'its name would lead elsewhere' }));
    expect(result.skipped).toEqual([
      ...leads,
      { path: 'f\ufffdf', reason: 'its name is not UTF-8' },
      { path: 'no-blob', reason: 'its content is not in this clone' },
      { path: 'link', reason: 'a symbolic link, which is not followed' },
      { path: 'twice', reason: 'another file has its name here' },
      { path: 'twice/x', reason: 'another file has its name here' },
      { path: 'n'.repeat(300), reason: 'its name is too long' },
    ]);
    expect(existsSync('/tmp/git-sandbox-escaped')).toBe(false);
    expect(stateOf(sandbox.base).filter((entry) => !/^(?:run|\.)/u.test(entry))).toEqual(before);
  });

  it('writes pointers of Git LFS as they are, and says once that they are pointers', async () => {
    sandbox.write('one.bin', POINTER);
    const one = sandbox.commit();
    sandbox.write('two.bin', POINTER);
    sandbox.write('docs.md', `Quoted: ${POINTER}`);
    const two = sandbox.commit();
    expect((await written(one)).notes).toEqual([
      '1 file is a pointer to Git LFS: what they point to was not read',
    ]);
    const { notes, contents } = await written(two);
    expect(notes).toEqual(['2 files are pointers to Git LFS: what they point to was not read']);
    expect(contents['one.bin']).toBe(POINTER);
  });

  it('skips what is too large without reading it', async () => {
    const limits = { ...TREE_LIMITS, maxFileBytes: 1_000_000 };
    sandbox.write('huge', '');
    truncateSync(join(sandbox.root, 'huge'), 1_500_000);
    sandbox.write('small', 'x'.repeat(1_000_000));
    const tree = await written(sandbox.commit(), { limits });
    expect(tree.skipped).toEqual([{ path: 'huge', reason: 'budget exceeded: larger than 1 MB' }]);
    expect(tree.files).toEqual(['small']);
  });

  it('ends with a sentence where there are too many files, or too much in them', async () => {
    for (const name of ['a', 'b', 'c']) sandbox.write(name, 'x'.repeat(2_000));
    const commit = sandbox.commit();
    await expect(written(commit, { limits: { ...TREE_LIMITS, maxFiles: 2 } })).rejects.toThrow(
      /^budget exceeded: the revision has 3 files, more than 2; take out of git/u,
    );
    const limits = { ...TREE_LIMITS, maxTotalBytes: 5_000 };
    await expect(written('index', { limits })).rejects.toThrow(
      /^budget exceeded: the revision has 1 MB, more than 0.005 MB; take out of git/u,
    );
  });

  it('says where a copy cannot be written, when nothing of it runs any more', async () => {
    sandbox.write('deep/a.txt', 'text');
    sandbox.write('deep/b.txt', 'text');
    const commit = sandbox.commit();
    const revisions = await sandbox.open();
    await expect(revisions.writeTree(commit, '/proc/nowhere/x')).rejects.toMatchObject({
      kind: 'operational',
      code: 'OUTPUT_NOT_WRITABLE',
      message: expect.stringMatching(
        /^A copy of the revision cannot be written to "\/proc\/nowhere" \(ENOENT\); name/u,
      ),
    });
    expect(readdirSync(join(sandbox.base, 'run'))).toEqual([]);
  });

  it('fetches nothing that a partial clone lacks, and says what it lacks', async () => {
    sandbox.git('config', 'uploadpack.allowFilter', 'true');
    sandbox.write('gone.txt', 'gone');
    sandbox.write('kept.txt', 'kept');
    sandbox.commit();
    const clone = join(sandbox.base, 'clone');
    const options = ['-q', '--filter=blob:none', '--no-checkout'];
    sandbox.gitIn(sandbox.base, 'clone', ...options, `file://${sandbox.root}`, clone);
    sandbox.gitIn(clone, 'cat-file', '-p', 'HEAD:kept.txt');
    const before = stateOf(clone);
    const tree = await written(sandbox.git('rev-parse', 'HEAD'), { root: clone });
    expect(tree).toEqual({
      files: ['kept.txt'],
      contents: { 'kept.txt': 'kept' },
      skipped: [{ path: 'gone.txt', reason: 'its content is not in this clone' }],
      notes: [
        '1 file is not in this partial clone and was not read; "git fetch --refetch --no-filter" gets all',
      ],
    });
    expect(stateOf(clone)).toEqual(before);
    sandbox.gitIn(clone, 'fetch', '-q', '--refetch', '--no-filter');
    expect((await written(sandbox.git('rev-parse', 'HEAD'), { root: clone })).notes).toEqual([]);
  });

  it('writes all of a sparse checkout, with a sparse index too', async () => {
    for (const path of ['in/a.txt', 'out/b.txt', 'top.txt']) sandbox.write(path, path);
    const commit = sandbox.commit();
    sandbox.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in');
    expect(existsSync(join(sandbox.root, 'out'))).toBe(false);
    const all = ['in/a.txt', 'out/b.txt', 'top.txt'];
    expect((await written(commit)).files).toEqual(all);
    expect((await written('index')).files).toEqual(all);
    expect(await (await sandbox.open()).hasUncommittedChanges()).toBe(false);
  });

  it('writes an empty tree', async () => {
    const commit = sandbox.commit();
    const nothing = { files: [], skipped: [], notes: [], contents: {} };
    expect(await written(commit)).toEqual(nothing);
    expect(await written('index')).toEqual(nothing);
  });

  describe('as the engine sees them', () => {
    it('tells what is tracked and, by the rules of that tree, ignored', async () => {
      sandbox.write('.gitignore', '*.log\n!keep.log\n');
      sandbox.write('sub/.gitignore', 'secret*\n');
      sandbox.write('tracked.log', 'x');
      symlinkSync('x', join(sandbox.root, 'link'));
      sandbox.git('add', '-f', 'tracked.log');
      const commit = sandbox.commit();
      writeFileSync(join(sandbox.root, '.git', 'info', 'exclude'), '*\n');
      sandbox.write('.gitignore', '*\n');
      const revisions = await sandbox.open();
      await sandbox.ports.workspaces.withWorkspace(async (directory) => {
        const repository = revisions.repositoryOf(await revisions.writeTree(commit, directory));
        expect(await repository.trackedFiles()).toEqual(
          new Set(['.gitignore', 'link', 'sub/.gitignore', 'tracked.log']),
        );
        const asked = ['a.log', 'keep.log', 'a.txt', 'sub/secret', 'tracked.log', ':(top)a.log'];
        expect(await repository.ignoredFiles(asked)).toEqual(
          new Set(['a.log', 'sub/secret', ':(top)a.log']),
        );
        expect(await repository.ignoredFiles(['a.txt'])).toEqual(new Set());
        expect(await repository.ignoredFiles([])).toEqual(new Set());
      });
    });

    it('shows the history that the commit reaches, and no more', async () => {
      sandbox.write('a.txt', 'one\n');
      const first = sandbox.commit();
      sandbox.write('a.txt', 'one\ntwo\n');
      const second = sandbox.commit();
      sandbox.git('checkout', '-q', '-b', 'side', first);
      sandbox.write('side.txt', 'side\n');
      sandbox.commit();
      const revisions = await sandbox.open();
      const shown = async (commit: string): Promise<string[]> =>
        sandbox.ports.workspaces.withWorkspace(async (directory) => {
          const lines: string[] = [];
          const tree = await revisions.writeTree(commit, directory);
          const scope = {
            path: '',
            skippedDirectories: [],
            maxCommits: 10,
            maxBytes: 1_000_000,
            maxCommitBytes: 1_000_000,
            timeLimitMs: 30_000,
          };
          const notes = await revisions
            .repositoryOf(tree)
            .readHistory(scope, (added) => lines.push(...added.lines));
          return [...lines, ...notes];
        });
      expect(await shown(second)).toEqual(['two', 'one']);
      expect(await shown(first)).toEqual(['one']);
    });
  });
});
