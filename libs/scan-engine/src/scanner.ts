import type { ScanType } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import type { FileReport } from './file-report';
import type { FileTree, GitRepository } from './ports';

/** Where a scan looks. All paths are absolute, with symbolic links resolved. */
export interface ScanTarget {
  /** The directory of the nearest `.git` at or above the target; else the target (or its directory, for a file). */
  readonly root: string;
  /** The directory or file to scan, inside `root`. */
  readonly path: string;
  /** The identity of the project that verdicts can be bound to (D6). */
  readonly project: string;
}

export interface ScanOptions {
  /** Files, directories, registry packs (`p/ci`) or `auto`; empty means our own rule pack. */
  readonly semgrepRules: readonly string[];
  /** Scanners whose work needs the network are then skipped. */
  readonly offline?: boolean;
}

/** What a parser gives back. It is pure and total: nonsense throws TOOL_OUTPUT_INVALID and nothing else. */
export interface ScannerReport {
  readonly findings: readonly ParsedFinding[];
  /** Paths as the tool printed them; `null` where it does not say. */
  readonly assessed: readonly string[] | null;
  /** Files that it could not read, or not whole. */
  readonly skipped: readonly SkippedFile[];
  /** What else it said about the run, one line each. */
  readonly notes: readonly string[];
}

export interface SkippedFile {
  /** As the tool printed it. */
  readonly path: string;
  /** A few words that are the same for all files with the same trouble. */
  readonly reason: string;
}

interface ScannerDescription {
  readonly name: string;
  readonly scanType: ScanType;
  /** For the pages and for `status`. */
  readonly description: string;
  readonly checks: readonly string[];
  readonly timeLimitMs: number;
}

/** A pinned release on PyPI. */
export interface ToolPackage {
  readonly name: string;
  readonly version: string;
}

export interface ToolDescription {
  /** Looked up on PATH and in the operator's tool directory, never in the scanned tree. */
  readonly executable: string;
  readonly versionArguments: readonly string[];
  readonly parseVersion: (output: string) => string | null;
  readonly installHint: string;
  /** What we may put on the machine when asked; left out where the user has to do it. */
  readonly package?: ToolPackage;
  /** Added to the environment of every call, the one for the version too. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandContext {
  readonly target: ScanTarget;
  readonly options: ScanOptions;
  readonly files: FileTree;
  /** Absolute path of the rule pack that ships for the scanner; empty where none does. */
  readonly rulePack: string;
}

/** One call of the tool. The engine adds the private HOME and cwd, the environment, the limits. */
export interface ToolCommand {
  readonly args: readonly string[];
  /** Added to the allow-listed environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A scanner that runs an external program. Declarative: spawning, limits and outcomes belong to the engine. */
export interface ExternalScanner extends ScannerDescription {
  readonly kind: 'external';
  readonly tool: ToolDescription;
  /** Exit codes after which the output is trusted. All others make the outcome `failed`. */
  readonly successExitCodes: readonly number[];
  readonly needsNetwork: (options: ScanOptions) => boolean;
  /** Rules that the user named in place of our pack; empty or left out means that our pack, if any, is in use. */
  readonly userRules?: (options: ScanOptions) => readonly string[];
  /** False where there is nothing to read: the scanner then completed with 0 files assessed. */
  readonly appliesTo: (files: FileTree) => boolean;
  /** Files that its command keeps from it, where it would not leave them out itself; they count as skipped. */
  readonly keptFrom?: (files: FileTree) => readonly SkippedFile[];
  readonly buildCommand: (context: CommandContext) => ToolCommand;
  readonly parse: (stdout: string) => ScannerReport;
}

export interface InspectContext {
  readonly target: ScanTarget;
  readonly files: FileTree;
  readonly git: GitRepository | null;
  readonly signal: AbortSignal;
}

/** What the scanners of our own have in common. */
interface OwnScannerDescription extends ScannerDescription {
  /** What its rules say: names, texts, severities, patterns. The digest of it is part of each outcome. */
  readonly rules: readonly object[];
}

/** A scanner of our own that judges the tree as a whole: its names, and what git says of them. */
export interface BuiltinScanner extends OwnScannerDescription {
  readonly kind: 'builtin';
  readonly inspect: (context: InspectContext) => Promise<ScannerReport>;
}

export interface FileSelection {
  /** Paths of listed files. */
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/** A scanner of our own that looks at one file at a time. All of them share one reading of each file. */
export interface FileScanner extends OwnScannerDescription {
  readonly kind: 'file';
  /** Which files it wants to see, by their names and by what git says of them. */
  readonly select: (context: InspectContext) => Promise<FileSelection>;
  /**
   * Pure and synchronous. Runs in a worker thread, which is ended when one file takes too long. Findings beyond `maxFindings`
   * are cut: it may stop as soon as it has more than that.
   */
  readonly inspectFile: (path: string, text: string, maxFindings: number) => FileReport;
}

export type Scanner = ExternalScanner | BuiltinScanner | FileScanner;
