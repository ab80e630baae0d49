import { performance } from 'node:perf_hooks';
import {
  budgetExceeded,
  type AddedLines,
  type HistoryScope,
  type ProcessResult,
} from '@securescan/scan-engine';
import { requireExit } from './git-exit';
import { PLAIN_PATCH, readPatches } from './git-patches';

/** Commits of one call: enough to make its start cheap, few enough that its output seldom passes the limit. */
const BATCH_COMMITS = 200;
/** An id with its line end, in the longer of git's two hashes. */
const ID_BYTES = 65;
const MEGABYTE = 1_000_000;

/**
 * Plumbing, which no setting for how diffs look applies to. Merges are shown against all of their parents at once, so that
 * what came from a branch is shown where it was made, and what the merge itself added is not missed.
 */
const DIFF_TREE = [
  '-c',
  'core.quotePath=false',
  'diff-tree',
  '--stdin',
  '--root',
  '-r',
  '-c',
  '-p',
  '-U0',
  '--inter-hunk-context=0',
  '--diff-filter=d',
  '--no-renames',
  ...PLAIN_PATCH,
];

interface GitCall {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}

type Git = (call: GitCall) => Promise<ProcessResult>;

/** See `GitRepository.readHistory`. */
export function readHistory(
  scope: HistoryScope,
  visit: (added: AddedLines) => void,
  git: Git,
): Promise<readonly string[]> {
  return new HistoryReading(scope, visit, git).run();
}

class HistoryReading {
  private readonly notes: string[] = [];
  private readonly pathspecs: readonly string[];
  private readonly endsAt: number;
  private bytes = 0;
  private tooLong = 0;

  constructor(
    private readonly scope: HistoryScope,
    private readonly visit: (added: AddedLines) => void,
    private readonly git: Git,
  ) {
    this.pathspecs = pathspecsOf(scope);
    this.endsAt = performance.now() + scope.timeLimitMs;
  }

  async run(): Promise<readonly string[]> {
    await this.noteShallow();
    const commits = await this.commits();
    await this.readAll(commits);
    if (this.tooLong > 0) {
      const most = this.scope.maxCommitBytes / MEGABYTE;
      const what =
        this.tooLong === 1 ? '1 commit that changes' : `${this.tooLong} commits that change`;
      this.cut(`left out ${what} more than ${most} MB`);
    }
    return this.notes;
  }

  private async noteShallow(): Promise<void> {
    const result = await this.call(['rev-parse', '--is-shallow-repository'], ID_BYTES);
    if (result.stdout.trim() !== 'true') return;
    this.notes.push(
      'git history: the clone is shallow, what lies before its oldest commit was not read',
    );
  }

  private async commits(): Promise<string[]> {
    const { maxCommits } = this.scope;
    const result = await this.call(
      [
        'rev-list',
        '--all',
        '--full-history',
        '--topo-order',
        `--max-count=${maxCommits + 1}`,
        '--',
        ...this.pathspecs,
      ],
      (maxCommits + 1) * ID_BYTES,
    );
    if (result.end === 'timed_out') {
      this.cut(`${this.limitInSeconds()} were not enough to list the commits`);
      return [];
    }
    requireExit(result, [0]);
    const ids = result.stdout.split('\n').filter((id) => id !== '');
    if (ids.length > maxCommits) this.cut(`read only the newest ${maxCommits} commits`);
    return ids.slice(0, maxCommits);
  }

  private async readAll(commits: readonly string[]): Promise<void> {
    const pending = inBatches(commits);
    let done = 0;
    for (let batch = pending.pop(); batch !== undefined; batch = pending.pop()) {
      if (this.bytes > this.scope.maxBytes) {
        this.cut(
          `read ${done} of ${commits.length} commits, which change ${this.scope.maxBytes / MEGABYTE} MB`,
        );
        return;
      }
      const result = await this.call(
        [...DIFF_TREE, '--', ...this.pathspecs],
        this.scope.maxCommitBytes,
        batch,
      );
      if (result.end === 'timed_out') {
        this.cut(`read ${done} of ${commits.length} commits in ${this.limitInSeconds()}`);
        return;
      }
      if (result.end === 'output_too_large' && batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        pending.push(batch.slice(half), batch.slice(0, half));
        continue;
      }
      done += batch.length;
      if (result.end === 'output_too_large') this.tooLong += 1;
      else this.show(result);
    }
  }

  private show(result: ProcessResult): void {
    requireExit(result, [0]);
    this.bytes += Buffer.byteLength(result.stdout);
    for (const added of readPatches(result.stdout)) this.visit(added);
  }

  private call(
    args: readonly string[],
    maxOutputBytes: number,
    commits?: readonly string[],
  ): Promise<ProcessResult> {
    return this.git({
      args,
      maxOutputBytes,
      timeoutMs: Math.max(1, this.endsAt - performance.now()),
      ...(commits === undefined ? {} : { stdin: `${commits.join('\n')}\n` }),
    });
  }

  private cut(what: string): void {
    this.notes.push(budgetExceeded(`git history: ${what}`));
  }

  private limitInSeconds(): string {
    return `${this.scope.timeLimitMs / 1000} s`;
  }
}

function pathspecsOf({ path, skippedDirectories }: HistoryScope): string[] {
  return [
    path === '' ? ':(top)' : `:(top,literal)${path}`,
    ...skippedDirectories.map((name) => `:(top,exclude,glob)**/${name}/**`),
  ];
}

/** The last one comes first in turn. */
function inBatches(commits: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < commits.length; at += BATCH_COMMITS) {
    batches.push(commits.slice(at, at + BATCH_COMMITS));
  }
  return batches.reverse();
}
