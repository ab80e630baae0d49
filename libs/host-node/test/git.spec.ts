import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';

describeWithTool(['git'], 'openGit', () => {
  let root: string;
  let ports: NodeHostPorts;
  const openGit = (directory: string): ReturnType<NodeHostPorts['openGit']> =>
    ports.openGit(directory, ports.processes, new AbortController().signal);

  beforeEach(() => {
    ports = createHostPorts({ journalDirectory: join(tmpdir(), 'never') });
    root = join(realpathSync(mkdtempSync(join(tmpdir(), 'git-test-'))), 'repository');
    mkdirSync(join(root, 'src'), { recursive: true });
  });

  afterEach(() => {
    rmSync(join(root, '..'), { recursive: true, force: true });
  });

  function git(...args: string[]): void {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    execFileSync('git', [...identity, ...args], { cwd: root, stdio: 'pipe' });
  }

  function repository(): void {
    git('init', '-q');
    writeFileSync(join(root, '.gitignore'), '*.log\n!keep.log\n');
    writeFileSync(join(root, 'src', 'ä "quoted"\n.py'), '');
    writeFileSync(join(root, ':(top)odd'), '');
    writeFileSync(join(root, 'debug.log'), '');
    writeFileSync(join(root, 'untracked.py'), '');
    git('add', '.gitignore', 'src');
    git('--literal-pathspecs', 'add', ':(top)odd');
  }

  it('lists tracked files, whatever their names', async () => {
    repository();
    const tracked = await (await openGit(root))?.trackedFiles();
    expect(tracked).toEqual(new Set(['.gitignore', 'src/ä "quoted"\n.py', ':(top)odd']));
  });

  it('asks git itself what is ignored', async () => {
    repository();
    const opened = await openGit(root);
    const ignored = await opened?.ignoredFiles([
      'debug.log',
      'keep.log',
      'untracked.py',
      'src/deep/x.log',
      ':(top)odd',
    ]);
    expect(ignored).toEqual(new Set(['debug.log', 'src/deep/x.log']));
    expect(await opened?.ignoredFiles([])).toEqual(new Set());
    expect(await opened?.ignoredFiles(['untracked.py'])).toEqual(new Set());
  });

  it('answers beside a submodule, whose files other rules are for', async () => {
    repository();
    git('commit', '-q', '-m', 'all');
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', root, 'module');
    const opened = await openGit(root);
    expect(await opened?.ignoredFiles(['module/debug.log', 'debug.log'])).toEqual(
      new Set(['debug.log']),
    );
    expect(await opened?.ignoredFiles(['module/debug.log'])).toEqual(new Set());
    expect((await opened?.trackedFiles())?.has('module')).toBe(true);
  });

  it('is null without a repository, and for a damaged one', async () => {
    expect(await openGit(root)).toBeNull();
    mkdirSync(join(root, '.git'));
    expect(await openGit(root)).toBeNull();
  });

  it('runs no program that the repository names', async () => {
    repository();
    const proof = join(root, '..', 'proof');
    const payload = join(root, 'payload');
    writeFileSync(payload, `#!/bin/sh\ntouch ${proof}\n`);
    chmodSync(payload, 0o755);
    mkdirSync(join(root, 'hooks'));
    for (const name of ['post-index-change', 'pre-commit', 'fsmonitor-watchman']) {
      writeFileSync(join(root, 'hooks', name), `#!/bin/sh\ntouch ${proof}\n`);
      chmodSync(join(root, 'hooks', name), 0o755);
    }
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.gitProxy',
      'alias.ls-files',
    ]) {
      git('config', key, key.startsWith('alias') ? `!${payload}` : payload);
    }
    git('config', 'core.hooksPath', 'hooks');
    git('config', 'core.worktree', '/');
    const opened = await openGit(root);
    expect((await opened?.trackedFiles())?.size).toBe(3);
    expect(await opened?.ignoredFiles(['debug.log'])).toEqual(new Set(['debug.log']));
    expect(existsSync(proof)).toBe(false);
  });
});
