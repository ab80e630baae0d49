import { lstatSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { movedPlaces, type MovedPlaces } from '@securescan/core';
import type { NodeHostPorts, Revisions, WrittenTree } from '@securescan/host-node';
import { SKIPPED_DIRECTORIES, type GitRepository, type ScanTarget } from '@securescan/scan-engine';

const NEVER_ENTERED: ReadonlySet<string> = new Set(SKIPPED_DIRECTORIES);

export interface RevisionRequest {
  /** In the work tree; only its place within the root matters. */
  readonly target: ScanTarget;
  readonly baseRef: string;
  readonly headRef: string;
  readonly signal: AbortSignal;
}

/** One of the two revisions, as files in a directory that is ours. */
export interface RevisionSide {
  readonly commit: string;
  /** What to scan; an empty directory where the revision does not have it. */
  readonly target: ScanTarget;
  /** The same place, or the nearest one above it that the revision has: where its configuration is looked for. */
  readonly place: ScanTarget;
  readonly repository: GitRepository;
  /** What the revision has and nobody reads: links, submodules, very large files, directories that no scan enters. */
  readonly unread: ReadonlySet<string>;
}

/** Two revisions side by side. */
export interface RevisionPair {
  /** The merge base. */
  readonly base: RevisionSide;
  readonly head: RevisionSide;
  /** By the path at head, the path at base. */
  readonly renames: ReadonlyMap<string, string>;
  readonly moved: MovedPlaces;
}

/**
 * Writes the head and its merge base with the base into directories and lends them to `use`; they are removed whatever happens.
 * The repository is only read (ADR 0019). Rejects with UserError for refs that are no commits and histories without a base.
 */
export async function withRevisionPair<T>(
  ports: NodeHostPorts,
  request: RevisionRequest,
  use: (pair: RevisionPair, revisions: Revisions) => Promise<T>,
): Promise<T> {
  const { target, signal } = request;
  const revisions = await ports.openRevisions(target.root, signal);
  const head = await revisions.resolve(request.headRef);
  const base = await revisions.mergeBase(await revisions.resolve(request.baseRef), head);
  return ports.workspaces.withWorkspace(async (directory) => {
    const places = { directory, target };
    const [baseSide, headSide, renames, hunks] = await Promise.all([
      writeSide(revisions, base, { ...places, name: 'base' }),
      writeSide(revisions, head, { ...places, name: 'head' }),
      revisions.renames(base, head),
      revisions.changedLines(base, head),
    ]);
    const pair = { base: baseSide, head: headSide, renames, moved: movedPlaces(renames, hunks) };
    return use(pair, revisions);
  });
}

interface SidePlaces {
  readonly directory: string;
  readonly name: string;
  readonly target: ScanTarget;
}

async function writeSide(
  revisions: Revisions,
  commit: string,
  { directory, name, target }: SidePlaces,
): Promise<RevisionSide> {
  const root = join(directory, name);
  mkdirSync(root);
  const tree = await revisions.writeTree(commit, root);
  const path = join(root, relative(target.root, target.path));
  const { project } = target;
  return {
    commit,
    target: exists(path)
      ? { root, path, project }
      : nothing(join(directory, `no-${name}`), project),
    place: { root, path: nearestExisting(path), project },
    repository: revisions.repositoryOf(tree),
    unread: unreadFiles(tree),
  };
}

/** A file in a directory that no scan enters is there, whatever scanners say of it. */
function unreadFiles({ files, skipped }: WrittenTree): ReadonlySet<string> {
  const passedOver = files.filter((file) =>
    file
      .split('/')
      .slice(0, -1)
      .some((name) => NEVER_ENTERED.has(name)),
  );
  return new Set([...skipped.map(({ path }) => path), ...passedOver]);
}

function nothing(directory: string, project: string): ScanTarget {
  mkdirSync(directory);
  return { root: directory, path: directory, project };
}

function nearestExisting(path: string): string {
  return exists(path) ? path : nearestExisting(dirname(path));
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
