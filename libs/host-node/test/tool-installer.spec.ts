import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ToolDescription } from '@securescan/scan-engine';
import { notedLines, type PipBehaviour, writeStandInPython } from '@securescan/testing';
import { NodeProcessRunner } from '../src/process-runner';
import { ToolInstaller, type ToolInstallation } from '../src/tool-installer';
import { NodeToolLocator, programsDirectory } from '../src/tool-locator';
import { NodeWorkspaceFactory } from '../src/workspaces';
import { eventually, isRunning } from './eventually';

const TOOL: ToolDescription = {
  executable: 'bandit',
  versionArguments: ['--version'],
  parseVersion: (output) => /^bandit (\S+)/u.exec(output)?.[1] ?? null,
  installHint: 'pipx install bandit',
};
const RELEASE = { name: 'bandit', version: '1.9.4' };

const runs = (pid: number): boolean => isRunning(pid, (path) => readFileSync(path, 'utf8'));

describe('installing a tool', () => {
  const inherited = { ...process.env };
  let base: string;
  let tools: string;
  let home: string;
  let processes: NodeProcessRunner;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'installer-test-')));
    tools = join(base, 'tools');
    home = join(tools, 'bandit-1.9.4');
    processes = new NodeProcessRunner();
  });

  afterEach(() => {
    process.env = { ...inherited };
    rmSync(base, { recursive: true, force: true });
  });

  function locator(): NodeToolLocator {
    const installedPrograms = programsDirectory(tools);
    return new NodeToolLocator({ toolsDirectory: null, installedPrograms, path: base });
  }

  function installer(timeLimitMs?: number): ToolInstaller {
    const ports = { processes, tools: locator(), workspaces: new NodeWorkspaceFactory() };
    return new ToolInstaller(ports, tools, timeLimitMs);
  }

  function install(pip: PipBehaviour): Promise<ToolInstallation> {
    writeStandInPython(base, pip);
    return installer().install(TOOL, RELEASE);
  }

  it('builds an environment of its own and links the program last', async () => {
    expect(await install('installs')).toEqual({
      end: 'installed',
      problem: '',
      output: expect.stringContaining('Collected'),
    });
    expect(await locator().locate('bandit')).toBe(join(tools, 'bin', 'bandit'));
    expect(realpathSync(join(tools, 'bin', 'bandit'))).toBe(join(home, 'bin', 'bandit'));
    expect(readdirSync(join(tools, 'bin'))).toEqual(['bandit']);
    expect(notedLines(base, 'calls')).toEqual([
      `-I -m venv ${home}`,
      '-I -m pip --no-input --disable-pip-version-check install --progress-bar=off bandit==1.9.4',
    ]);
  });

  it('gives pip the operator’s settings for it and for the network, and nothing else', async () => {
    Object.assign(process.env, {
      PIP_INDEX_URL: 'https://mirror.invalid/simple',
      HTTPS_PROXY: 'http://proxy.invalid:3128',
      SECURESCAN_CANARY: 'canary',
      PYTHONPATH: '/canary',
    });
    await install('installs');
    const seen = notedLines(base, 'environment');
    expect(seen).toContain('PIP_INDEX_URL=https://mirror.invalid/simple');
    expect(seen).toContain('HTTPS_PROXY=http://proxy.invalid:3128');
    expect(seen.join('\n')).not.toContain('canary');
    expect(seen).not.toContain(`HOME=${inherited['HOME']}`);
  });

  it('leaves alone what is installed already', async () => {
    await install('installs');
    expect(await install('fails')).toMatchObject({ end: 'installed' });
    expect(notedLines(base, 'calls')).toHaveLength(2);
  });

  it('shares one attempt among all who ask at the same time', async () => {
    writeStandInPython(base, 'installs');
    const one = installer();
    const ends = await Promise.all([one.install(TOOL, RELEASE), one.install(TOOL, RELEASE)]);
    expect(ends.map(({ end }) => end)).toEqual(['installed', 'installed']);
    expect(notedLines(base, 'calls')).toHaveLength(2);
  });

  it('replaces what an attempt left that was cut short', async () => {
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'left-over'), '');
    expect(await locator().locate('bandit')).toBeNull();
    expect(await install('installs')).toMatchObject({ end: 'installed' });
    expect(existsSync(join(home, 'left-over'))).toBe(false);
  });

  it.each<[PipBehaviour, string]>([
    ['fails', 'pip install bandit==1.9.4 ended with exit code 1'],
    ['wrong version', 'bandit says version 0.0.1 instead of 1.9.4'],
  ])('where pip %s, says so and leaves nothing', async (pip, problem) => {
    const installation = await install(pip);
    expect(installation).toMatchObject({ end: 'failed', problem });
    expect(installation.output).not.toContain('hunter2hunter2');
    expect(existsSync(home)).toBe(false);
    expect(await locator().locate('bandit')).toBeNull();
  });

  it('says that python3 is missing', async () => {
    expect(await installer().install(TOOL, RELEASE)).toMatchObject({
      end: 'failed',
      problem: expect.stringContaining('python3 is not installed'),
    });
  });

  it('refuses in a sentence where it cannot write', async () => {
    writeStandInPython(base, 'installs');
    writeFileSync(tools, 'in the way');
    await expect(installer().install(TOOL, RELEASE)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
    });
  });

  it('kills all that outlives its time', async () => {
    writeStandInPython(base, 'hangs');
    const installation = await installer(2_000).install(TOOL, RELEASE);
    expect(installation).toMatchObject({
      end: 'timed_out',
      problem: 'pip install bandit==1.9.4 ended with timed out',
    });
    const pids = notedLines(base, 'pids').map(Number);
    expect(pids).toHaveLength(2);
    expect(await eventually(() => !pids.some(runs), 2_000)).toBe(true);
    expect(existsSync(home)).toBe(false);
  });

  it('ends with everything else that runs', async () => {
    writeStandInPython(base, 'hangs');
    const attempt = installer().install(TOOL, RELEASE);
    expect(await eventually(() => notedLines(base, 'pids').length === 2, 10_000)).toBe(true);
    await processes.killAll();
    expect(await attempt).toMatchObject({ end: 'cancelled' });
    expect(existsSync(home)).toBe(false);
  });
});
