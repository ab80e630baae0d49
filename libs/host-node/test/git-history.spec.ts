import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import { describeWithTool } from '@securescan/testing';
import type { AddedLines, HistoryScope } from '@securescan/scan-engine';
import { createHostPorts } from '../src/host-ports';

const SCOPE: HistoryScope = {
  path: '',
  skippedDirectories: [],
  maxCommits: 100,
  maxBytes: 1_000_000,
  maxCommitBytes: 1_000_000,
  timeLimitMs: 30_000,
};

describeWithTool(['git'], 'history of a repository', () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'git-history-')));
    git('init', '-q', '-b', 'main');
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function git(...args: string[]): string {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    const quiet = ['-c', 'protocol.file.allow=always', '-c', 'core.autocrlf=false'];
    return execFileSync('git', [...identity, ...quiet, ...args], {
      cwd: root,
      stdio: 'pipe',
      encoding: 'utf8',
    }).trim();
  }

  function write(path: string, content: string | Uint8Array): void {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  /** Commits everything and gives the id. */
  function commit(message = 'change'): string {
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  }

  async function read(
    scope: Partial<HistoryScope> = {},
  ): Promise<{ added: AddedLines[]; notes: readonly string[] }> {
    const ports = createHostPorts({ journalDirectory: join(tmpdir(), 'never') });
    const opened = await ports.openGit(root, ports.processes, new AbortController().signal);
    const added: AddedLines[] = [];
    const notes = await opened?.readHistory({ ...SCOPE, ...scope }, (lines) => added.push(lines));
    return { added, notes: notes ?? ['no repository'] };
  }

  async function places(scope: Partial<HistoryScope> = {}): Promise<string[]> {
    const { added } = await read(scope);
    return added.map(({ path, lines }) => `${path}: ${lines.join(' | ')}`);
  }

  it('shows what commits added, the newest first, with the commit', async () => {
    write('a.txt', 'one\ntwo\n');
    const first = commit();
    write('a.txt', 'one\n2\nthree');
    const second = commit();
    rmSync(join(root, 'a.txt'));
    commit();
    expect(await read()).toEqual({
      added: [
        { commit: second, path: 'a.txt', lines: ['2', 'three'] },
        { commit: first, path: 'a.txt', lines: ['one', 'two'] },
      ],
      notes: [],
    });
  });

  it('knows the other name of a renamed file', async () => {
    write('old.txt', 'text\n');
    commit();
    git('mv', 'old.txt', 'new.txt');
    commit();
    expect(await places()).toEqual(['new.txt: text', 'old.txt: text']);
  });

  it('reads branches that are not checked out, tags and stashes', async () => {
    write('a.txt', 'main\n');
    commit();
    git('checkout', '-q', '-b', 'side');
    write('side.txt', 'side\n');
    commit();
    git('checkout', '-q', '--detach', 'main');
    write('tagged.txt', 'tagged\n');
    commit();
    git('tag', 'v1');
    git('checkout', '-q', 'main');
    write('a.txt', 'stashed\n');
    git('stash', '-q');
    expect((await places()).sort(compareCodePoints)).toEqual([
      'a.txt: main',
      'a.txt: stashed',
      'side.txt: side',
      'tagged.txt: tagged',
    ]);
  });

  it('shows what a merge added itself, and what came from a branch only there', async () => {
    write('a.txt', 'one\nlast\n');
    commit();
    git('checkout', '-q', '-b', 'side');
    write('a.txt', 'one\nside\nlast\n');
    commit();
    git('checkout', '-q', 'main');
    write('a.txt', 'one\nmain\nlast\n');
    commit();
    expect(() => git('merge', '-q', 'side')).toThrow();
    write('a.txt', 'one\nmain\nside\n++ of the merge\nlast\n');
    const merge = commit('merge');
    const { added } = await read();
    expect(added.filter((one) => one.commit === merge)).toEqual([
      { commit: merge, path: 'a.txt', lines: ['++ of the merge'] },
    ]);
    expect(added.flatMap(({ lines }) => lines).sort(compareCodePoints)).toEqual([
      '++ of the merge',
      'last',
      'main',
      'one',
      'side',
    ]);
  });

  it('keeps to the target and leaves out the directories named', async () => {
    for (const path of ['web/a.txt', 'web/dist/b.txt', 'website/c.txt', 'dist/d.txt', 'e.txt']) {
      write(path, `${path}\n`);
    }
    commit();
    expect(await places({ path: 'web', skippedDirectories: ['dist'] })).toEqual([
      'web/a.txt: web/a.txt',
    ]);
    expect(await places({ path: 'web/a.txt' })).toEqual(['web/a.txt: web/a.txt']);
    expect(await places({ skippedDirectories: ['dist'] })).toEqual([
      'e.txt: e.txt',
      'web/a.txt: web/a.txt',
      'website/c.txt: website/c.txt',
    ]);
  });

  it('takes a target for a name, whatever it looks like', async () => {
    write(':(top)*/a.txt', 'odd\n');
    write('b.txt', 'b\n');
    commit();
    expect(await places({ path: ':(top)*' })).toEqual([':(top)*/a.txt: odd']);
  });

  it('is not led astray by names, contents and messages', async () => {
    const forged = [
      '0123456789012345678901234567890123456789',
      'diff --git a/forged b/forged',
      '+++ b/forged',
      '@@ -0,0 +1,9 @@',
      '\\ No newline at end of file',
      '-minus',
    ];
    write('a b\t"c"\n+++ b\\forged\u0001ä.txt', `${forged.join('\n')}\n`);
    write('plain name', 'plain');
    const id = commit(forged.join('\n'));
    expect((await read()).added).toEqual([
      { commit: id, path: 'a b\t"c"\n+++ b\\forged\u0001ä.txt', lines: forged },
      { commit: id, path: 'plain name', lines: ['plain'] },
    ]);
  });

  it('leaves out what is binary, and lets no attribute declare a text so', async () => {
    write('image.bin', Uint8Array.of(65, 0, 66, 10));
    write('.gitattributes', '* -diff\n*.txt binary\n');
    write('a.txt', 'text\n');
    commit();
    expect(await places()).toEqual(['.gitattributes: * -diff | *.txt binary', 'a.txt: text']);
  });

  it('does as it does whatever the repository is configured for', async () => {
    write('a b.txt', 'text\n');
    commit();
    const settings = {
      'diff.noprefix': 'true',
      'diff.external': '/bin/false',
      'diff.mnemonicPrefix': 'true',
      'core.quotePath': 'true',
      'color.ui': 'always',
      'diff.renames': 'copies',
      'diff.orderFile': '/nowhere',
      'core.attributesFile': '/nowhere',
      'log.showSignature': 'true',
    };
    for (const [name, value] of Object.entries(settings)) git('config', name, value);
    expect(await places()).toEqual(['a b.txt: text']);
  });

  it('shows the objects of the commits, not those put in their place', async () => {
    write('a.txt', 'real\n');
    const real = commit();
    git('checkout', '-q', '--orphan', 'other');
    write('a.txt', 'harmless\n');
    const other = commit();
    git('checkout', '-q', 'main');
    git('branch', '-q', '-D', 'other');
    git('replace', real, other);
    expect(await places()).toContain('a.txt: real');
  });

  it('reads a linked worktree', async () => {
    write('a.txt', 'main\n');
    commit();
    const main = root;
    git('worktree', 'add', '-q', join(main, 'linked'));
    root = join(main, 'linked');
    expect(await places()).toEqual(['a.txt: main']);
    root = main;
  });

  it('says that a shallow clone is one', async () => {
    write('a.txt', 'one\n');
    commit();
    write('a.txt', 'two\n');
    commit();
    const main = root;
    git('clone', '-q', '--depth=1', `file://${main}`, join(main, 'clone'));
    root = join(main, 'clone');
    const { added, notes } = await read();
    root = main;
    expect(added.flatMap(({ lines }) => lines)).toEqual(['two']);
    expect(notes).toEqual([expect.stringMatching(/^git history: the clone is shallow/u)]);
  });

  it('reads a repository without commits', async () => {
    expect(await read()).toEqual({ added: [], notes: [] });
  });

  it('rejects with a sentence where an object is missing', async () => {
    write('a.txt', 'text\n');
    commit();
    const blob = git('rev-parse', 'HEAD:a.txt');
    rmSync(join(root, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    await expect(read()).rejects.toThrow(/^git could not read the repository: /u);
  });

  describe('that is too long', () => {
    it('reads the newest commits', async () => {
      for (const text of ['one', 'two', 'three']) {
        write('a.txt', `${text}\n`);
        commit();
      }
      const { added, notes } = await read({ maxCommits: 2 });
      expect(added.flatMap(({ lines }) => lines)).toEqual(['three', 'two']);
      expect(notes).toEqual(['budget exceeded: git history: read only the newest 2 commits']);
    });

    it('leaves out a huge commit and none beside it', async () => {
      write('a.txt', 'before\n');
      commit();
      write('huge.txt', 'x'.repeat(50_000));
      commit();
      write('a.txt', 'after\n');
      commit();
      const { added, notes } = await read({ maxCommitBytes: 10_000 });
      expect(added.flatMap(({ lines }) => lines)).toEqual(['after', 'before']);
      expect(notes).toEqual([
        'budget exceeded: git history: left out 1 commit that changes more than 0.01 MB',
      ]);
    });

    it('stops when it has read enough', async () => {
      for (const text of ['one', 'two', 'three', 'four']) {
        write('a.txt', `${text.repeat(1_000)}\n`);
        commit();
      }
      const { added, notes } = await read({ maxBytes: 100, maxCommitBytes: 25_000 });
      expect(added.map(({ lines }) => lines[0]?.slice(0, 4))).toEqual(['four', 'thre']);
      expect(notes).toEqual([
        'budget exceeded: git history: read 2 of 4 commits, which change 0.0001 MB',
      ]);
    });

    it('stops when its time is up', async () => {
      write('a.txt', 'one\n');
      commit();
      const { added, notes } = await read({ timeLimitMs: 1 });
      expect(added).toEqual([]);
      // A quick git has listed them by then.
      const words =
        /(?:0\.001 s were not enough to list the commits|read 0 of \d+ commits in 0\.001 s)$/;
      expect(notes).toEqual([expect.stringMatching(words)]);
    });
  });
});
