import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError, type Hunk } from '@securescan/core';
import type { GitRepository, ToolLocator } from '@securescan/scan-engine';
import { hasDotGit } from '../git';
import { isInside } from '../path-inside';
import { findChangedLines, findRenames, findReviewedLines } from './changes';
import { askRepository, GitReaders, type GitReader, type ReaderDependencies } from './git-reader';
import { findMergeBase } from './merge-base';
import { headCommit, mainRemote, resolveRef, type AskGit } from './refs';
import { isShallow, shallowCommits, type RepositoryPlaces } from './repository-view';
import { readRawChanges, readTree, type RawChange } from './tree-entries';
import { TREE_LIMITS, writeEntries, type TreeLimits, type WrittenTree } from './tree-writer';
import { hasChanges } from './uncommitted';
import { WrittenRepository } from './written-repository';

const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * Reads what a repository keeps, and never touches its tree, its index, its HEAD or anything else of it (ADR 0019). Paths are
 * POSIX and relative to its top, commits full ids as `resolve` gives them. Every method rejects with OperationalError where git cannot read what it is asked for, and
 * with ScanCancelledError once the signal is aborted; by then no git runs any more.
 */
export interface Revisions {
  /** The full id of a commit. Throws UserError REF_NOT_FOUND. */
  resolve(ref: string): Promise<string>;
  /**
   * Where the histories of two commits parted. Throws UserError MERGE_BASE_NOT_FOUND where they share none, and where a shallow
   * clone leaves it open.
   */
  mergeBase(base: string, head: string): Promise<string>;
  isShallow(): Promise<boolean>;
  /** Whether tracked files differ from HEAD, staged or not. No filter, hook or monitor of the repository runs for it. */
  hasUncommittedChanges(): Promise<boolean>;
  /** Writes the files of a commit, byte by byte as git keeps them, into a directory that is ours and empty. */
  writeTree(commit: string, directory: string, limits?: TreeLimits): Promise<WrittenTree>;
  /** The same for the index, all of it or these paths. Throws UserError INDEX_UNMERGED in the middle of a merge. */
  writeIndex(
    paths: readonly string[] | null,
    directory: string,
    limits?: TreeLimits,
  ): Promise<WrittenTree>;
  /** What the next commit would add or change: of files renamed the new name, of files deleted nothing. */
  stagedPaths(): Promise<readonly string[]>;
  /**
   * Files that another one became, at least by half: path at head to path at base. The old path may exist at head still, with
   * content that is new.
   */
  renames(base: string, head: string): Promise<ReadonlyMap<string, string>>;
  /** Of every text that is at head and differs, by its path there; where it was renamed, against what it was. */
  changedLines(base: string, head: string): Promise<ReadonlyMap<string, readonly Hunk[]>>;
  /** The same as GitHub compares a pull request with where it began. */
  reviewedLines(base: string, head: string): Promise<ReadonlyMap<string, readonly Hunk[]>>;
  /** Files of a commit as text, by path; without those that it does not have, and those of more than a megabyte. */
  readTexts(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** For the engine to take in the place of a repository. Its history is what the commit reaches. */
  repositoryOf(tree: WrittenTree): GitRepository;
}

export interface RevisionsDependencies extends Omit<ReaderDependencies, 'program'> {
  readonly tools: ToolLocator;
  readonly environment: (scannedRoot: string) => Readonly<Record<string, string>>;
  /** What git says by GIT_INDEX_FILE to a hook: `commit -a` and `commit <path>` stage into an index of their own. */
  readonly hookIndex: { readonly file: string | undefined; readonly cwd: string };
}

/**
 * Opens the repository whose `.git` stands in the root. Throws UserError REPOSITORY_NOT_FOUND where there is none that git can
 * read, and TOOL_NOT_FOUND where there is no git.
 */
export async function openRevisions(
  root: string,
  dependencies: RevisionsDependencies,
  signal: AbortSignal,
): Promise<Revisions> {
  if (!hasDotGit(root)) {
    throw new UserError(
      'REPOSITORY_NOT_FOUND',
      `"${root}" is not the top of a git repository; name a directory within one.`,
    );
  }
  const { tools, environment, hookIndex, processes, workspaces } = dependencies;
  const executable = await tools.locate('git', root);
  if (executable === null) {
    throw new UserError(
      'TOOL_NOT_FOUND',
      'git is not installed here; install it, or put it on PATH.',
    );
  }
  const reading = { program: { executable, root, environment, signal }, processes, workspaces };
  const ask: AskGit = (args) => askRepository(reading, args);
  const places = await findPlaces(root, ask, hookIndex);
  return new GitRevisions({ root, places, ask, readers: new GitReaders(places, reading) });
}

async function findPlaces(
  root: string,
  ask: AskGit,
  hookIndex: RevisionsDependencies['hookIndex'],
): Promise<RepositoryPlaces> {
  const result = await ask(['rev-parse', '--show-object-format', '--absolute-git-dir']);
  // The rest is one path, whatever it holds.
  const [objectFormat = '', ...rest] = result.stdout.replace(/\n$/u, '').split('\n');
  const gitDir = rest.join('\n');
  if (result.exitCode !== 0 || gitDir === '') {
    const reason = result.stderrTail.trim().split('\n').at(-1) ?? '';
    throw new UserError(
      'REPOSITORY_NOT_FOUND',
      `git cannot read the repository in "${root}" (${reason || result.end}); "git status" there tells more.`,
    );
  }
  const commonDir = resolve(gitDir, linkIn(gitDir) ?? '.');
  return { gitDir, commonDir, objectFormat, indexFile: indexFileOf(root, gitDir, hookIndex) };
}

/** Of a linked work tree, where the repository itself is. */
function linkIn(gitDir: string): string | null {
  try {
    return readFileSync(join(gitDir, 'commondir'), 'utf8').replace(/\n$/u, '');
  } catch {
    // Expected: the repository's own work tree has no such file.
    return null;
  }
}

/** Git runs hooks within the work tree; from elsewhere the variable speaks of another repository. */
function indexFileOf(
  root: string,
  gitDir: string,
  { file, cwd }: RevisionsDependencies['hookIndex'],
): string {
  const isOurs = file !== undefined && file !== '' && isInside(cwd, root);
  return isOurs ? resolve(cwd, file) : join(gitDir, 'index');
}

class GitRevisions implements Revisions {
  private readonly root: string;
  private readonly places: RepositoryPlaces;
  private readonly ask: AskGit;
  private readonly readers: GitReaders;

