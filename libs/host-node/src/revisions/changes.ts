import { requireExit, type GitEnd } from '../git-exit';
import type { GitReader } from './git-reader';
import { HunkReader, type Hunk } from './hunk-reader';
import { readRawChanges } from './tree-entries';

/**
 * How files are followed. Similar ones: half of the content; a file that was wholly rewritten may have become two, and two may
 * have swapped their names. Beyond so many candidates git keeps to files that are the same.
 */
const SIMILAR = ['-B', '-M50%', '-l2000'];
const SAME = ['-M100%'];
const TIME_FOR_SIMILAR_MS = 120_000;

/** Plumbing, over a view in which nothing is set up: what else could change the output is said here. */
const DIFF_TREE = [
  '-c',
  'core.quotePath=false',
  '-c',
  'core.bigFileThreshold=64m',
  'diff-tree',
  '-r',
];
const PATCH = [
  '-p',
  '-U0',
  '--inter-hunk-context=0',
  '--diff-filter=d',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--ignore-submodules=all',
];

/** See `Revisions.renames`. */
export async function findRenames(
  git: GitReader,
  base: string,
  head: string,
): Promise<ReadonlyMap<string, string>> {
  const listing = ['--raw', '-z', '--diff-filter=RC'];
  const output = await withSimilar(
    (how) => git.collect([...DIFF_TREE, ...listing, ...how, base, head], limits(how)),
    ({ end }) => end,
  );
  requireExit(output.end, [0]);
  return new Map(
    readRawChanges(output.bytes).map(({ path, basePath }) => [path, basePath] as const),
  );
}

/** See `Revisions.changedLines`. */
export async function findChangedLines(
  git: GitReader,
  base: string,
  head: string,
): Promise<ReadonlyMap<string, readonly Hunk[]>> {
  const { end, reader } = await withSimilar(
    async (how) => {
      const reader = new HunkReader();
      const args = [...DIFF_TREE, ...PATCH, ...how, base, head];
      return { reader, end: await git.stream(args, limits(how), (chunk) => reader.push(chunk)) };
    },
    (result) => result.end,
  );
  requireExit(end, [0]);
  return reader.finish();
}

function limits(how: readonly string[]): { readonly timeoutMs?: number } {
  return how === SIMILAR ? { timeoutMs: TIME_FOR_SIMILAR_MS } : {};
}

/** To look for similar files takes their contents, which may not be here, and time; for the same ones neither. */
async function withSimilar<T>(
  attempt: (how: readonly string[]) => Promise<T>,
  endOf: (result: T) => GitEnd,
): Promise<T> {
  const result = await attempt(SIMILAR);
  const { end, exitCode } = endOf(result);
  return end === 'exited' && exitCode === 0 ? result : attempt(SAME);
}
