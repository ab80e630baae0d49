import type { ProcessResult } from '@securescan/scan-engine';
import { requireExit } from '../git-exit';
import type { Setting } from '../git-command';
import type { GitReader } from './git-reader';
import type { AskGit } from './refs';

/** Settings that say how files of the work tree compare with those of the index. None of them names a program. */
const COMPARISON =
  '^core\\.(autocrlf|eol|filemode|symlinks|ignorecase|checkstat|trustctime|precomposeunicode)$';
const HARMLESS_VALUE = /^[a-z0-9]{0,10}$/iu;

/**
 * Whether the index differs from the commit, or the work tree from the index. The git of a view refreshes its own copy of the
 * index, and knows of no filter that it could run.
 */
export async function hasChanges(
  git: GitReader,
  { commit, workTree, ask }: { commit: string; workTree: string; ask: AskGit },
): Promise<boolean> {
  const staged = await git.run([
    'diff-index',
    '--cached',
    '--quiet',
    '--ignore-submodules=none',
    commit,
    '--',
  ]);
  if (differs(staged)) return true;
  const options = { workTree, settings: await comparisonSettings(ask) };
  // 1 says that some file differs, which the next command tells too; the first only spares it files that were merely touched.
  requireExit(await git.run(['update-index', '-q', '--refresh'], options), [0, 1]);
  return differs(await git.run(['diff-files', '--quiet', '--ignore-submodules=dirty'], options));
}

function differs(result: ProcessResult): boolean {
  requireExit(result, [0, 1]);
  return result.exitCode === 1;
}

async function comparisonSettings(ask: AskGit): Promise<readonly Setting[]> {
  const result = await ask(['config', '-z', '--get-regexp', COMPARISON]);
  // 1 says that none of them is set.
  requireExit(result, [0, 1]);
  return result.stdout.split('\0').flatMap((record): Setting[] => {
    const [name = '', value = 'true'] = record.split('\n');
    return name !== '' && HARMLESS_VALUE.test(value) ? [[name, value]] : [];
  });
}
