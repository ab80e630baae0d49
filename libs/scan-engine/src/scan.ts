import type { ScanType } from '@securescan/contracts';
import type { Finding, ScannerOutcome, ScanSummary } from '@securescan/core';
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
  /** One per selected scanner, in registry order. */
  readonly outcomes: readonly ScannerOutcome[];
  readonly summary: ScanSummary;
  /** False where no selected scanner completed: the scan then counts as failed, not as clean (D8). */
  readonly isConclusive: boolean;
}
