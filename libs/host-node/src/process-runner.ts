import { mkdirSync } from 'node:fs';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type {
  ProcessEnd,
  ProcessRequest,
  ProcessResult,
  ProcessRunner,
} from '@securescan/scan-engine';
import { CappedOutput, TailOutput, type OutputConsumer } from './output-collector';
import { inSandbox, type Sandbox } from './sandbox';
import { findMarkedProcesses, processStartFromProc, RUN_MARK_VARIABLE } from './process-table';

const KILL_AFTER_MS = 5_000;
const TRIAL_MS = 5_000;
/** How long pipes may stay open, in the hands of grandchildren, after the leader is gone. */
const PIPE_GRACE_MS = 500;
/** A descendant may fork between being seen and being killed, so the search for escaped ones is repeated. */
const ESCAPE_PASSES = 5;

/** The same as a ProcessResult, with standard output as it came, not decoded. */
export interface CollectedResult extends Omit<ProcessResult, 'stdout'> {
  readonly stdout: readonly Uint8Array[];
}

/** Decodes all at once, so that no character is cut in two where chunks meet. */
export function decoded(result: CollectedResult): ProcessResult {
  return { ...result, stdout: Buffer.concat(result.stdout).toString('utf8') };
}

/** One entry of the journal, from before the spawn to the end of the group. */
export interface GroupEntry {
  started(pid: number): void;
  forget(): void;
}

/** Notes which groups run. A crash right after a spawn must find the entry, so it is made before there is a process. */
export interface GroupJournal {
  announceGroup(mark: string): GroupEntry;
}

/** When a process started, as text to compare for equality; `null` when there is no such process. */
export function readProcessStart(pid: number): string | null {
  if (process.platform === 'linux') return processStartFromProc(pid);
  try {
    return execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
  } catch {
    // Expected: ps answers with an error when there is no such process.
    return null;
  }
}

/** Whether a program that takes but a moment ends well. Waits for it. */
export function succeeds(executable: string, args: readonly string[]): boolean {
  try {
    execFileSync(executable, [...args], { stdio: 'ignore', timeout: TRIAL_MS });
    return true;
  } catch {
    // Expected: what it tries is not possible here.
    return false;
  }
}

/** Sends a signal to a whole process group; does nothing when the group is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Expected: ESRCH, nothing of the group is left.
  }
}

/** Kills what carries the run's mark, wherever it went: a descendant may have left the process group. */
export async function killMarkedProcesses(mark: string): Promise<number> {
  let killed = 0;
  for (let pass = 0; pass < ESCAPE_PASSES; pass += 1) {
    const pids = await findMarkedProcesses(mark);
    if (pids.length === 0) break;
    for (const pid of pids) killOne(pid);
    killed += pids.length;
  }
  return killed;
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Expected: ESRCH, it ended meanwhile.
  }
}

/** One child from spawn to the last of its group. Whoever asks first for its end decides what the end is called. */
class ProcessRun {
  private readonly mark = randomUUID();
  private readonly startedAt = performance.now();
  private readonly stdout: CappedOutput;
  private failure: { readonly error: unknown } | null = null;
  private readonly stderr = new TailOutput();
  private readonly finished: Promise<CollectedResult>;
  private resolve: (result: CollectedResult) => void = () => undefined;
  private child: ChildProcess | null = null;
  private end: ProcessEnd = 'exited';
  private isStopping = false;
  private timers: NodeJS.Timeout[] = [];
  private entry: GroupEntry | null = null;

