import { copyFileSync, existsSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import type { Revisions } from '../src';
import { GitSandbox, stateOf } from './git-sandbox';

jest.setTimeout(60_000);

describeWithTool(['git'], 'the index of a repository', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox();
  });

  afterEach(() => {
    sandbox.remove();
  });

  async function indexed(
    paths: readonly string[] | null,
  ): Promise<Readonly<Record<string, string>>> {
    const revisions = await sandbox.open();
    return sandbox.written((directory) => revisions.writeIndex(paths, directory));
  }

  async function staged(): Promise<readonly string[]> {
    return (await sandbox.open()).stagedPaths();
  }

  async function isDirty(): Promise<boolean> {
    return (await sandbox.open()).hasUncommittedChanges();
  }

  it('has the staged half of a file, not what is in the tree', async () => {
    sandbox.write('a.txt', 'committed');
    sandbox.write('b.txt', 'same');
    sandbox.commit();
    sandbox.write('a.txt', 'staged');
    sandbox.git('add', 'a.txt');
    sandbox.write('a.txt', 'in the tree');
    sandbox.write('b.txt', 'in the tree too');
    sandbox.write('untracked.txt', 'x');
    expect(await staged()).toEqual(['a.txt']);
    expect(await indexed(['a.txt'])).toEqual({ 'a.txt': 'staged' });
    expect(await indexed(null)).toEqual({ 'a.txt': 'staged', 'b.txt': 'same' });
    rmSync(join(sandbox.root, 'a.txt'));
    expect(await indexed(['a.txt'])).toEqual({ 'a.txt': 'staged' });
  });

  it('lists what was added, changed, renamed or became another kind, whatever the names', async () => {
    for (const path of ['changed', 'deleted', 'old', 'kind', 'same']) {
      sandbox.write(path, `${path}\n`.repeat(20));
    }
    sandbox.commit();
    const odd = '-dir/:(top) "ä"\n';
    sandbox.write(odd, 'x');
    sandbox.write('changed', 'changed');
    renameSync(join(sandbox.root, 'old'), join(sandbox.root, 'new'));
    rmSync(join(sandbox.root, 'deleted'));
    sandbox.git('add', '-A');
    const link = sandbox.blob('same');
    sandbox.git('update-index', '--cacheinfo', `120000,${link},kind`);
    expect(await staged()).toEqual([odd, 'changed', 'kind', 'new']);
    expect(await indexed([odd])).toEqual({ [odd]: 'x' });
  });

  it('is all staged before the first commit', async () => {
    expect(await staged()).toEqual([]);
    expect(await isDirty()).toBe(false);
    sandbox.write('a.txt', 'text');
    sandbox.git('add', 'a.txt');
    expect(await staged()).toEqual(['a.txt']);
    expect(await indexed(null)).toEqual({ 'a.txt': 'text' });
    expect(await isDirty()).toBe(true);
  });

  it('lacks what was only announced', async () => {
    sandbox.write('a.txt', 'text');
    sandbox.git('add', '--intent-to-add', 'a.txt');
    expect(await staged()).toEqual([]);
    expect(await indexed(null)).toEqual({});
    expect(await isDirty()).toBe(true);
  });

  it('is not written while a merge has conflicts', async () => {
    sandbox.write('a.txt', 'one\n');
    sandbox.write('b.txt', 'one\n');
    sandbox.commit();
    sandbox.git('checkout', '-q', '-b', 'side');
    sandbox.write('a.txt', 'side\n');
    sandbox.commit();
    sandbox.git('checkout', '-q', 'main');
    sandbox.write('a.txt', 'main\n');
    sandbox.commit();
    expect(() => sandbox.git('merge', '-q', 'side')).toThrow();
    for (const paths of [null, ['b.txt']]) {
      await expect(indexed(paths)).rejects.toMatchObject({
        code: 'INDEX_UNMERGED',
        message:
          '"a.txt" still has conflicts from a merge; resolve them and "git add" the result first.',
      });
    }
    expect(await isDirty()).toBe(true);
    sandbox.write('a.txt', 'both\n');
    sandbox.git('add', 'a.txt');
    expect(await indexed(await staged())).toEqual({ 'a.txt': 'both\n' });
  });

  it('is the one that git tells a hook to use', async () => {
    sandbox.write('a.txt', 'one');
    sandbox.commit();
    sandbox.write('a.txt', 'two');
    const other = join(sandbox.root, '.git', 'index.lock');
    process.env['GIT_INDEX_FILE'] = other;
    const cwd = process.cwd();
    try {
      sandbox.git('read-tree', 'HEAD');
      sandbox.git('add', 'a.txt');
      expect(await staged()).toEqual([]);
      process.chdir(sandbox.root);
      process.env['GIT_INDEX_FILE'] = join('.git', 'index.lock');
      expect(await staged()).toEqual(['a.txt']);
      expect(await indexed(null)).toEqual({ 'a.txt': 'two' });
    } finally {
      process.chdir(cwd);
      delete process.env['GIT_INDEX_FILE'];
    }
  });

  describe('against the tree', () => {
    beforeEach(() => {
      sandbox.write('a.txt', 'one');
      sandbox.commit();
    });

    it('knows staged changes, changes and deletions, and no untracked files', async () => {
      sandbox.write('untracked', 'x');
      expect(await isDirty()).toBe(false);
      sandbox.write('a.txt', 'two');
      expect(await isDirty()).toBe(true);
      sandbox.git('add', 'a.txt');
      expect(await isDirty()).toBe(true);
      sandbox.git('commit', '-q', '-m', 'two');
      expect(await isDirty()).toBe(false);
      rmSync(join(sandbox.root, 'a.txt'));
      expect(await isDirty()).toBe(true);
    });

    it('takes no file for changed that was merely touched, and any that changed at once', async () => {
      utimesSync(join(sandbox.root, 'a.txt'), 1_000_000, 1_000_000);
      expect(await isDirty()).toBe(false);
      for (let round = 0; round < 10; round += 1) {
        sandbox.write('a.txt', `${round}`);
        sandbox.git('add', 'a.txt');
        sandbox.git('commit', '-q', '-m', 'round');
        sandbox.write('a.txt', 'x');
        expect(await isDirty()).toBe(true);
      }
    });

    it('compares line ends as the repository is set up', async () => {
      sandbox.write('crlf.txt', 'one\r\ntwo\r\n');
      sandbox.git('config', 'core.autocrlf', 'true');
      sandbox.git('-c', 'core.autocrlf=true', 'add', 'crlf.txt');
      sandbox.git('commit', '-q', '-m', 'crlf');
      utimesSync(join(sandbox.root, 'crlf.txt'), 1_000_000, 1_000_000);
      expect(await isDirty()).toBe(false);
      sandbox.git('config', 'core.autocrlf', 'false');
      expect(await isDirty()).toBe(true);
    });
  });

  describe('is left as it was', () => {
    let revisions: Revisions;
    let trace: string;

    beforeEach(async () => {
      const trap = sandbox.trap();
      trace = trap.trace;
      sandbox.write('.gitattributes', '* filter=evil diff=evil\n*.crlf text eol=crlf\n');
      sandbox.write('a.txt', 'one\n');
      sandbox.write('b.crlf', 'one\r\n');
      sandbox.write('old.txt', 'text\n'.repeat(50));
      sandbox.commit('base');
      sandbox.git('update-index', '--split-index');
      sandbox.git('mv', 'old.txt', 'new.txt');
      sandbox.write('a.txt', 'two\n');
      sandbox.commit('head');
      for (const name of [
        'post-index-change',
        'pre-commit',
        'post-checkout',
        'reference-transaction',
      ]) {
        copyFileSync(trap.program, join(sandbox.root, '.git', 'hooks', name));
      }
      const settings = ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'diff.external']
        .concat(['filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process'])
        .concat(['diff.evil.command', 'diff.evil.textconv', 'core.alternateRefsCommand']);
      for (const name of settings) sandbox.git('config', name, trap.program);
      sandbox.git('config', 'filter.evil.required', 'true');
      // Set from here on: git itself would run them.
      writeFileSync(join(sandbox.root, 'a.txt'), 'three\n');
      utimesSync(join(sandbox.root, 'new.txt'), 1_000_000, 1_000_000);
      utimesSync(join(sandbox.root, 'b.crlf'), 1_000_000, 1_000_000);
      rmSync(trace, { force: true });
      revisions = await sandbox.open();
    });

    it.each(['0', '1', undefined])(
      'with the tree, HEAD and all else, and runs nothing of the repository (GIT_OPTIONAL_LOCKS: %s)',
      async (locks) => {
        const { GIT_OPTIONAL_LOCKS } = process.env;
        if (locks === undefined) delete process.env['GIT_OPTIONAL_LOCKS'];
        else process.env['GIT_OPTIONAL_LOCKS'] = locks;
        const before = stateOf(sandbox.root);
        expect(before.some((entry) => entry.startsWith('.git/sharedindex.'))).toBe(true);
        try {
          await useAll();
        } finally {
          if (GIT_OPTIONAL_LOCKS === undefined) delete process.env['GIT_OPTIONAL_LOCKS'];
          else process.env['GIT_OPTIONAL_LOCKS'] = GIT_OPTIONAL_LOCKS;
        }
        expect(stateOf(sandbox.root)).toEqual(before);
        expect(existsSync(trace)).toBe(false);
        // The trap does work: git's own command falls into it.
        expect(() => sandbox.git('status')).toThrow('evil');
        expect(existsSync(trace)).toBe(true);
      },
    );

    async function useAll(): Promise<void> {
      const head = await revisions.resolve('HEAD');
      const base = await revisions.mergeBase(await revisions.resolve('HEAD~1'), head);
      expect(await revisions.isShallow()).toBe(false);
      expect(await revisions.hasUncommittedChanges()).toBe(true);
      expect(await revisions.stagedPaths()).toEqual([]);
      expect(await revisions.renames(base, head)).toEqual(new Map([['new.txt', 'old.txt']]));
      expect([...(await revisions.changedLines(base, head)).keys()]).toEqual(['a.txt']);
      await expect(revisions.resolve('nope')).rejects.toThrow('nope');
      const index = await sandbox.written((to) => revisions.writeIndex(null, to));
      expect(index['a.txt']).toBe('two\n');
      expect(index['b.crlf']).toBe('one\n');
      await sandbox.ports.workspaces.withWorkspace(async (directory) => {
        const repository = revisions.repositoryOf(await revisions.writeTree(base, directory));
        expect((await repository.trackedFiles()).has('old.txt')).toBe(true);
        expect(await repository.ignoredFiles(['x'])).toEqual(new Set());
      });
    }
  });
});
