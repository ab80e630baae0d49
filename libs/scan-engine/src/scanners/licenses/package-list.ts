import type { FileTree, SystemFiles } from '../../ports';
import type { SkippedFile } from '../../scanner';

/** One place where a package says something of its licence, with the texts as they were written. */
export interface LicenseStatement {
  readonly texts: readonly string[];
  /** Whether one of several may be chosen; false where that is not said. */
  readonly isChoice: boolean;
}

export interface LicensedPackage {
  /** The type of a package URL. */
  readonly type: 'npm' | 'pypi' | 'composer' | 'cargo';
  readonly name: string;
  readonly version: string | null;
  /** The most trustworthy first; none where the package says nothing of a licence. */
  readonly statements: readonly LicenseStatement[];
  /** `dev` where it serves development only. */
  readonly scope: 'dev' | null;
}

/** What one lock file or manifest stands for. */
export interface PackageList {
  /** The file that people look at for these packages. */
  readonly file: string;
  /** Those whose metadata could be read. */
  readonly packages: readonly LicensedPackage[];
  /** How many of the packages that the file names are known, be it as packages of another file. */
  readonly known: number;
  /** How many are named, and nothing tells their licences. */
  readonly unknown: number;
}

export interface Inventory {
  readonly lists: readonly PackageList[];
  /** Files that name packages, and could not be read. */
  readonly skipped: readonly SkippedFile[];
}

/** Where to look: the listed files, and what is installed beside them. */
export interface Place {
  readonly files: FileTree;
  /** Directories and links below the project root. */
  readonly system: SystemFiles;
  /** Of the directory that is scanned, relative to the root; empty for the root itself. */
  readonly target: string;
  /** Paths of listed files that are not part of somebody else's package. */
  readonly paths: readonly string[];
  readonly listed: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Lock files of large projects have some megabytes. */
const MAX_LOCK_BYTES = 16_000_000;
const NO_TEXT = 'no text, or larger than 16 MB';
const NOT_UNDERSTOOD = 'cannot be understood as a list of packages';
/** What is beyond this in one scan is not looked at. */
export const MAX_PACKAGES = 50_000;

/** A lock file or manifest as its reader has understood it. */
export interface LockFile<T> {
  readonly path: string;
  readonly content: T;
}

/**
 * Reads all files that `readerOf` has a reader for, in their order. A file that is too large, no text, or that its reader gives
 * `null` for is one of the skipped ones.
 */
export async function readLocks<T>(
  { files, paths, signal }: Place,
  readerOf: (path: string) => ((text: string) => T | null) | null,
): Promise<{ readonly locks: LockFile<T>[]; readonly skipped: SkippedFile[] }> {
  const locks: LockFile<T>[] = [];
  const skipped: SkippedFile[] = [];
  for (const path of paths) {
    const read = readerOf(path);
    if (read === null) continue;
    signal.throwIfAborted();
    const text = await files.readText(path, MAX_LOCK_BYTES);
    const content = text === null ? null : read(text);
    if (content !== null) locks.push({ path, content });
    else skipped.push({ path, reason: text === null ? NO_TEXT : NOT_UNDERSTOOD });
  }
  return { locks, skipped };
}

/** The text of a file that a package manager has put there. Some of them put links, all of which stay within the root. */
export async function readInstalled(
  { files, system, signal }: Place,
  path: string,
): Promise<string | null> {
  signal.throwIfAborted();
  return (await files.readText(path)) ?? system.readText(`/${path}`);
}

export async function listInstalled(place: Place, path: string): Promise<readonly string[]> {
  place.signal.throwIfAborted();
  return (await place.system.list(`/${path}`)) ?? [];
}
