import type { Severity } from '@securescan/contracts';

export interface ScanSummary {
  /** Without the suppressed ones, as every other figure here. */
  readonly totalFindings: number;
  readonly suppressedFindings: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** 0 to 100, one decimal (ADR 0006). */
  readonly riskScore: number;
  /** Scanners whose outcome is `completed`, sorted by name. */
  readonly scannersRun: readonly string[];
}
