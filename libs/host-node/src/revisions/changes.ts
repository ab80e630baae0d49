import { OperationalError } from '@securescan/core';
import { budgetExceeded } from '@securescan/scan-engine';
import { requireExit, type GitEnd } from '../git-exit';
import { PLAIN_PATCH } from '../git-patches';
import { blobSizes } from './blob-sizes';
import type { GitReader } from './git-reader';
import type { Hunk } from '@securescan/core';
import { HunkReader } from './hunk-reader';
import { readRawChanges, type RawChange } from './tree-entries';
import { TREE_LIMITS } from './tree-writer';

/**
 * How files are followed. Similar ones: half of the content; a file that was wholly rewritten may have become two, and two may
 * have swapped their names. Beyond so many candidates git keeps to files that are the same.
 */
const SIMILAR = ['-B', '-M50%', '-l2000'];
const SAME = ['-M100%'];
/** As GitHub follows files: a file that was wholly rewritten stays what it is. */
const ON_GITHUB = ['-M50%', '-l2000'];
const TIME_FOR_SIMILAR_MS = 120_000;
/** As many as one command line holds without fail. */
const MAX_LEFT_OUT = 1_000;

/** Plumbing, over a view in which nothing is set up: what else could change the output is said here. */
const DIFF_TREE = ['-c', 'core.quotePath=false', 'diff-tree', '-r'];
const RAW = ['--raw', '-z'];
const PATCH = ['-p', '-U0', '--inter-hunk-context=0', '--diff-filter=d', ...PLAIN_PATCH];

/** Which contents of a change git may look at. */
interface Scope {
  readonly hows: readonly (readonly string[])[];
  readonly pathspecs: readonly string[];
}

/** See `Revisions.renames`. */
export async function findRenames(
  git: GitReader,
  base: string,
  head: string,
): Promise<ReadonlyMap<string, string>> {
  const { hows, pathspecs } = await scopeOf(git, base, head);
  const { end, bytes } = await firstToEndWell(hows, (how) =>
    git.collect(
      [
        ...[...DIFF_TREE, ...RAW, '--diff-filter=RC', ...how, base, head, '--'],
        ...(how === SAME ? [] : pathspecs),
      ],
      limits(how),
    ),
  );
  requireExit(end, [0]);
  return new Map(readRawChanges(bytes).map(({ path, basePath }) => [path, basePath] as const));
}

/** See `Revisions.changedLines`. */
export async function findChangedLines(
  git: GitReader,
  base: string,
  head: string,
  similar: readonly string[] = SIMILAR,
): Promise<ReadonlyMap<string, readonly Hunk[]>> {
  const { hows, pathspecs } = await scopeOf(git, base, head);
  const chosen = hows.map((how) => (how === SIMILAR ? similar : how));
  const { end, reader } = await firstToEndWell(chosen, async (how) => {
    const reader = new HunkReader();
    const args = [...DIFF_TREE, ...PATCH, ...how, base, head, '--', ...pathspecs];
    return { reader, end: await git.stream(args, limits(how), (chunk) => reader.push(chunk)) };
  });
  requireExit(end, [0]);
  return reader.finish();
}

/** See `Revisions.reviewedLines`. */
export function findReviewedLines(
  git: GitReader,
  base: string,
  head: string,
): Promise<ReadonlyMap<string, readonly Hunk[]>> {
  return findChangedLines(git, base, head, ON_GITHUB);
}

/**
 * Leaves out the files that nobody writes either: git would hold a huge one in memory, and give up at one that is not here. To
 * tell which files are the same takes no content; to look for similar ones takes all.
 */
async function scopeOf(git: GitReader, base: string, head: string): Promise<Scope> {
  const listing = [...DIFF_TREE, ...RAW, '--no-renames', base, head];
  const changes = readRawChanges(await git.bytes(listing));
  const sizes = await blobSizes(git, new Set(changes.flatMap(({ blobs }) => blobs)));
  const leftOut = changes.filter(({ blobs }) =>
    blobs.some((id) => (sizes.get(id) ?? Infinity) > TREE_LIMITS.maxFileBytes),
  );
  if (leftOut.length > MAX_LEFT_OUT) throw tooManyLeftOut(leftOut.length);
  const isWhole = changes.every(({ blobs }) => blobs.every((id) => sizes.has(id)));
  return { hows: isWhole ? [SIMILAR, SAME] : [SAME], pathspecs: pathspecsWithout(leftOut) };
}

function pathspecsWithout(leftOut: readonly RawChange[]): string[] {
  if (leftOut.length === 0) return [];
  return [':(top)', ...leftOut.map(({ path }) => `:(top,exclude)${patternOf(path)}`)];
}

/** What could not be decoded stands for anything. */
function patternOf(path: string): string {
  return path.replace(/[\\*?[]/gu, '\\$&').replace(/\ufffd+/gu, '*');
}

function tooManyLeftOut(count: number): OperationalError {
  return new OperationalError(
    'TOOL_OUTPUT_TOO_LARGE',
    `${budgetExceeded(`${count} files of the change are huge or not in this clone`)}; get those of a partial clone with "git fetch --refetch --no-filter".`,
  );
}

function limits(how: readonly string[]): { readonly timeoutMs?: number } {
  return how !== SAME ? { timeoutMs: TIME_FOR_SIMILAR_MS } : {};
}

/** The last one counts however it ends: the first may take more time than there is. */
async function firstToEndWell<T extends { readonly end: GitEnd }>(
  [first = SAME, ...others]: readonly (readonly string[])[],
  attempt: (how: readonly string[]) => Promise<T>,
): Promise<T> {
  const result = await attempt(first);
  const isWell = result.end.end === 'exited' && result.end.exitCode === 0;
  return isWell || others.length === 0 ? result : firstToEndWell(others, attempt);
}
