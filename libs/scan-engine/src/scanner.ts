import type { ScanType } from '@securescan/contracts';
import type { Framework, LicensePolicy, ParsedFinding } from '@securescan/core';
import type { FileReport } from './file-report';
import type {
  FileTree,
  GitRepository,
  HttpClient,
  NetworkGate,
  ProcessResult,
  SystemFiles,
} from './ports';

/** Where a scan looks for files. All paths are absolute, with symbolic links resolved. */
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
  /** The web application for scanners of type `dast`: http or https, admitted by whoever took the order. */
  readonly targetUrl?: string | null;
  /** For scanners of type `network`: a name, an address or a CIDR range, admitted by whoever took the order. */
  readonly targetHost?: string | null;
  /** Lets `zap` attack the application; without it nothing is sent that a visitor would not send. */
  readonly active?: boolean;
  /** Lets `secrets` read what git's history holds, beside the files of today. */
  readonly history?: boolean;
  /** Lets `baseline` judge this machine instead of the target. */
  readonly hostProbes?: boolean;
  /** What the project's configuration says of licences, for `licenses`; left out where it says nothing. */
  readonly licenses?: LicensePolicy;
  readonly tools?: ToolSettings;
  /** The operator's own frameworks, whose controls findings are tagged with; never taken from a tree. */
  readonly frameworks?: readonly Framework[];
}

/** What the operator says of the tools on this machine: the same for every scan, and never taken from a tree. */
export interface ToolSettings {
  /** Hosts and CIDR ranges that scans may reach (D32). */
  readonly networkTargets?: readonly string[];
  /** Where the daemon of ZAP answers, and its key. */
  readonly zapAddress?: string;
  readonly zapApiKey?: string;
  /** Further arguments for nmap, each a word. */
  readonly nmapArguments?: readonly string[];
  /** Registry that npm asks for advisories; its own default where there is none. */
  readonly npmRegistry?: string;
  /** Absolute path of a directory that keeps trivy's database from scan to scan. */
  readonly trivyCache?: string;
  /** Takes trivy's database as it is: then it needs no network. */
  readonly trivySkipDbUpdate?: boolean;
  /** Absolute path of a directory with safety's database; then it needs no network. */
  readonly safetyDatabase?: string;
  readonly safetyApiKey?: string;
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
  /** Of the program that a scanner spoke to. */
  readonly version?: string;
}

/** Instead of a report: the scanner cannot run here. It then counts as skipped, never as clean. */
export interface Unavailable {
  readonly unavailable: string;
  readonly installHint: string | null;
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
  /** Judges the hosts that commands name. */
  readonly network: NetworkGate;
}

/** One call of the tool. The engine adds the private HOME and cwd, the environment, the limits. */
export interface ToolCommand {
  readonly args: readonly string[];
  /** Added to the allow-listed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Texts that stand in the working directory when the tool starts, by relative POSIX path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What this call is about, for the parser: a path relative to the root, where there is one call for each file. */
  readonly subject?: string;
  /** What the plan learnt that the parser needs besides. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** The calls that a scan needs, and files that none of them covers. */
export interface ToolPlan {
  readonly commands: readonly ToolCommand[];
  /** Files that the tool is kept from, or that it cannot read: they count as skipped. */
  readonly skipped?: readonly SkippedFile[];
  readonly notes?: readonly string[];
  /** In place of commands: the scanner must not run for this order, and counts as skipped. */
  readonly cannotRun?: Unavailable;
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
  /** False where there is nothing to read, told by names alone: the scanner then completed with 0 files assessed. */
  readonly appliesTo: (files: FileTree, options: ScanOptions) => boolean;
  /** Directories of the operator's that its commands name. */
  readonly directories?: (options: ScanOptions) => ToolDirectories;
  /** No command at all means that a closer look found nothing to read. */
  readonly plan: (context: CommandContext) => ToolPlan | Promise<ToolPlan>;
  /** Pure. Gets the standard output of one call and what that call was about (the empty text where it did not say). */
  readonly parse: (
    stdout: string,
    subject: string,
    facts?: Readonly<Record<string, string>>,
  ) => ScannerReport;
}

export interface ToolDirectories {
  /** Absolute paths. Those to be written are made where they are missing. */
  readonly readable?: readonly string[];
  readonly writable?: readonly string[];
}

/** A tree as scanners of our own see it. */
export interface TreeContext {
  readonly target: ScanTarget;
  readonly files: FileTree;
  readonly git: GitRepository | null;
  readonly signal: AbortSignal;
}

export interface InspectContext extends TreeContext {
  readonly options: ScanOptions;
  readonly machine: Machine;
}

/** What a scanner of our own may do beside reading files of the tree. */
export interface Machine {
  /** Runs a program to its end as the engine runs tools; `null` where it is not installed. */
  run(call: ProgramCall): Promise<ProcessResult | null>;
  /** Files and their modes below a directory, which no link leads out of. */
  openSystem(root: string): SystemFiles;
  readonly http: HttpClient;
  readonly network: NetworkGate;
}

export interface ProgramCall {
  readonly executable: string;
  readonly args: readonly string[];
  readonly timeLimitMs: number;
  /** Texts in the working directory, as for a tool's command. */
  readonly files?: Readonly<Record<string, string>>;
  /** What it may read within a sandbox. Left out: it asks about the machine itself and is never put into one. */
  readonly readable?: readonly string[];
}

/** What the scanners of our own have in common. */
interface OwnScannerDescription extends ScannerDescription {
  /** What its rules say: names, texts, severities, patterns. The digest of it is part of each outcome. */
  readonly rules: readonly object[];
}

/** A scanner of our own that judges the target as a whole: its names, what git says of them, what a server answers. */
export interface BuiltinScanner extends OwnScannerDescription {
  readonly kind: 'builtin';
  /** Its work opens connections, so it is skipped offline. */
  readonly needsNetwork?: boolean;
  /** Where it works through a service that may not be there. */
  readonly service?: RemoteService;
  readonly inspect: (context: InspectContext) => Promise<ScannerReport | Unavailable>;
}

/** A program that runs elsewhere and is spoken to over HTTP. */
export interface RemoteService {
  readonly installHint: string;
  /** Its version; rejects, with a sentence, where it does not answer. */
  readonly version: (
    http: HttpClient,
    options: ScanOptions,
    signal: AbortSignal,
  ) => Promise<string | null>;
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
  readonly select: (context: TreeContext) => Promise<FileSelection>;
  /**
   * Pure and synchronous. Runs in a worker thread, which is ended when one file takes too long. Findings beyond `maxFindings`
   * are cut: it may stop as soon as it has more than that.
   */
  readonly inspectFile: (path: string, text: string, maxFindings: number) => FileReport;
  /** What it has to say beyond the files of today; runs beside the reading. */
  readonly inspectBeyond?: (context: InspectContext) => Promise<ScannerReport>;
}

export type Scanner = ExternalScanner | BuiltinScanner | FileScanner;
