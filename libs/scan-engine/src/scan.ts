import type { ScanType } from '@securescan/contracts';
import type {
  Finding,
  ScannerOutcome,
  ScanPolicy,
  ScanSummary,
  SuppressionNotice,
} from '@securescan/core';
import type { GitRepository } from './ports';
import type { ScanOptions, ScanTarget } from './scanner';
import type { SlotLane } from './slot-scheduler';

export interface ScanRequest {
  /** `null` where nothing but a URL or a host is scanned. */
  readonly target: ScanTarget | null;
  /** At least one; scanners run if their type is among them, in registry order. */
  readonly scanTypes: readonly ScanType[];
  readonly options: ScanOptions;
  /** Runs only these, by name; `null` for all of the types. */
  readonly scanners: readonly string[] | null;
  /** What the project decided; nothing where it is left out. */
  readonly policy?: ScanPolicy;
  /** What git knows of a tree that was written from a revision; left out, the root's own repository is asked. */
  readonly repository?: GitRepository;
  /** By a file's path, the one that it had before it was renamed. */
  readonly formerPaths?: ReadonlyMap<string, string>;
  /** Where the scan gets its slots from: children and readings take one each. */
  readonly lane: SlotLane;
  /** Aborting it kills every child; `runScan` then rejects with ScanCancelledError. */
  readonly signal: AbortSignal;
}

/** What happens while a scan runs, in the order in which it happens. */
export type ScanProgress =
  | { readonly kind: 'scan-started'; readonly scanners: readonly string[] }
  | { readonly kind: 'scanner-started'; readonly scanner: string }
  | { readonly kind: 'scanner-ended'; readonly outcome: ScannerOutcome };

export interface ScanResult {
  /** Deduplicated, in canonical order. */
  readonly findings: readonly Finding[];
  /** What is to be said of comments and configuration that suppress: what is wrong with them, over or of no use. */
  readonly notices: readonly SuppressionNotice[];
  /** One per selected scanner, in registry order. */
  readonly outcomes: readonly ScannerOutcome[];
  /** By scanner, every file that it left unread; an outcome names only the first of them. */
  readonly unread: ReadonlyMap<string, ReadonlySet<string>>;
  readonly summary: ScanSummary;
  /** False where no selected scanner completed: the scan then counts as failed, not as clean (D8). */
  readonly isConclusive: boolean;
}
