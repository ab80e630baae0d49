import { compareCodePoints } from '@securescan/core';
import type { AddedLines, FileTree, GitRepository } from '@securescan/scan-engine';

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

interface RepositoryContents {
  readonly tracked?: readonly string[];
  readonly ignored?: readonly string[];
  /** The newest first. */
  readonly history?: readonly AddedLines[];
  /** What is said to be cut of the history. */
  readonly historyNotes?: readonly string[];
}

/** A repository that tracks and ignores exactly these paths, and whose commits added exactly these lines. */
export function aGitRepository(contents: RepositoryContents = {}): GitRepository {
  const ignored = new Set(contents.ignored);
  return {
    readHistory: (_scope, visit) => {
      for (const added of contents.history ?? []) visit(added);
      return Promise.resolve(contents.historyNotes ?? []);
    },
    trackedFiles: () => Promise.resolve(new Set(contents.tracked)),
    ignoredFiles: (asked) => Promise.resolve(new Set(asked.filter((path) => ignored.has(path)))),
  };
}
