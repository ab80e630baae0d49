import { compareCodePoints } from '@securescan/core';
import type { FileTree, GitRepository } from '@securescan/scan-engine';

/** A tree in memory, by path; `null` stands for a file that is no text. Files that are not listed can be read too. */
export function aFileTree(
  contents: Readonly<Record<string, string | null>>,
  unlisted: Readonly<Record<string, string>> = {},
): FileTree {
  const all = new Map<string, string | null>(Object.entries({ ...unlisted, ...contents }));
  return {
    files: Object.keys(contents)
      .sort(compareCodePoints)
      .map((path) => ({ path, sizeBytes: contents[path]?.length ?? 0 })),
    maxFileBytes: 1_000_000,
    notes: [],
    skipped: [],
    irregular: [],
    readText: (path) => Promise.resolve(all.get(path) ?? null),
  };
}

/** A repository that tracks and ignores exactly these paths. */
export function aGitRepository(
  paths: { readonly tracked?: readonly string[]; readonly ignored?: readonly string[] } = {},
): GitRepository {
  const ignored = new Set(paths.ignored);
  return {
    trackedFiles: () => Promise.resolve(new Set(paths.tracked)),
    ignoredFiles: (asked) => Promise.resolve(new Set(asked.filter((path) => ignored.has(path)))),
  };
}