  constructor(
    private readonly request: ProcessRequest,
    private readonly journal: GroupJournal | null,
    private readonly host: { readonly killAfterMs: number; readonly sandbox: Sandbox | null },
    consume: OutputConsumer | null,
  ) {
    this.stdout = new CappedOutput(request.maxOutputBytes, consume);
    this.finished = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  start(): Promise<CollectedResult> {
    if (this.request.signal.aborted) {
      this.settle(this.result('cancelled', null));
      return this.finished;
    }
    this.entry = this.journal?.announceGroup(this.mark) ?? null;
    try {
      this.child = this.spawnChild();
      this.observe(this.child);
    } catch (error) {
      // Expected: arguments that the system call cannot carry, such as a NUL byte in a path; a program that has gone,
      // or that no sandbox can hold.
      this.settle(this.notStarted(error));
    }
    return this.finished;
  }

  /** SIGTERM to the group now, SIGKILL a little later. Later calls change nothing. */
  stop(end: ProcessEnd): void {
    if (this.isStopping || this.child?.pid === undefined) return;
    const pid = this.child.pid;
    this.isStopping = true;
    this.end = end;
    this.stdout.discard();
    this.child.stdout?.destroy();
    signalGroup(pid, 'SIGTERM');
    this.timers.push(setTimeout(() => signalGroup(pid, 'SIGKILL'), this.host.killAfterMs));
  }

  /** For the moment at which this process itself ends and nothing can be awaited any more. */
  killNow(): void {
    if (this.child?.pid !== undefined) signalGroup(this.child.pid, 'SIGKILL');
  }

  done(): Promise<CollectedResult> {
    return this.finished;
  }

  /** What whoever consumed the output threw, if it did; to be called when the run is over. */
  rethrow(): void {
    if (this.failure !== null) throw this.failure.error;
  }

  private spawnChild(): ChildProcess {
    const { cwd, env, stdin, isolation } = this.request;
    const { sandbox } = this.host;
    for (const directory of isolation?.writable ?? []) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    }
    const { executable, args } =
      sandbox === null || isolation === undefined ? this.request : inSandbox(this.request, sandbox);
    return spawn(executable, [...args], {
      cwd,
      env: { ...env, [RUN_MARK_VARIABLE]: this.mark },
      shell: false,
      detached: true,
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
  }

  private observe(child: ChildProcess): void {
    child.once('error', (error) => {
      if (child.pid === undefined) this.settle(this.notStarted(error));
    });
    if (child.pid === undefined) return;
    this.entry?.started(child.pid);
    child.stdout?.on('data', (chunk: Buffer) => this.take(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.stderr.add(chunk));
    this.feed(child);
    const onAbort = (): void => this.stop('cancelled');
    this.request.signal.addEventListener('abort', onAbort, { once: true });
    this.timers.push(setTimeout(() => this.stop('timed_out'), this.request.timeoutMs));
    child.once('exit', (code) => {
      this.request.signal.removeEventListener('abort', onAbort);
      void this.finish(child, code);
    });
  }

  private take(chunk: Buffer): void {
    try {
      if (!this.stdout.add(chunk)) this.stop('output_too_large');
    } catch (error) {
      // Expected: a full disk, or output that its reader refuses. It is told when nothing of the group is left.
      this.failure = { error };
      this.stop('cancelled');
    }
  }

  private feed(child: ChildProcess): void {
    if (child.stdin === null) return;
    // Expected: EPIPE, a child may end before it has read everything; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(this.request.stdin);
  }

  /**
   * The leader is gone, so nobody waits for the rest: its pipes get a moment to drain, then the group is killed, then
   * whatever left the group. The kernel keeps the group's id taken while a member lives, so the signal cannot go astray.
   */
  private async finish(child: ChildProcess, code: number | null): Promise<void> {
    this.clearTimers();
    if (!this.isStopping) await this.pipesClosed(child);
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
    await killMarkedProcesses(this.mark);
    this.settle(this.result(this.end, this.end === 'exited' ? code : null));
  }

  private pipesClosed(child: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      // Whatever held the event loop up for so long also kept us from reading what is already in the pipes: once more, then.
      this.timers.push(setTimeout(() => setImmediate(resolve), PIPE_GRACE_MS));
      child.once('close', () => resolve());
    });
  }

  private settle(result: CollectedResult): void {
    this.clearTimers();
    this.entry?.forget();
    this.resolve(result);
  }

  private clearTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
  }

  private notStarted(error: unknown): CollectedResult {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...this.result('not_started', null), stderrTail: reason };
  }

  private result(end: ProcessEnd, exitCode: number | null): CollectedResult {
    return {
      end,
      exitCode,
      stdout: end === 'exited' ? this.stdout.taken() : [],
      stderrTail: this.stderr.text(),
      durationMs: performance.now() - this.startedAt,
    };
  }
}

/**
 * Runs programs without a shell, each in a process group of its own, and leaves nothing of a group behind: not on cancel,
 * timeout or overflow, not when the leader exits before its children, not when this process ends.
 */
export class NodeProcessRunner implements ProcessRunner {
  private readonly live = new Set<ProcessRun>();
  private readonly onExit = (): void => {
    for (const run of this.live) run.killNow();
  };

  /** `killAfterMs` is the time from SIGTERM to SIGKILL. */
  constructor(
    private readonly journal: GroupJournal | null = null,
    readonly killAfterMs: number = KILL_AFTER_MS,
    readonly sandbox: Sandbox | null = null,
  ) {}

  async run(request: ProcessRequest): Promise<ProcessResult> {
    return decoded(await this.collect(request));
  }

  /** The same as `run`, for whoever lets somebody else decode the output. */
  collect(request: ProcessRequest): Promise<CollectedResult> {
    return this.supervise(request, null);
  }

  /**
   * The same as `run`, for output that is too large to keep: each chunk is shown once, and `maxOutputBytes` counts them all.
   * What `consume` throws ends the group and comes out of here.
   */
  stream(request: ProcessRequest, consume: OutputConsumer): Promise<CollectedResult> {
    return this.supervise(request, consume);
  }

  private async supervise(
    request: ProcessRequest,
    consume: OutputConsumer | null,
  ): Promise<CollectedResult> {
    const run = new ProcessRun(request, this.journal, this, consume);
    if (this.live.size === 0) process.on('exit', this.onExit);
    this.live.add(run);
    try {
      const result = await run.start();
      run.rethrow();
      return result;
    } finally {
      this.live.delete(run);
      if (this.live.size === 0) process.off('exit', this.onExit);
    }
  }

  /** Ends every running group and resolves when all are gone, after about five seconds at most. */
  async killAll(): Promise<void> {
    const runs = [...this.live];
    for (const run of runs) run.stop('cancelled');
    await Promise.all(runs.map((run) => run.done()));
  }
}
