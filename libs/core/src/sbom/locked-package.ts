/** The types of package URLs that lock files lead to. */
export type PackageType =
  'npm' | 'pypi' | 'golang' | 'cargo' | 'gem' | 'composer' | 'maven' | 'generic';

/** What a lock file says that a package's archive hashes to. */
export interface PackageHash {
  readonly algorithm: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'MD5';
  /** Lower-case hex. */
  readonly hex: string;
}

/** One of several archives of a package of which one is installed: a wheel for one platform, say. */
export interface LockedArchive {
  /** Its file name; `null` where the lock file does not give it. */
  readonly file: string | null;
  readonly hashes: readonly PackageHash[];
}

/** One package, at one version, as a lock file names it. */
export interface LockedPackage {
  /** Tells the package apart within its lock file, and is what `dependsOn` and `direct` name. */
  readonly key: string;
  readonly type: PackageType;
  /** As the package URL has it, not percent-encoded: `@babel`, `org.slf4j`, `github.com/gorilla`; `null` for none. */
  readonly namespace: string | null;
  readonly name: string;
  /** `null` where the lock file pins none. */
  readonly version: string | null;
  /** What else the package URL carries, as `repository_url`, `vcs_url`, `download_url`, `classifier`. */
  readonly qualifiers: Readonly<Record<string, string>>;
  /** `dev` where nothing but development, tests or a build need it; `optional` where it may be missing. */
  readonly scope: 'required' | 'optional' | 'dev';
  /** As written in the lock file: an SPDX expression, most often; `null` where it says nothing. */
  readonly license: string | null;
  /** Of the archive; several where the lock file lists several of the same archive. */
  readonly hashes: readonly PackageHash[];
  /** Where the lock file lists several archives, as those of Python do; `hashes` is empty then, as none of them is the package. */
  readonly archives?: readonly LockedArchive[];
  /** Keys of the packages of the same lock file that it needs; `null` where the lock file does not tell. */
  readonly dependsOn: readonly string[] | null;
}

/** A lock file as its reader has understood it. */
export interface Lockfile {
  /** What the project calls itself there; `null` where it does not. */
  readonly projectName: string | null;
  readonly projectVersion: string | null;
  /** Without the project itself and without its own workspace members, each key once. */
  readonly packages: readonly LockedPackage[];
  /** Keys of what the project needs itself; `null` where the lock file does not tell. */
  readonly direct: readonly string[] | null;
  /** What was left out or guessed, a sentence each: never silently. */
  readonly notes: readonly string[];
}

/** Reads one kind of lock file. Pure; throws nothing. */
export interface LockfileReader {
  /** As its tool is called: `npm`, `pnpm`, `go`. */
  readonly tool: string;
  /** Whether a file of this path, relative to the root, is one of its kind. */
  readonly reads: (path: string) => boolean;
  /**
   * `null` for a text that is no such lock file. `sibling` gives the text of a file in the same directory or below it, where one tells
   * what the lock file does not (`go.sum` beside `go.mod`); the reader names those that it may ask for in `siblings`.
   */
  readonly read: (text: string, sibling: (name: string) => string | null) => Lockfile | null;
  readonly siblings: readonly string[];
}
