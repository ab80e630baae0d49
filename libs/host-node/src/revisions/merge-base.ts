import { UserError } from '@securescan/core';
import { requireExit } from '../git-exit';
import type { GitReader } from './git-reader';

const SHOWN = 12;

export interface History {
  readonly git: GitReader;
  /** Commits whose parents were not fetched. */
  readonly shallow: ReadonlySet<string>;
  /** From which they could be. */
  readonly remote: string | null;
}

/** See `Revisions.mergeBase`. */
export async function findMergeBase(base: string, head: string, history: History): Promise<string> {
  const { git, shallow } = history;
  const result = await git.run(['merge-base', base, head]);
  requireExit(result, [0, 1]);
  const found = result.stdout.trim();
  if (result.exitCode === 1) throw notFound(base, head, history);
  if (shallow.size > 0 && (await isUncertain(found, [base, head], history))) {
    throw shallowClone(base, head, history);
  }
  return found;
}

/**
 * A commit that only one side is known to reach, and whose parents are not here, may well descend from a later common one.
 * What the found one reaches itself cannot lead to a later one.
 */
async function isUncertain(
  found: string,
  sides: readonly string[],
  { git, shallow }: History,
): Promise<boolean> {
  const since = await git.text(['rev-list', ...sides, `^${found}`, '--']);
  return since.split('\n').some((id) => shallow.has(id));
}

function notFound(base: string, head: string, history: History): UserError {
  if (history.shallow.size > 0) return shallowClone(base, head, history);
  return new UserError(
    'MERGE_BASE_NOT_FOUND',
    `${short(base)} and ${short(head)} have no commit in common, so there is no change from one to the other; name a base from the same history.`,
  );
}

function shallowClone(base: string, head: string, { remote }: History): UserError {
  const command = `git fetch --unshallow${remote === null ? '' : ` ${remote}`}`;
  return new UserError(
    'MERGE_BASE_NOT_FOUND',
    `This clone is shallow and does not tell where ${short(base)} and ${short(head)} parted; run "${command}" (in GitHub Actions, give actions/checkout "fetch-depth: 0").`,
  );
}

function short(id: string): string {
  return id.slice(0, SHOWN);
}
