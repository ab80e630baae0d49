import type { OutcomeStatus, ScanType } from '@securescan/contracts';

/** Files that a scanner left unread for one reason, with the first of them by name. */
export interface SkippedFiles {
  readonly reason: string;
  readonly count: number;
  readonly paths: readonly string[];
}

/** How one scanner's part of a scan ended. */
export interface ScannerOutcome {
  readonly scanner: string;
  readonly scanType: ScanType;
  readonly status: OutcomeStatus;
  readonly reason: string | null;
  readonly installHint: string | null;
  readonly version: string | null;
  readonly rulePackDigest: string | null;
  readonly durationMs: number;
  readonly exitCode: number | null;
  readonly filesAssessed: number | null;
  readonly filesSkipped: readonly SkippedFiles[];
  readonly bytesAssessed: number | null;
  readonly findingsCount: number;
  readonly notes: readonly string[];
  readonly stderrTail: string | null;
}
