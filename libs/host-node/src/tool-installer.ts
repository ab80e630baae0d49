import { mkdir, realpath, rename, symlink } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { OperationalError, redactSecrets } from '@securescan/core';
import type {
  HostPorts,
  ProcessResult,
  ToolDescription,
  ToolPackage,
} from '@securescan/scan-engine';
import { childEnvironment, installerEnvironment } from './child-environment';
import { removeDirectory } from './remove-directory';
import { programsDirectory } from './tool-locator';

const TIME_LIMIT_MS = 120_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;
const OUTPUT_TAIL = 4_000;
const PIP = ['-I', '-m', 'pip', '--no-input', '--disable-pip-version-check'];

export interface ToolInstallation {
  readonly end: 'installed' | 'failed' | 'timed_out' | 'cancelled';
  /** What went wrong, as a clause; empty if nothing did. */
  readonly problem: string;
  /** The end of what the programs printed, with secrets taken out. */
  readonly output: string;
}

type InstallerPorts = Pick<HostPorts, 'processes' | 'tools' | 'workspaces'>;

interface Step {
  readonly what: string;
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Installs pinned releases from PyPI, each into a virtual environment of its own. An environment cannot be moved, so it is
 * built at its place; it counts only once a link in the programs' directory leads to its program, and that link is made
 * last. What lies there without one is left from an attempt that was cut short, and goes at the next.
 */
export class ToolInstaller {
  private readonly running = new Map<string, Promise<ToolInstallation>>();

  constructor(
    private readonly ports: InstallerPorts,
    private readonly directory: string,
    private readonly timeLimitMs: number = TIME_LIMIT_MS,
  ) {}

  /** Resolves however the attempt ends. Who asks for the same while it runs shares the attempt. */
  async install(tool: ToolDescription, release: ToolPackage): Promise<ToolInstallation> {
    const home = join(this.directory, `${release.name}-${release.version}`);
    const running = this.running.get(home);
    if (running !== undefined) return running;
    const attempt = this.ports.workspaces.withWorkspace((workspace) => {
      const steps = new Steps(this.ports, workspace, this.timeLimitMs);
      return this.attempt({ tool, release, home, steps });
    });
    this.running.set(home, attempt);
    try {
      return await attempt;
    } finally {
      this.running.delete(home);
    }
  }

  private async attempt(job: Job): Promise<ToolInstallation> {
    const { home, steps } = job;
    if ((await this.isLinked(job)) && (await answersItsVersion(job))) return steps.installed();
    const python = await this.ports.tools.locate('python3');
    if (python === null)
      return steps.failed('python3 is not installed, and nothing can be installed without it');
    await makeDirectory(programsDirectory(this.directory));
    await removeDirectory(home);
    const isBuilt = (await build(python, job)) && (await answersItsVersion(job));
    if (isBuilt) {
      await this.link(job);
      return steps.installed();
    }
    await removeDirectory(home);
    return steps.failed();
  }

  private async isLinked({ tool, home }: Job): Promise<boolean> {
    try {
      const link = join(programsDirectory(this.directory), tool.executable);
      return (await realpath(link)) === (await realpath(join(home, 'bin', tool.executable)));
    } catch {
      // Expected: it was never installed, or somebody removed it.
      return false;
    }
  }

  /** Renamed into place, so that whoever looks finds the old program or the new one. */
  private async link({ tool, home }: Job): Promise<void> {
    const programs = programsDirectory(this.directory);
    const made = join(programs, `.${tool.executable}-${randomUUID()}`);
    await symlink(join(relative(programs, home), 'bin', tool.executable), made);
    await rename(made, join(programs, tool.executable));
  }
}

interface Job {
  readonly tool: ToolDescription;
  readonly release: ToolPackage;
  readonly home: string;
  readonly steps: Steps;
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    // Expected: a full or read-only disk, or a file in the way.
    throw new OperationalError('OUTPUT_NOT_WRITABLE', `${path} cannot be made.`, { cause: error });
  }
}

async function build(python: string, { release, home, steps }: Job): Promise<boolean> {
  const env = installerEnvironment(process.env);
  const pinned = `${release.name}==${release.version}`;
  const isMade = await steps.run({
    what: 'making a virtual environment',
    executable: python,
    args: ['-I', '-m', 'venv', home],
    env,
  });
  if (isMade === null) return false;
  const isFilled = await steps.run({
    what: `pip install ${pinned}`,
    executable: join(home, 'bin', 'python'),
    args: [...PIP, 'install', '--progress-bar=off', pinned],
    env,
  });
  return isFilled !== null;
}

async function answersItsVersion({ tool, release, home, steps }: Job): Promise<boolean> {
  const answer = await steps.run({
    what: `${tool.executable} ${tool.versionArguments.join(' ')}`,
    executable: join(home, 'bin', tool.executable),
    args: tool.versionArguments,
    env: { ...childEnvironment(process.env, { network: false }), ...tool.env },
  });
  if (answer === null) return false;
  const version = tool.parseVersion(answer.stdout) ?? tool.parseVersion(answer.stderrTail);
  if (version === release.version) return true;
  steps.note(
    `${tool.executable} says version ${version ?? 'nothing'} instead of ${release.version}`,
  );
  return false;
}

/** Programs one after the other under one time limit, and what came of them. */
class Steps {
  private readonly startedAt = performance.now();
  private readonly printed: string[] = [];
  private end: Exclude<ToolInstallation['end'], 'installed'> = 'failed';
  private problem = '';

  constructor(
    private readonly ports: InstallerPorts,
    private readonly workspace: string,
    private readonly timeLimitMs: number,
  ) {}

  /** The result if the program did its work, else `null`. */
  async run({ what, executable, args, env }: Step): Promise<ProcessResult | null> {
    const left = this.timeLimitMs - (performance.now() - this.startedAt);
    const result = await this.ports.processes.run({
      executable,
      args,
      cwd: this.workspace,
      env: { ...env, HOME: this.workspace, TMPDIR: this.workspace },
      timeoutMs: Math.max(1, left),
      maxOutputBytes: MAX_OUTPUT_BYTES,
      signal: new AbortController().signal,
    });
    this.printed.push(result.stdout, result.stderrTail);
    if (result.end === 'exited' && result.exitCode === 0) return result;
    this.note(`${what} ended with ${describeEnd(result)}`);
    if (result.end === 'timed_out' || result.end === 'cancelled') this.end = result.end;
    return null;
  }

  note(problem: string): void {
    this.problem = problem;
  }

  installed(): ToolInstallation {
    return { end: 'installed', problem: '', output: this.output() };
  }

  failed(problem: string = this.problem): ToolInstallation {
    return { end: this.end, problem, output: this.output() };
  }

  /** Secrets are looked for before the text is cut, for half of one would not be known as such. */
  private output(): string {
    const text = redactSecrets(this.printed.join('\n')).trim();
    if (text.length <= OUTPUT_TAIL) return text;
    const tail = text.slice(-OUTPUT_TAIL);
    return tail.slice(tail.indexOf('\n') + 1);
  }
}

function describeEnd({ end, exitCode }: ProcessResult): string {
  return end === 'exited' ? `exit code ${String(exitCode)}` : end.replaceAll('_', ' ');
}
