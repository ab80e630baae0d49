import { lstatSync, type Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '@securescan/core';
import type { ScanTarget } from '@securescan/scan-engine';
import { readOrigin } from './git-origin';

/**
 * Finds out what a path that somebody typed stands for. Relative paths are relative to `cwd`; symbolic links are resolved.
 * Throws UserError TARGET_NOT_FOUND when there is no such file or directory.
 */
export async function resolveTarget(
  path: string,
  options: { readonly cwd: string },
): Promise<ScanTarget> {
  const real = await realTarget(path, options.cwd);
  const stats = await stat(real);
  if (!stats.isDirectory() && !stats.isFile()) {
    throw new UserError(
      'TARGET_NOT_FOUND',
      `${path} is neither a file nor a directory; name one that is.`,
    );
  }
  const root = projectRoot(real, stats);
  return { root, path: real, project: readOrigin(root) ?? root };
}

/** What stands at the path of a resolved target. Throws UserError TARGET_NOT_FOUND where it is gone meanwhile. */
export async function statTarget(path: string): Promise<Stats> {
  try {
    return await lstat(path);
  } catch (cause) {
    // Expected: it was there when the scan was asked for, and is gone now.
    throw new UserError('TARGET_NOT_FOUND', `There is nothing to scan at "${path}" any more.`, {
      cause,
    });
  }
}

/** The target as documents name it: relative to the root of its project, `.` for the root itself. */
export function targetWithinRoot({ root, path }: ScanTarget): string {
  const within = relative(root, path);
  return within === '' ? '.' : within.split(sep).join('/').normalize('NFC');
}

async function realTarget(path: string, cwd: string): Promise<string> {
  if (path === '')
    throw new UserError('TARGET_NOT_FOUND', 'The path to scan is empty; use "." for here.');
  try {
    return await realpath(resolve(cwd, path));
  } catch (cause) {
    // Expected: a typing error, a dangling link, or a directory on the way that we may not enter.
    throw new UserError(
      'TARGET_NOT_FOUND',
      `There is nothing to scan at "${path}"; check the path.`,
      { cause },
    );
  }
}

/** The directory of the nearest `.git` at or above the target; else the target itself, or its directory for a file. */
function projectRoot(target: string, stats: Stats): string {
  const start = stats.isDirectory() ? target : dirname(target);
  for (let directory = start; ; directory = dirname(directory)) {
    if (exists(join(directory, '.git'))) return directory;
    if (dirname(directory) === directory) return start;
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    // Expected: most directories are not the top of a repository.
    return false;
  }
}
