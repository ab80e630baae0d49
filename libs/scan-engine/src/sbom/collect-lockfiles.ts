import {
  LOCKFILE_READERS,
  type FoundLockfile,
  type LockfileReader,
  type SbomFacts,
} from '@securescan/core';
import { BUDGETS, budgetExceeded, tooLarge } from '../budgets';
import type { FileTree } from '../ports';
import { directoryOf, isOtherLockFile, manifestsWithoutLock } from './manifests';

/** What a walk of a tree may take up. */
export interface SbomBudgets {
  readonly lockfileBytes: number;
  readonly lockfiles: number;
  readonly packages: number;
}

export const SBOM_BUDGETS: SbomBudgets = {
  lockfileBytes: BUDGETS.namedFileBytes,
  lockfiles: 1_000,
  packages: 300_000,
};

/** What could not be read, and why. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

export interface LockfileCollection {
  readonly files: readonly FoundLockfile[];
  readonly unread: readonly UnreadFile[];
  /** What is missing although everything was read, a sentence each. */
  readonly missing: SbomFacts['notes'];
  /** What was left alone because it says nothing of this project, a sentence each. */
  readonly aside: SbomFacts['notes'];
}

/** Packages of others, with lock files of their own that say nothing of this project. */
const THIRD_PARTY: ReadonlySet<string> = new Set(['node_modules', 'site-packages', 'vendor']);
const MAX_NAMED = 20;

/** Reads every lock file of a tree. What cannot be read is said and never an error. */
export async function collectLockfiles(
  tree: FileTree,
  signal: AbortSignal,
  { budgets = SBOM_BUDGETS, readers = LOCKFILE_READERS }: CollectOptions = {},
): Promise<LockfileCollection> {
  const collector = new Collector(tree, budgets);
  const paths = tree.files.map(({ path }) => path);
  const own = paths.filter((path) => !isThirdParty(path));
  for (const { path, sizeBytes } of tree.files) {
    signal.throwIfAborted();
    const reader = readers.find(({ reads }) => reads(path));
    if (reader !== undefined && !isThirdParty(path)) await collector.read(path, sizeBytes, reader);
  }
  const links = tree.irregular.filter((path) => readers.some(({ reads }) => reads(path)));
  const foreign = paths.filter(
    (path) => isThirdParty(path) && readers.some(({ reads }) => reads(path)),
  );
  return {
    files: collector.files,
    unread: [
      ...collector.unread,
      ...links.map((path) => ({ path: tidy(path), reason: 'not a regular file' })),
      ...tree.skipped.map(({ path, reason }) => ({ path: tidy(path), reason })),
    ],
    missing: [
      ...several(own.filter(isOtherLockFile), 'it is of a kind that is not read'),
      ...several(
        await withNeeds(tree, manifestsWithoutLock(own)),
        'it has no lock file, so what it needs is not listed',
      ),
    ],
    aside: several(foreign, 'it belongs to a package of others and is not read'),
  };
}

interface CollectOptions {
  readonly budgets?: SbomBudgets;
  readonly readers?: readonly LockfileReader[];
}

class Collector {
  readonly files: FoundLockfile[] = [];
  readonly unread: UnreadFile[] = [];
  private packages = 0;

  constructor(
    private readonly tree: FileTree,
    private readonly budgets: SbomBudgets,
  ) {}

  async read(path: string, sizeBytes: number, reader: LockfileReader): Promise<void> {
    const reason = this.budgetReason(sizeBytes) ?? (await this.readWithin(path, reader));
    if (reason !== null) this.unread.push({ path: tidy(path), reason });
  }

  private budgetReason(sizeBytes: number): string | null {
    const { lockfileBytes, lockfiles, packages } = this.budgets;
    if (this.files.length >= lockfiles) return budgetExceeded(`more than ${lockfiles} lock files`);
    if (this.packages >= packages) return budgetExceeded(`more than ${packages} packages`);
    return sizeBytes > lockfileBytes ? tooLarge(lockfileBytes) : null;
  }

  /** `null` where it was read. */
  private async readWithin(path: string, reader: LockfileReader): Promise<string | null> {
    const { lockfileBytes } = this.budgets;
    const text = await this.tree.readText(path, lockfileBytes);
    if (text === null) return 'it cannot be read as text';
    const directory = directoryOf(path);
    const beside = new Map<string, string | null>();
    for (const name of reader.siblings) {
      const sibling = directory === '' ? name : `${directory}/${name}`;
      beside.set(name, await this.tree.readText(sibling, lockfileBytes));
    }
    const lockfile = reader.read(text, (name) => beside.get(name) ?? null);
    if (lockfile === null) return `it is not a lock file as ${reader.tool} writes it`;
    this.packages += lockfile.packages.length;
    this.files.push({ path: tidy(path), lockfile });
    return null;
  }
}

/** A `package.json` is often there for other things than what it needs. */
async function withNeeds(tree: FileTree, manifests: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const path of manifests) {
    const isOfNode = path.endsWith('package.json');
    const text = isOfNode ? ((await tree.readText(path)) ?? '') : null;
    if (
      text === null ||
      /"(?:dev|optional|peer)?[dD]ependencies"\s{0,100}:\s{0,100}\{\s{0,1000}"/u.test(text)
    ) {
      kept.push(path);
    }
  }
  return kept;
}

/** A sentence for each of the first, and one for the rest. */
function several(paths: readonly string[], what: string): string[] {
  const named = paths.slice(0, MAX_NAMED).map((path) => `${tidy(path)}: ${what}`);
  const rest = paths.length - named.length;
  return rest === 0
    ? named
    : [...named, `${String(rest)} more files of which the same is true: ${what}`];
}

function isThirdParty(path: string): boolean {
  return directoryOf(path)
    .split('/')
    .some((segment) => THIRD_PARTY.has(segment));
}

/** As every path that leaves the engine. */
function tidy(path: string): string {
  return path.toWellFormed().normalize('NFC');
}