  constructor(parts: { root: string; places: RepositoryPlaces; ask: AskGit; readers: GitReaders }) {
    this.root = parts.root;
    this.places = parts.places;
    this.ask = parts.ask;
    this.readers = parts.readers;
  }

  resolve(ref: string): Promise<string> {
    return resolveRef(ref, this.ask);
  }

  async mergeBase(base: string, head: string): Promise<string> {
    const shallow = shallowCommits(this.places);
    const remote = shallow.size === 0 ? null : await mainRemote(this.ask);
    return this.readers.with({}, (git) => findMergeBase(base, head, { git, shallow, remote }));
  }

  isShallow(): Promise<boolean> {
    return Promise.resolve(isShallow(this.places));
  }

  async hasUncommittedChanges(): Promise<boolean> {
    const head = await headCommit(this.ask);
    return this.readers.with({ index: true }, async (git) => {
      const commit = head ?? (await emptyTree(git));
      return hasChanges(git, { commit, workTree: this.root, ask: this.ask });
    });
  }

  writeTree(commit: string, directory: string, limits = TREE_LIMITS): Promise<WrittenTree> {
    return this.readers.with({}, async (git) => {
      const entries = readTree(await git.bytes(['ls-tree', '-r', '-z', '--full-tree', commit]));
      return { directory, commit, ...(await writeEntries(git, entries, directory, limits)) };
    });
  }

  async writeIndex(
    paths: readonly string[] | null,
    directory: string,
    limits = TREE_LIMITS,
  ): Promise<WrittenTree> {
    const commit = await headCommit(this.ask);
    return this.readers.with({ index: true }, async (git) => {
      const all = await changesInIndex(git, await emptyTree(git));
      refuseUnmerged(all);
      const wanted = paths === null ? null : new Set(paths);
      const entries = all.filter(({ path }) => wanted === null || wanted.has(path));
      return { directory, commit, ...(await writeEntries(git, entries, directory, limits)) };
    });
  }

  async stagedPaths(): Promise<readonly string[]> {
    const head = await headCommit(this.ask);
    return this.readers.with({ index: true }, async (git) => {
      const changes = await changesInIndex(git, head ?? (await emptyTree(git)));
      return changes.filter(({ status }) => status !== 'D').map(({ path }) => path);
    });
  }

  renames(base: string, head: string): Promise<ReadonlyMap<string, string>> {
    return this.readers.with({}, (git) => findRenames(git, base, head));
  }

  changedLines(base: string, head: string): Promise<ReadonlyMap<string, readonly Hunk[]>> {
    return this.readers.with({}, (git) => findChangedLines(git, base, head));
  }

  reviewedLines(base: string, head: string): Promise<ReadonlyMap<string, readonly Hunk[]>> {
    return this.readers.with({}, (git) => findReviewedLines(git, base, head));
  }

  readTexts(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.readers.with({}, async (git) => {
      const texts = new Map<string, string>();
      for (const path of paths) {
        const text = await readText(git, commit, path);
        if (text !== null) texts.set(path, text);
      }
      return texts;
    });
  }

  repositoryOf(tree: WrittenTree): GitRepository {
    return new WrittenRepository(tree, this.readers);
  }
}

async function readText(git: GitReader, commit: string, path: string): Promise<string | null> {
  const limits = { maxOutputBytes: MAX_TEXT_BYTES };
  const { end, bytes } = await git.collect(['cat-file', 'blob', `${commit}:${path}`], limits);
  return end.end === 'exited' && end.exitCode === 0 ? bytes.toString('utf8') : null;
}

/** Against the commit or tree. What was only announced with `add --intent-to-add` is not part of the index yet. */
async function changesInIndex(git: GitReader, than: string): Promise<RawChange[]> {
  const options = [
    '--raw',
    '-z',
    '--no-renames',
    '--ignore-submodules=none',
    '--ita-invisible-in-index',
  ];
  return readRawChanges(await git.bytes(['diff-index', '--cached', ...options, than, '--']));
}

/** The id of a tree without entries, which git knows without having it. */
async function emptyTree(git: GitReader): Promise<string> {
  return (await git.text(['hash-object', '-t', 'tree', '--stdin'], { stdin: '' })).trim();
}

function refuseUnmerged(changes: readonly RawChange[]): void {
  const unmerged = changes.filter(({ status }) => status === 'U').map(({ path }) => path);
  if (unmerged.length === 0) return;
  const which = unmerged.length === 1 ? '' : ` and ${unmerged.length - 1} more`;
  throw new UserError(
    'INDEX_UNMERGED',
    `"${unmerged[0] ?? ''}"${which} still has conflicts from a merge; resolve them and "git add" the result first.`,
  );
}
