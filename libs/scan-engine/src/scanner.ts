import type { ScanType } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
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
  /** `null` where the tool does not say. */
  readonly filesAssessed: number | null;
  /** What the tool said it could not read or finish, one line each. */
  readonly notes: readonly string[];
}

interface ScannerDescription {
  readonly name: string;
  readonly scanType: ScanType;
  /** For the pages and for `status`. */
  readonly description: string;
  readonly checks: readonly string[];
  readonly timeLimitMs: number;
}

export interface ToolDescription {
  /** Looked up on PATH and in the operator's tool directory, never in the scanned tree. */
  readonly executable: string;
  readonly versionArguments: readonly string[];
  readonly parseVersion: (output: string) => string | null;
  readonly installHint: string;
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
  readonly buildCommand: (context: CommandContext) => ToolCommand;
  readonly parse: (stdout: string) => ScannerReport;
}

export interface InspectContext {
  readonly target: ScanTarget;
  readonly files: FileTree;
  readonly git: GitRepository | null;
  readonly signal: AbortSignal;
}

/** A scanner of our own that reads the tree itself. */
export interface BuiltinScanner extends ScannerDescription {
  readonly kind: 'builtin';
  readonly inspect: (context: InspectContext) => Promise<ScannerReport>;
}

export type Scanner = ExternalScanner | BuiltinScanner;
