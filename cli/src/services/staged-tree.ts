import { mkdirSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { PROJECT_CONFIG_NAMES, readProjectConfig } from '@securescan/core';
import {
  findProjectConfig,
  isInside,
  type NodeHostPorts,
  type Revisions,
} from '@securescan/host-node';
import type { GitRepository, ScanTarget } from '@securescan/scan-engine';

/** What the next commit will hold, as files in a directory that is ours. */
export interface StagedTree {
  /** Only staged files and what scanners need beside them are there. */
  readonly target: ScanTarget;
  readonly repository: GitRepository;
  /** Staged files below the target, as findings name them. */
  readonly staged: ReadonlySet<string>;
}

export interface StagedRequest {
  /** In the work tree. */
  readonly target: ScanTarget;
  /** False where the line names another configuration, or none: then that of the index does not matter. */
  readonly readsConfig: boolean;
  readonly signal: AbortSignal;
}

/**
 * Writes what is staged into a directory and lends it to `use`; it is removed whatever happens. Beside each staged file stand the
 * files of its directory, as a lock beside its manifest, and the project's configuration with what that names: all of it as the
 * index has it. Rejects with UserError outside a repository and in the middle of a merge.
 */
export async function withStagedTree<T>(
  ports: NodeHostPorts,
  { target, readsConfig, signal }: StagedRequest,
  use: (tree: StagedTree) => Promise<T>,
): Promise<T> {
  const revisions = await ports.openRevisions(target.root, signal);
  const below = toPosix(relative(target.root, target.path));
  const staged = (await revisions.stagedPaths()).filter((path) => isBelow(path, below));
  const git = await ports.openGit(target.root, ports.processes, signal);
  const tracked = [...new Set([...((await git?.trackedFiles()) ?? []), ...staged])];
  return ports.workspaces.withWorkspace(async (directory) => {
    const index = { staged, tracked, revisions, target, directory };
    const wanted = neededPaths(index, readsConfig ? await policyPaths(index) : []);
    const root = join(directory, 'tree');
    mkdirSync(root);
    const tree = await revisions.writeIndex(wanted, root);
    const path = join(root, relative(target.root, target.path));
    if (below !== '' && !tree.files.includes(below)) mkdirSync(path, { recursive: true });
    return use({
      target: { root, path, project: target.project },
      repository: revisions.repositoryOf(tree),
      staged: new Set(staged.map((name) => name.toWellFormed().normalize('NFC'))),
    });
  });
}

interface Index {
  readonly staged: readonly string[];
  readonly tracked: readonly string[];
  readonly revisions: Revisions;
  readonly target: ScanTarget;
  readonly directory: string;
}

function neededPaths({ staged, tracked }: Index, policy: readonly string[]): string[] {
  const directories = new Set(staged.map((path) => posix.dirname(path)));
  return tracked.filter(
    (path) => directories.has(posix.dirname(path)) || policy.some((place) => isBelow(path, place)),
  );
}

/** The configuration of the index, and the rules and the baseline that it names. */
async function policyPaths({ tracked, revisions, target, directory }: Index): Promise<string[]> {
  const names: ReadonlySet<string> = new Set(PROJECT_CONFIG_NAMES);
  const configs = tracked.filter((path) => names.has(posix.basename(path)));
  if (configs.length === 0) return [];
  const root = join(directory, 'policy');
  mkdirSync(root);
  await revisions.writeIndex(configs, root);
  const path = join(root, relative(target.root, target.path));
  mkdirSync(path, { recursive: true });
  const file = await findProjectConfig({ root, path, project: target.project });
  if (file === null) return [];
  const { semgrepRules, baseline } = readProjectConfig(file.text, file.path);
  const named = [...semgrepRules, ...(baseline === null ? [] : [baseline])];
  const places = named.map((name) => join(file.directory, name));
  return [
    file.path,
    ...places
      .filter((place) => isInside(place, root))
      .map((place) => toPosix(relative(root, place))),
  ];
}

/** Whether a path is the other one or lies below it; the empty text stands for the top. */
function isBelow(path: string, place: string): boolean {
  return place === '' || path === place || path.startsWith(`${place}/`);
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}
