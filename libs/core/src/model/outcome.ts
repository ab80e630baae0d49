import type { OutcomeStatus, ScanType } from '@securescan/contracts';

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
  readonly findingsCount: number;
  readonly notes: readonly string[];
}
