import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecureScanError } from '@securescan/core';
import { describeWithTool } from '@securescan/testing';
import { NodeProcessRunner } from '../src/process-runner';
import { openRevisions } from '../src/revisions/revisions';
import { NodeWorkspaceFactory } from '../src/workspaces';
import { GitSandbox } from './git-sandbox';

jest.setTimeout(60_000);

/** `CODE: sentence`, or what came instead of an error. */
async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    return `no error: ${String(await call)}`;
  } catch (error) {
    return error instanceof SecureScanError
      ? `${error.kind} ${error.code}: ${error.message}`
      : String(error);
  }
}

describeWithTool(['git'], 'refs of a repository', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox();
  });

  afterEach(() => {
    sandbox.remove();
  });

  function clone(name: string, ...options: string[]): string {
    sandbox.gitIn(sandbox.base, 'clone', '-q', ...options, `file://${sandbox.root}`, name);
    return join(sandbox.base, name);
  }

  describe('resolve', () => {
    it('gives the full id of whatever names a commit', async () => {
      const first = sandbox.commit('first');
      const second = sandbox.commit('second');
      sandbox.git('tag', '-a', 'v1', '-m', 'annotated', first);
      sandbox.git('branch', 'feature/größe', first);
      sandbox.git('checkout', '-q', '--detach', second);
      const revisions = await sandbox.open();
      for (const ref of ['v1', 'feature/größe', 'HEAD~1', first.slice(0, 10), 'main^{/first}']) {
        expect(await revisions.resolve(ref)).toBe(first);
      }
      for (const ref of ['HEAD', '@', 'main', 'refs/heads/main', second]) {
        expect(await revisions.resolve(ref)).toBe(second);
      }
    });

    it.each(['-rf', '--all', 'a\0b', 'a\nb', '', 'x'.repeat(2_000)])(
      'refuses %j without asking git',
      async (ref) => {
        sandbox.commit();
        const failure = await failureOf((await sandbox.open()).resolve(ref));
        expect(failure).toMatch(/^user REF_NOT_FOUND: ".*" cannot be the name of a commit; give /u);
      },
    );

    it.each(['^main', 'main..main', 'main:a.txt', 'HEAD:', 'main^{tree}', 'nope', '@{u}'])(
      'does not take %s for a commit',
      async (ref) => {
        sandbox.write('a.txt', 'text');
        sandbox.commit();
        const failure = await failureOf((await sandbox.open()).resolve(ref));
        expect(failure).toBe(
          `user REF_NOT_FOUND: There is no commit "${ref}" in this repository; check the name, "git branch --all" and "git tag" list those that there are.`,
        );
      },
    );

    it('says what to do where a branch is only on the remote, or was not fetched', async () => {
      sandbox.commit();
      sandbox.git('branch', 'topic');
      sandbox.git('branch', 'feature/x');
      const revisions = await sandbox.open(clone('clone', '--branch=main'));
      expect(await failureOf(revisions.resolve('topic'))).toMatch(
        /; did you mean "origin\/topic"\?$/u,
      );
      expect(await failureOf(revisions.resolve('feature/x'))).toMatch(/"origin\/feature\/x"\?$/u);

      const narrow = await sandbox.open(clone('narrow', '--branch=main', '--single-branch'));
      const command = 'git fetch origin topic:refs/remotes/origin/topic';
      for (const ref of ['topic', 'origin/topic']) {
        expect(await failureOf(narrow.resolve(ref))).toContain(
          `"${command}" and name it "origin/topic"`,
        );
      }
      sandbox.gitIn(join(sandbox.base, 'narrow'), ...command.split(' ').slice(1));
      expect(await narrow.resolve('origin/topic')).toBe(sandbox.git('rev-parse', 'topic'));

      const absent = '1'.repeat(40);
      expect(await failureOf(narrow.resolve(absent))).toMatch(
        new RegExp(`; fetch it with "git fetch origin ${absent}"\\.$`, 'u'),
      );
      expect(await failureOf(narrow.resolve('$(id)'))).toMatch(/; check the name, "git branch/u);
    });

    it('says that there are no commits yet', async () => {
      const revisions = await sandbox.open();
      expect(await failureOf(revisions.resolve('HEAD'))).toBe(
        'user REF_NOT_FOUND: There is no commit "HEAD" in this repository: it has no commits yet. Commit something first.',
      );
    });
  });

  describe('mergeBase', () => {
    it('finds where two branches parted', async () => {
      sandbox.commit('root');
      const parted = sandbox.commit('parted');
      sandbox.git('checkout', '-q', '-b', 'side');
      const side = sandbox.commit('side');
      sandbox.git('checkout', '-q', 'main');
      const main = sandbox.commit('main');
      const revisions = await sandbox.open();
      expect(await revisions.mergeBase(main, side)).toBe(parted);
      expect(await revisions.mergeBase(parted, side)).toBe(parted);
      expect(await revisions.isShallow()).toBe(false);
    });

    it('tells histories that have nothing in common', async () => {
      const main = sandbox.commit();
      sandbox.git('checkout', '-q', '--orphan', 'other');
      const other = sandbox.commit('other');
      expect(await failureOf((await sandbox.open()).mergeBase(main, other))).toBe(
        `user MERGE_BASE_NOT_FOUND: ${main.slice(0, 12)} and ${other.slice(0, 12)} have no commit in common, so there is no change from one to the other; name a base from the same history.`,
      );
    });

    it('tells a clone that is too shallow, with the command that mends it', async () => {
      sandbox.commit('root');
      sandbox.git('checkout', '-q', '-b', 'side');
      const side = sandbox.commit('side');
      sandbox.git('checkout', '-q', 'main');
      const main = sandbox.commit('main');
      const path = clone('shallow', '--depth=1', '--no-single-branch');
      const revisions = await sandbox.open(path);
      expect(await revisions.isShallow()).toBe(true);
      expect(await failureOf(revisions.mergeBase(main, side))).toMatch(
        /^user MERGE_BASE_NOT_FOUND: This clone is shallow .*; run "git fetch --unshallow origin" \(/u,
      );
      sandbox.gitIn(path, 'fetch', '-q', '--unshallow', 'origin');
      expect(await revisions.isShallow()).toBe(false);
      expect(await revisions.mergeBase(main, side)).toBe(sandbox.git('rev-parse', 'main~1'));
    });

    it('does not trust a base behind which a shallow clone may hide a later one', async () => {
      // side: root - - - - s2, which merges main's m1 by way of a commit that lies beyond the shallow boundary.
      sandbox.commit('root');
      sandbox.git('checkout', '-q', '-b', 'side');
      sandbox.git('checkout', '-q', 'main');
      const later = sandbox.commit('m1');
      const main = sandbox.commit('m2');
      sandbox.git('checkout', '-q', 'side');
      sandbox.git('merge', '-q', '--no-ff', '-m', 'bring in m1', later);
      const merged = sandbox.git('rev-parse', 'HEAD');
      const side = sandbox.commit('s2');
      expect(await (await sandbox.open()).mergeBase(main, side)).toBe(later);
      // Cut by hand: the first parent of the merge stays, as if it had been fetched by another way.
      const root = sandbox.git('rev-parse', 'main~2');
      sandbox.git('checkout', '-q', '-b', 'known', root);
      const known = sandbox.commit('known');
      sandbox.git('checkout', '-q', '-b', 'both', side);
      sandbox.git('merge', '-q', '--no-ff', '-m', 'both', known);
      const both = sandbox.git('rev-parse', 'HEAD');
      writeFileSync(join(sandbox.root, '.git', 'shallow'), `${merged}\n`);
      expect(sandbox.git('merge-base', main, both)).toBe(root);
      expect(await failureOf((await sandbox.open()).mergeBase(main, both))).toMatch(
        /^user MERGE_BASE_NOT_FOUND: This clone is shallow .* run "git fetch --unshallow" \(/u,
      );
    });

    it('trusts a base that is itself the boundary of a shallow clone', async () => {
      sandbox.commit('root');
      const parted = sandbox.commit('parted');
      const head = sandbox.commit('head');
      const revisions = await sandbox.open(clone('shallow', '--depth=2'));
      expect(await revisions.isShallow()).toBe(true);
      expect(await revisions.mergeBase(parted, head)).toBe(parted);
    });
  });

  describe('openRevisions', () => {
    it('says what is wrong where there is no repository', async () => {
      const plain = join(sandbox.base, 'plain');
      mkdirSync(plain);
      expect(await failureOf(sandbox.open(plain))).toBe(
        `user REPOSITORY_NOT_FOUND: "${plain}" is not the top of a git repository; name a directory within one.`,
      );
      mkdirSync(join(plain, '.git'));
      expect(await failureOf(sandbox.open(plain))).toMatch(
        /^user REPOSITORY_NOT_FOUND: git cannot read the repository in ".*" \(fatal: not a git repository.*\); "git status"/u,
      );
    });

    it('says that git is missing', async () => {
      const nowhere = {
        processes: new NodeProcessRunner(),
        workspaces: new NodeWorkspaceFactory(),
        tools: { locate: () => Promise.resolve(null), stamp: () => Promise.resolve('') },
        environment: () => ({}),
        hookIndex: { file: undefined, cwd: '/' },
      };
      const opened = openRevisions(sandbox.root, nowhere, new AbortController().signal);
      expect(await failureOf(opened)).toMatch(/^user TOOL_NOT_FOUND: git is not installed/u);
    });

    it('reads a linked work tree, a submodule and a repository that calls itself bare', async () => {
      sandbox.write('a.txt', 'text');
      const first = sandbox.commit();
      sandbox.git('worktree', 'add', '-q', join(sandbox.base, 'linked'), '-b', 'linked');
      const linked = await sandbox.open(join(sandbox.base, 'linked'));
      expect(await linked.resolve('HEAD')).toBe(first);
      expect(await linked.stagedPaths()).toEqual([]);
      expect(await linked.hasUncommittedChanges()).toBe(false);
      expect(await sandbox.written((to) => linked.writeTree(first, to))).toEqual({
        'a.txt': 'text',
      });

      sandbox.git('submodule', '--quiet', 'add', `file://${sandbox.root}`, 'module');
      const module = await sandbox.open(join(sandbox.root, 'module'));
      expect(await module.hasUncommittedChanges()).toBe(false);
      expect(await sandbox.written((to) => module.writeIndex(null, to))).toEqual({
        'a.txt': 'text',
      });

      sandbox.git('config', 'core.bare', 'true');
      const bare = await sandbox.open();
      expect(await sandbox.written((to) => bare.writeTree(first, to))).toEqual({ 'a.txt': 'text' });
    });

    it('reads a repository in an odd place, with another hash and with borrowed objects', async () => {
      const lender = join(sandbox.base, 'lender');
      const odd = join(sandbox.base, 'a "quoted"\nback\\slash:colon#');
      sandbox.gitIn(sandbox.base, 'init', '-q', '--object-format=sha256', lender);
      writeFileSync(join(lender, 'a.txt'), 'text');
      sandbox.gitIn(lender, 'add', '.');
      sandbox.gitIn(lender, 'commit', '-q', '-m', 'x');
      sandbox.gitIn(sandbox.base, 'clone', '-q', '--shared', lender, odd);
      const revisions = await sandbox.open(odd);
      const head = await revisions.resolve('HEAD');
      expect(head).toHaveLength(64);
      expect(await sandbox.written((to) => revisions.writeTree(head, to))).toEqual({
        'a.txt': 'text',
      });
      expect(await revisions.stagedPaths()).toEqual([]);
      expect(await revisions.mergeBase(head, head)).toBe(head);
    });

    it('ends when it is cancelled', async () => {
      const commit = sandbox.commit();
      const control = new AbortController();
      const revisions = await sandbox.open(sandbox.root, control.signal);
      control.abort();
      expect(await failureOf(revisions.resolve('HEAD'))).toMatch(/^user SCAN_CANCELLED/u);
      expect(await failureOf(revisions.writeTree(commit, join(sandbox.base, 'x')))).toMatch(
        /^user SCAN_CANCELLED/u,
      );
    });

    it('tells of a repository that lost objects', async () => {
      sandbox.write('d/a.txt', 'text');
      const commit = sandbox.commit();
      const tree = sandbox.git('rev-parse', 'HEAD:d');
      rmSync(join(sandbox.root, '.git', 'objects', tree.slice(0, 2), tree.slice(2)));
      const target = join(sandbox.base, 'x');
      mkdirSync(target);
      expect(await failureOf((await sandbox.open()).writeTree(commit, target))).toMatch(
        /^operational TOOL_FAILED: git could not read the repository: /u,
      );
      expect(existsSync(join(target, 'd'))).toBe(false);
    });
  });
});
