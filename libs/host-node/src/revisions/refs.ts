import { UserError } from '@securescan/core';
import type { ProcessResult } from '@securescan/scan-engine';
import { requireExit } from '../git-exit';

/** Asks the user's own repository. */
export type AskGit = (args: readonly string[]) => Promise<ProcessResult>;

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/u;
const MAX_REF_CHARACTERS = 1_000;
/** Names as people give them to branches: nothing of them means anything to git or to a shell. */
const PLAIN_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}._/+-]*$/u;

/** See `Revisions.resolve`. */
export async function resolveRef(ref: string, ask: AskGit): Promise<string> {
  refuseImproper(ref);
  const id = await commitOf(ref, ask);
  if (id !== null) return id;
  throw new UserError(
    'REF_NOT_FOUND',
    `There is no commit "${ref}" in this repository${await advice(ref, ask)}`,
  );
}

/** The commit that is checked out; `null` before the first one. */
export function headCommit(ask: AskGit): Promise<string | null> {
  return commitOf('HEAD', ask);
}

/** The remote that people mean when they name none; `null` without remotes. */
export async function mainRemote(ask: AskGit): Promise<string | null> {
  const remotes = await linesOf(['remote'], ask);
  return remotes.find((name) => name === 'origin') ?? remotes[0] ?? null;
}

function refuseImproper(ref: string): void {
  const isImproper =
    ref === '' || ref.startsWith('-') || ref.length > MAX_REF_CHARACTERS || /\p{Cc}/u.test(ref);
  if (!isImproper) return;
  const shown = ref.replace(/\p{Cc}/gu, '?').slice(0, 40);
  throw new UserError(
    'REF_NOT_FOUND',
    `"${shown}" cannot be the name of a commit; give a branch, a tag or a commit id.`,
  );
}

async function commitOf(ref: string, ask: AskGit): Promise<string | null> {
  const result = await ask([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  requireExit(result, [0, 1, 128]);
  const id = result.stdout.trim();
  // With `^` in front, git gives an id with `^` in front.
  return result.exitCode === 0 && ID.test(id) ? id : null;
}

async function advice(ref: string, ask: AskGit): Promise<string> {
  if (ref === 'HEAD' || ref === '@') return ': it has no commits yet. Commit something first.';
  const elsewhere = await onRemotes(ref, ask);
  if (elsewhere !== null) return `; did you mean "${elsewhere}"?`;
  const remote = await mainRemote(ask);
  if (remote === null || !PLAIN_NAME.test(ref)) {
    return '; check the name, "git branch --all" and "git tag" list those that there are.';
  }
  if (ID.test(ref)) return `; fetch it with "git fetch ${remote} ${ref}".`;
  const branch = ref.startsWith(`${remote}/`) ? ref.slice(remote.length + 1) : ref;
  const tracking = `${remote}/${branch}`;
  const command = `git fetch ${remote} ${branch}:refs/remotes/${tracking}`;
  return `; check the name, or fetch the branch with "${command}" and name it "${tracking}".`;
}

/** A branch of the same name that was fetched from a remote. */
async function onRemotes(ref: string, ask: AskGit): Promise<string | null> {
  const names = await linesOf(
    ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/remotes'],
    ask,
  );
  const same = names.filter((name) => name.slice(name.indexOf('/') + 1) === ref);
  return same.find((name) => name.startsWith('origin/')) ?? same[0] ?? null;
}

/** Nothing where git cannot tell: the advice is then a plainer one. */
async function linesOf(args: readonly string[], ask: AskGit): Promise<readonly string[]> {
  const { end, exitCode, stdout } = await ask(args);
  if (end !== 'exited' || exitCode !== 0) return [];
  return stdout.split('\n').filter((line) => line !== '');
}
