import { join } from 'node:path';
import {
  ScanCancelledError,
  type ProcessResult,
  type WorkspaceFactory,
} from '@securescan/scan-engine';
import {
  GIT_OUTPUT_BYTES,
  GIT_TIMEOUT_MS,
  gitRequest,
  type GitProgram,
  type Setting,
} from '../git-command';
import { requireExit, type GitEnd } from '../git-exit';
import type { OutputConsumer } from '../output-collector';
import { type NodeProcessRunner } from '../process-runner';
import {
  createView,
  type RepositoryPlaces,
  type RepositoryView,
  type ViewContents,
} from './repository-view';

/** Bytes of a tree, or of a change, that are shown and not kept. */
const STREAMED_BYTES = 64 * 1024 * 1024 * 1024;
const STREAM_TIMEOUT_MS = 300_000;

export interface ReaderDependencies {
  readonly program: GitProgram;
  readonly processes: NodeProcessRunner;
  readonly workspaces: WorkspaceFactory;
}

export interface ReadOptions {
  readonly stdin?: string;
  /** Default: an empty directory. */
  readonly workTree?: string;
  readonly settings?: readonly Setting[];
  readonly timeoutMs?: number;
  readonly maxOutputBytes?: number;
}

/** Git over one view: nothing that it is asked here reaches the user's own git directory. */
export class GitReader {
  constructor(
    private readonly view: RepositoryView,
    private readonly dependencies: ReaderDependencies,
  ) {}

  /** Resolves however git ended, but for a cancellation: that rejects with ScanCancelledError. */
  async run(args: readonly string[], options: ReadOptions = {}): Promise<ProcessResult> {
    const { processes } = this.dependencies;
    return this.unlessCancelled(await processes.run(this.request(args, options)));
  }

  /** Text that git wrote. Rejects with OperationalError where it ended badly. */
  async text(args: readonly string[], options: ReadOptions = {}): Promise<string> {
    const result = await this.run(args, options);
    requireExit(result, [0]);
    return result.stdout;
  }

  /** The same as it came. */
  async bytes(args: readonly string[], options: ReadOptions = {}): Promise<Buffer> {
    const { end, bytes } = await this.collect(args, options);
    requireExit(end, [0]);
    return bytes;
  }

  /** The same, however git ended. */
  async collect(
    args: readonly string[],
    options: ReadOptions = {},
  ): Promise<{ readonly end: GitEnd; readonly bytes: Buffer }> {
    const { processes } = this.dependencies;
    const result = this.unlessCancelled(await processes.collect(this.request(args, options)));
    return { end: result, bytes: Buffer.concat(result.stdout) };
  }

  /** Shows what git writes, however much it is. */
  async stream(
    args: readonly string[],
    options: ReadOptions,
    consume: OutputConsumer,
  ): Promise<GitEnd> {
    const limits = { timeoutMs: STREAM_TIMEOUT_MS, maxOutputBytes: STREAMED_BYTES };
    const request = this.request(args, { ...limits, ...options });
    return this.unlessCancelled(await this.dependencies.processes.stream(request, consume));
  }

  private request(args: readonly string[], options: ReadOptions): ReturnType<typeof gitRequest> {
    const { gitDir, home, empty } = this.view;
    return gitRequest(this.dependencies.program, {
      args,
      gitDir,
      home,
      workTree: empty,
      timeoutMs: GIT_TIMEOUT_MS,
      maxOutputBytes: GIT_OUTPUT_BYTES,
      ...options,
    });
  }

  private unlessCancelled<T>(result: T): T {
    if (this.dependencies.program.signal.aborted) throw new ScanCancelledError();
    return result;
  }
}

/** Lends readers of one repository, each with a view of its own that is gone afterwards. */
export class GitReaders {
  constructor(
    private readonly places: RepositoryPlaces,
    private readonly dependencies: ReaderDependencies,
  ) {}

  with<T>(contents: ViewContents, use: (git: GitReader) => Promise<T>): Promise<T> {
    return this.dependencies.workspaces.withWorkspace((directory) =>
      use(new GitReader(createView(directory, this.places, contents), this.dependencies)),
    );
  }
}

/**
 * Git over the user's own git directory, for what only that can answer: where things are, what a ref stands for, how it is set
 * up. Nothing here is for commands that write.
 */
export async function askRepository(
  { program, processes, workspaces }: ReaderDependencies,
  args: readonly string[],
): Promise<ProcessResult> {
  const limits = { timeoutMs: GIT_TIMEOUT_MS, maxOutputBytes: GIT_OUTPUT_BYTES };
  const gitDir = join(program.root, '.git');
  const result = await workspaces.withWorkspace((home) =>
    processes.run(gitRequest(program, { args, gitDir, home, workTree: home, ...limits })),
  );
  if (program.signal.aborted) throw new ScanCancelledError();
  return result;
}
