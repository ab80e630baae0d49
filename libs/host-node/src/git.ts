import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import {
  isInSubmodule,
  type AddedLines,
  type GitRepository,
  type HistoryScope,
  type ProcessResult,
  type ProcessRunner,
  type ToolLocator,
  type WorkspaceFactory,
} from '@securescan/scan-engine';
import { GIT_OUTPUT_BYTES, GIT_TIMEOUT_MS, gitRequest, type GitCall } from './git-command';
import { requireExit } from './git-exit';
import { readHistory } from './git-history';

export interface GitDependencies {
  readonly processes: ProcessRunner;
  readonly tools: ToolLocator;
  readonly workspaces: WorkspaceFactory;
  /** Ends every git that is running. */
  readonly signal: AbortSignal;
  readonly environment: (scannedRoot: string) => Readonly<Record<string, string>>;
}

/** Opens the repository whose `.git` stands in the root; `null` if there is none, it is damaged, or git is not installed. */
export async function openGitRepository(
  root: string,
  dependencies: GitDependencies,
): Promise<GitRepository | null> {
  if (!hasDotGit(root)) return null;
  const executable = await dependencies.tools.locate('git', root);
  if (executable === null) return null;
  const repository = new CommandLineGit(root, executable, dependencies);
  return (await repository.isUsable()) ? repository : null;
}

/** Whether a `.git` stands in the directory, as git itself or a linked worktree puts it there. */
export function hasDotGit(root: string): boolean {
  try {
    const stats = lstatSync(join(root, '.git'));
    return stats.isDirectory() || stats.isFile();
  } catch {
    // Expected: not a repository.
    return false;
  }
}

class CommandLineGit implements GitRepository {
  constructor(
    private readonly root: string,
    private readonly executable: string,
    private readonly dependencies: GitDependencies,
  ) {}

  async isUsable(): Promise<boolean> {
    const result = await this.run(['rev-parse', '--git-dir']);
    return result.end === 'exited' && result.exitCode === 0;
  }

  async trackedFiles(): Promise<ReadonlySet<string>> {
    const result = await this.run(['ls-files', '-z', '--cached']);
    requireExit(result, [0]);
    return splitNul(result.stdout);
  }

  async ignoredFiles(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const tracked = paths.length === 0 ? new Set<string>() : await this.trackedFiles();
    // git refuses to answer at all where one of them lies in a submodule, which has rules of its own.
    const asked = paths.filter((path) => !isInSubmodule(path, tracked));
    if (asked.length === 0) return new Set();
    // With `./` in front, a name that begins with a colon is no pathspec magic, and one with a dash no option.
    const input = asked.map((path) => `./${path}\0`).join('');
    const result = await this.run(['check-ignore', '-z', '--stdin'], input);
    // 1 says that none of them is ignored.
    requireExit(result, [0, 1]);
    return new Set([...splitNul(result.stdout)].map((path) => path.slice('./'.length)));
  }

  /**
   * An empty directory stands for the work tree, and an index that is not there for the index: a `.gitattributes` in either
   * could declare any file binary, and nothing of it would be shown.
   */
  readHistory(scope: HistoryScope, visit: (added: AddedLines) => void): Promise<readonly string[]> {
    return this.dependencies.workspaces.withWorkspace((empty) =>
      readHistory(scope, visit, (call) =>
        this.start({
          home: empty,
          workTree: empty,
          env: { GIT_INDEX_FILE: join(empty, 'no-index') },
          ...call,
        }),
      ),
    );
  }

  private run(args: readonly string[], stdin?: string): Promise<ProcessResult> {
    return this.dependencies.workspaces.withWorkspace((home) =>
      this.start({
        args,
        home,
        workTree: this.root,
        ...(stdin === undefined ? {} : { stdin }),
        timeoutMs: GIT_TIMEOUT_MS,
        maxOutputBytes: GIT_OUTPUT_BYTES,
      }),
    );
  }

  private start(call: Omit<GitCall, 'gitDir'>): Promise<ProcessResult> {
    const { processes, environment, signal } = this.dependencies;
    const program = { executable: this.executable, root: this.root, environment, signal };
    return processes.run(gitRequest(program, { ...call, gitDir: join(this.root, '.git') }));
  }
}

/** Paths that git wrote with `-z`. */
export function splitNul(output: string): ReadonlySet<string> {
  return new Set(output.split('\0').filter((path) => path !== ''));
}
