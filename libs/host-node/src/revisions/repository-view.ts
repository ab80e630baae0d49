import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError } from '@securescan/core';
import { budgetExceeded } from '@securescan/scan-engine';

const MAX_INDEX_BYTES = 512 * 1024 * 1024;
const SHARED_INDEX = /^sharedindex\.[0-9a-f]{40,64}$/u;
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
]);

/** Where a repository keeps its things; all paths are absolute. */
export interface RepositoryPlaces {
  /** Of this work tree, which need not be the repository's own. */
  readonly gitDir: string;
  /** Holds what all work trees share. */
  readonly commonDir: string;
  readonly indexFile: string;
  readonly objectFormat: string;
}

/** A git directory of ours, and what belongs to it. */
export interface RepositoryView {
  readonly gitDir: string;
  readonly home: string;
  /** A directory in which nothing is, to be the work tree where there shall be none. */
  readonly empty: string;
}

export interface ViewContents {
  /** The commit that is its only ref. */
  readonly head?: string;
  readonly index?: boolean;
}

/**
 * Makes a git directory of ours over the objects of somebody's repository (ADR 0019). It knows nothing of that repository's
 * configuration, hooks, attributes, refs and remotes: nothing of them can run or fetch, and whatever git writes, it writes here.
 */
export function createView(
  directory: string,
  places: RepositoryPlaces,
  { head, index = false }: ViewContents,
): RepositoryView {
  const view = {
    gitDir: join(directory, 'git'),
    home: join(directory, 'home'),
    empty: join(directory, 'empty'),
  };
  const objects = join(view.gitDir, 'objects', 'info');
  for (const path of [objects, join(view.gitDir, 'refs'), view.home, view.empty]) {
    mkdirSync(path, { recursive: true });
  }
  writeFileSync(join(view.gitDir, 'HEAD'), `${head ?? 'ref: refs/heads/none'}\n`);
  writeFileSync(
    join(view.gitDir, 'config'),
    `[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = ${places.objectFormat}\n`,
  );
  writeFileSync(join(objects, 'alternates'), quoted(join(places.commonDir, 'objects')));
  if (isShallow(places)) {
    copyFileSync(shallowFile(places), join(view.gitDir, 'shallow'));
  }
  if (index) copyIndex(places, view.gitDir);
  return view;
}

/** Ids of the commits whose parents were not fetched. */
export function shallowCommits(places: RepositoryPlaces): ReadonlySet<string> {
  if (!isShallow(places)) return new Set();
  return new Set(
    readFileSync(shallowFile(places), 'utf8')
      .split('\n')
      .filter((id) => id !== ''),
  );
}

export function isShallow(places: RepositoryPlaces): boolean {
  const file = shallowFile(places);
  return existsSync(file) && statSync(file).size > 0;
}

function shallowFile({ commonDir }: RepositoryPlaces): string {
  return join(commonDir, 'shallow');
}

/** In quotes a path may hold what would be structure of the file. */
function quoted(path: string): string {
  return `"${path.replace(/[\\"\n]/gu, (character) => ESCAPED.get(character) ?? character)}"\n`;
}

/**
 * A copy, because git touches a shared index whenever it reads one, and refreshes an index where it can. Without an index, as in
 * a repository that nothing was ever added to, there is nothing to copy.
 */
function copyIndex({ gitDir, indexFile }: RepositoryPlaces, into: string): void {
  if (!existsSync(indexFile)) return;
  for (const name of readdirSync(gitDir)) {
    if (SHARED_INDEX.test(name)) copy(join(gitDir, name), join(into, name));
  }
  const place = join(into, 'index');
  copy(indexFile, place);
  // A file that is as young as the index may have changed since: git looks into it, and only the age of the original says so.
  const seconds = Math.floor(statSync(indexFile).mtimeMs / 1000);
  utimesSync(place, seconds, seconds);
}

function copy(from: string, to: string): void {
  if (statSync(from).size > MAX_INDEX_BYTES) {
    const most = MAX_INDEX_BYTES / 1_000_000;
    throw new OperationalError(
      'TOOL_OUTPUT_TOO_LARGE',
      budgetExceeded(`the index of the repository is larger than ${Math.floor(most)} MB`),
    );
  }
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}
