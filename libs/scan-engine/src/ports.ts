import type { DirectiveReading } from '@securescan/core';
import type { FileReport } from './file-report';

/** What the engine asks of the machine. `libs/host-node` implements these for Node; tests bring fakes. */

export interface ProcessRequest {
  /** Absolute path; there is no shell and no look-up. */
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  /** Text for standard input; without it there is none. */
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Bytes of standard output after which the child is killed. */
  readonly maxOutputBytes: number;
  readonly signal: AbortSignal;
  /** What the child may see where the operator asked for a sandbox; without it the child is never put into one. */
  readonly isolation?: Isolation;
  /** Called when its turn has come, right before the start. */
  readonly onStart?: () => void;
}

export interface Isolation {
  /** Paths that it may read beside its own installation. */
  readonly readable: readonly string[];
  /** Directories that it may write beside its working directory. */
  readonly writable?: readonly string[];
  readonly network: boolean;
}

export type ProcessEnd = 'exited' | 'timed_out' | 'cancelled' | 'output_too_large' | 'not_started';

export interface ProcessResult {
  readonly end: ProcessEnd;
  /** `null` unless the process exited by itself with a code. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The last 4 KiB of standard error; for `not_started`, why. */
  readonly stderrTail: string;
  readonly durationMs: number;
}

/** Runs a program in a process group of its own and kills the whole group on cancel, timeout and overflow (D10). */
export interface ProcessRunner {
  run(request: ProcessRequest): Promise<ProcessResult>;
}

export interface ToolLocator {
  /** Absolute path of an executable, or `null`. What lies in the scanned tree is never returned. */
  locate(executable: string, scannedRoot?: string): Promise<string | null>;
  /** Text that changes when the file at the path is replaced, for keeping what was learnt about it. */
  stamp(path: string): Promise<string>;
}

/** A private directory that serves one tool run as HOME and cwd, removed whatever happens. */
export interface WorkspaceFactory {
  withWorkspace<T>(use: (directory: string) => Promise<T>): Promise<T>;
}

/** Puts texts into a directory that is ours, by relative POSIX path. Rejects for a path that leads out of it. */
export type WriteFiles = (
  directory: string,
  files: Readonly<Record<string, string>>,
) => Promise<void>;

