import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The project that a git origin stands for, as `host/path`: without scheme, user, port and `.git`. `null` for a local path.
 * All spellings of one repository give the same text.
 */
export function normaliseOrigin(url: string): string | null {
  const trimmed = url.trim();
  const match =
    /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)(?::\d*)?\/(.+)$/i.exec(trimmed) ??
    /^(?:[^/@:]+@)?(\[[^\]]+\]|[^/:]{2,}):(?!\/\/)(.+)$/.exec(trimmed);
  const [, host, path] = match ?? [];
  if (host === undefined || path === undefined) return null;
  const cleanPath = path
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '')
    .replace(/\/+$/, '');
  return cleanPath === '' ? null : `${host.toLowerCase()}/${cleanPath}`;
}

/** The URL of the remote `origin` in the text of a git configuration file; includes are not followed. */
export function parseOriginUrl(config: string): string | null {
  let isInOrigin = false;
  let url: string | null = null;
  for (const line of config.split('\n')) {
    const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1];
    if (section !== undefined) isInOrigin = /^remote\s+"origin"$/i.test(section);
    const value = isInOrigin ? /^\s*url\s*=\s*(.*?)\s*$/i.exec(line)?.[1] : undefined;
    if (value !== undefined) url ??= value.replace(/^"(.*)"$/, '$1');
  }
  return url;
}

/** The normalised origin of the repository whose `.git` stands in the directory, read without running git. */
export function readOrigin(root: string): string | null {
  try {
    const url = parseOriginUrl(
      readFileSync(join(commonDirectory(join(root, '.git')), 'config'), 'utf8'),
    );
    return url === null ? null : normaliseOrigin(url);
  } catch {
    // Expected: no repository, or one without a configuration.
    return null;
  }
}

/** In a linked worktree or a submodule `.git` is a file that names the real directory. */
function commonDirectory(dotGit: string): string {
  if (statSync(dotGit).isDirectory()) return dotGit;
  const named = /^gitdir:\s*(.*?)\s*$/m.exec(readFileSync(dotGit, 'utf8'))?.[1] ?? '';
  const gitDirectory = resolve(dotGit, '..', named);
  try {
    return resolve(gitDirectory, readFileSync(join(gitDirectory, 'commondir'), 'utf8').trim());
  } catch {
    // Expected: a submodule has a directory of its own and no `commondir`.
    return gitDirectory;
  }
}
