import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProcessStart } from '../src/process-runner';
import { RunJournal, sweepRunJournal } from '../src/run-journal';
import { NodeWorkspaceFactory } from '../src/workspaces';
import { eventually, isRunning } from './eventually';

jest.setTimeout(20_000);

const runs = (pid: number): boolean => isRunning(pid, (path) => readFileSync(path, 'utf8'));
const leaderOf = (pid: number): object => ({ pid, start: readProcessStart(pid) });
const DEAD_OWNER = { pid: 2 ** 22 + 1, start: 'long ago' };

describe('the run journal', () => {
  let directory: string;
  let journal: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'journal-test-'));
    journal = join(directory, 'run');
    mkdirSync(journal);
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  function group(source = 'setInterval(() => {}, 1000)', env: NodeJS.ProcessEnv = {}): number {
    const child = spawn(process.execPath, ['-e', source], { detached: true, stdio: 'ignore', env });
    children.push(child);
    return child.pid ?? 0;
  }

  function entry(name: string, content: object): void {
    writeFileSync(join(journal, `${name}.json`), JSON.stringify({ owner: DEAD_OWNER, ...content }));
  }

  it('ends a group that a dead process left, and forgets it', async () => {
    const pid = group();
    entry('group', { kind: 'group', leader: leaderOf(pid), mark: 'none' });
    expect(await sweepRunJournal(journal)).toEqual({ groupsKilled: 1, directoriesRemoved: 0 });
    expect(await eventually(() => !runs(pid), 2_000)).toBe(true);
    expect(readdirSync(journal)).toEqual([]);
  });

  it('spares a process that merely has the same id', async () => {
    const pid = group();
    entry('group', { kind: 'group', leader: { pid, start: 'another time' }, mark: 'none' });
    expect(await sweepRunJournal(journal)).toEqual({ groupsKilled: 0, directoriesRemoved: 0 });
    expect(runs(pid)).toBe(true);
    expect(readdirSync(journal)).toEqual([]);
  });

  it('ends what is left of a group whose leader is gone, known by its mark', async () => {
    const pid = group(undefined, { SECURESCAN_RUN_MARK: 'a-mark-of-this-test' });
    entry('group', {
      kind: 'group',
      leader: { pid: 2 ** 22 + 2, start: 'gone' },
      mark: 'a-mark-of-this-test',
    });
    expect(await sweepRunJournal(journal)).toEqual({ groupsKilled: 1, directoriesRemoved: 0 });
    expect(await eventually(() => !runs(pid), 2_000)).toBe(true);
  });

  it('ends what was spawned right before a crash, when only the mark was known', async () => {
    const pid = group(undefined, { SECURESCAN_RUN_MARK: 'an-announced-mark' });
    entry('group', { kind: 'group', leader: null, mark: 'an-announced-mark' });
    expect(await sweepRunJournal(journal)).toEqual({ groupsKilled: 1, directoriesRemoved: 0 });
    expect(await eventually(() => !runs(pid), 2_000)).toBe(true);
  });

  it('leaves alone what belongs to a process that still lives', async () => {
    const pid = group();
    const recorded = new RunJournal(journal).announceGroup('none');
    recorded.started(pid);
    expect(await sweepRunJournal(journal)).toEqual({ groupsKilled: 0, directoriesRemoved: 0 });
    expect(runs(pid)).toBe(true);
    expect(readdirSync(journal)).toHaveLength(1);
    recorded.forget();
    expect(readdirSync(journal)).toEqual([]);
  });

  it('removes the temporary directories that were left, and no others', async () => {
    const left = join(directory, 'securescan-abc');
    const foreign = join(directory, 'documents');
    for (const path of [left, foreign]) mkdirSync(join(path, 'deep'), { recursive: true });
    entry('left', { kind: 'directory', path: left });
    entry('foreign', { kind: 'directory', path: foreign });
    writeFileSync(join(journal, 'torn.json'), '{"kind":"dir');
    expect(await sweepRunJournal(journal)).toEqual({ groupsKilled: 0, directoriesRemoved: 1 });
    expect([existsSync(left), existsSync(foreign)]).toEqual([false, true]);
    expect(readdirSync(journal)).toEqual([]);
  });

  it('clears up once the owner was killed outright', async () => {
    const pid = group();
    const ownerPid = group();
    const owner = { pid: ownerPid, start: readProcessStart(ownerPid) };
    entry('group', { kind: 'group', owner, leader: leaderOf(pid), mark: 'none' });
    expect((await sweepRunJournal(journal)).groupsKilled).toBe(0);
    process.kill(ownerPid, 'SIGKILL');
    expect(
      await eventually(() => !runs(ownerPid) && readProcessStart(ownerPid) === null, 2_000),
    ).toBe(true);
    expect((await sweepRunJournal(journal)).groupsKilled).toBe(1);
    expect(await eventually(() => !runs(pid), 2_000)).toBe(true);
  });

  it('is no obstacle where it cannot be written', () => {
    writeFileSync(join(directory, 'file'), '');
    const release = new RunJournal(join(directory, 'file', 'run')).recordDirectory(
      '/tmp/securescan-x',
    );
    expect(release).not.toThrow();
  });

  it('knows nothing to sweep where nothing was recorded', async () => {
    expect(await sweepRunJournal(join(directory, 'never'))).toEqual({
      groupsKilled: 0,
      directoriesRemoved: 0,
    });
  });
});

describe('NodeWorkspaceFactory', () => {
  it('lends a private directory and removes it even when its user throws', async () => {
    const factory = new NodeWorkspaceFactory();
    let seen = '';
    const use = factory.withWorkspace((directory) => {
      seen = directory;
      writeFileSync(join(directory, 'cache'), 'x');
      return Promise.reject(new RangeError('tool'));
    });
    await expect(use).rejects.toThrow('tool');
    expect(seen).not.toBe('');
    expect(existsSync(seen)).toBe(false);
  });

  it('removes what a tool has protected against writing', async () => {
    let seen = '';
    await new NodeWorkspaceFactory().withWorkspace((directory) => {
      seen = directory;
      mkdirSync(join(directory, 'cache', 'module'), { recursive: true });
      writeFileSync(join(directory, 'cache', 'module', 'file'), '');
      for (const name of ['cache/module', 'cache']) chmodSync(join(directory, name), 0o500);
      return Promise.resolve();
    });
    expect(existsSync(seen)).toBe(false);
  });
});