export interface TreeFile {
  /** POSIX, relative to the project root, as on disk. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** One walk of the target, shared by all scanners. Files are sorted by path in code-point order. */
export interface FileTree {
  readonly files: readonly TreeFile[];
  /** A larger file's text is not read. */
  readonly maxFileBytes: number;
  /** Paths that were not listed, with the reason: too large, unreadable, not a regular file. */
  readonly notes: readonly string[];
  /** What could not be listed because it could not be read. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Links, FIFOs, devices: who opens them leaves the tree or never comes back. */
  readonly irregular: readonly string[];
  /**
   * UTF-8 text with invalid bytes replaced, or `null` for a binary, unreadable or too large file, for a symbolic link and
   * for what lies outside the project root. The path is relative to the root and need not be listed.
   * `maxBytes` takes the place of `maxFileBytes`, for formats whose files are large without saying much.
   */
  readText(path: string, maxBytes?: number): Promise<string | null>;
}

/** Files to read for their comments and to show to scanners of kind `file`, each with the names of those that want to see it. */
export interface FileBatch {
  readonly root: string;
  readonly files: readonly { readonly path: string; readonly scanners: readonly string[] }[];
  readonly maxFileBytes: number;
  readonly maxLineCharacters: number;
  readonly maxFileFindings: number;
  readonly maxFileMs: number;
}

export interface InspectedFile {
  readonly path: string;
  /** Why nobody saw it; `null` where it was read. */
  readonly unread: string | null;
  readonly reports: readonly ({ readonly scanner: string } & FileReport)[];
  /** What its comments say; left out where they say nothing. */
  readonly directives?: DirectiveReading;
}

/** Reads files beside the event loop. */
export interface FileInspector {
  /**
   * Reads each file once and shows it to its scanners, in the order given. A scanner that takes too long for a file is
   * stopped, which counts as a skipped file. Rejects with the signal's reason when it is aborted.
   */
  inspect(batch: FileBatch, signal: AbortSignal): Promise<readonly InspectedFile[]>;
  /** Ends the threads. */
  close(): Promise<void>;
}

export interface SystemEntry {
  readonly kind: 'file' | 'directory' | 'other';
  /** The twelve permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
}

/**
 * Files and modes below a directory that stands for a whole system: `/`, or a tree that holds an `etc`. Paths are absolute
 * within it (`/etc/passwd`), and links are followed as that system would, so that none leads out. What cannot be read is
 * `null`.
 */
export interface SystemFiles {
  stat(path: string): Promise<SystemEntry | null>;
  /** UTF-8 with invalid bytes replaced; `null` too for what is no regular file or larger than 1 MB. */
  readText(path: string): Promise<string | null>;
  /** Names in code-point order; `null` where it is no directory that we may read. */
  list(path: string): Promise<readonly string[] | null>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Connect to this address, with the name of the URL as Host and SNI; left out, the system resolves the name. */
  readonly address?: string;
  /** Go on where the certificate does not hold, and say so in `tls`. */
  readonly allowsBadCertificate?: boolean;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** Bytes of the body, decoded, after which it is cut. */
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** In the order in which they came, names in lower case, repeated ones apart. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly isBodyCut: boolean;
  /** `null` for plain http. */
  readonly tls: TlsFacts | null;
}

export interface TlsFacts {
  /** As `TLSv1.3`. */
  readonly protocol: string;
  readonly cipher: string;
  /** Why the certificate does not hold, as OpenSSL names it (`CERT_HAS_EXPIRED`); `null` where it does. */
  readonly problem: string | null;
  /** ISO 8601. */
  readonly validTo: string;
  readonly daysLeft: number;
  readonly keyBits: number | null;
}

/** One exchange at a time: no redirect is followed, nothing is kept. Rejects with OperationalError, with a sentence. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export type Admission = { readonly addresses: readonly string[] } | { readonly refused: string };

/** Who may be connected to (D32). Names are resolved once, here, and connected to by the address that was judged. */
export interface NetworkGate {
  /**
   * A host name, an address without brackets or a CIDR range, against hosts and CIDR ranges. A range is admitted where it lies
   * wholly within one of them, and then stands for its addresses.
   */
  admit(host: string, allowed: readonly string[]): Promise<Admission>;
}

/** Which part of a repository's history is read, and how much of it at most. */
export interface HistoryScope {
  /** A file or a directory, relative to the project root; empty for all of it. */
  readonly path: string;
  /** Names of directories that are left out, wherever they stand. */
  readonly skippedDirectories: readonly string[];
  readonly maxCommits: number;
  /** Bytes of patches in sum. */
  readonly maxBytes: number;
  /** A commit with a longer patch is left out. */
  readonly maxCommitBytes: number;
  readonly timeLimitMs: number;
}

/** What one commit added to one file; a merge adds what stands in none of its parents. */
export interface AddedLines {
  /** The whole id, in hex. */
  readonly commit: string;
  /** POSIX, relative to the project root, as it was then. */
  readonly path: string;
  readonly lines: readonly string[];
}

export interface GitRepository {
  /** Paths relative to the project root that git tracks. */
  trackedFiles(): Promise<ReadonlySet<string>>;
  /** Of the given paths (relative to the root), those that git's own ignore rules cover. */
  ignoredFiles(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Shows the lines that commits added, of every commit that a ref reaches, the newest first, without what is binary. Gives
   * notes on what was cut. Rejects with OperationalError where git cannot read the history.
   */
  readHistory(scope: HistoryScope, visit: (added: AddedLines) => void): Promise<readonly string[]>;
}

export interface HostPorts {
  readonly processes: ProcessRunner;
  readonly tools: ToolLocator;
  readonly workspaces: WorkspaceFactory;
  readonly http: HttpClient;
  readonly network: NetworkGate;
  readonly writeFiles: WriteFiles;
  openSystem(root: string): SystemFiles;
  openTree(target: { readonly root: string; readonly path: string }): Promise<FileTree>;
  openInspector(): FileInspector;
  /** Runs git through the given runner. Aborting the signal ends every git that the repository started. */
  openGit(
    root: string,
    processes: ProcessRunner,
    signal: AbortSignal,
  ): Promise<GitRepository | null>;
  /**
   * Puts the rule pack that ships for a scanner into a directory, as one file, and gives its path and the SHA-256 (hex) of what
   * it was made from; `null` where the scanner has none.
   */
  rulePack(
    scanner: string,
    directory: string,
  ): Promise<{ readonly path: string; readonly digest: string } | null>;
  /** SHA-256 (hex) over the names and bytes of files or directories that the user named as rules. */
  digestPaths(paths: readonly string[]): Promise<string>;
  /**
   * Allow-listed variables of our own environment for children; with `network`, proxy and CA variables too. Directories in
   * the scanned tree are taken out of PATH.
   */
  childEnvironment(need: {
    readonly network: boolean;
    readonly scannedRoot?: string;
  }): Readonly<Record<string, string>>;
  /** The version of our own scanners: they and their rules change with the product. */
  readonly productVersion: string;
  /** Monotonic milliseconds, for durations only. */
  monotonicMs(): number;
}
