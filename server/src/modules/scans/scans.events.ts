import type { ScanType } from '@securescan/contracts';
import type { ScannerOutcome } from '@securescan/core';

/** What happens to scans, as facts and ids. */
export interface ScanDomainEvents {
  'scan.queued': { readonly scanId: string };
  'scan.started': {
    readonly scanId: string;
    readonly target: string;
    readonly scanTypes: readonly ScanType[];
    readonly scanners: readonly string[];
  };
  'scanner.started': { readonly scanId: string; readonly scanner: string };
  'scanner.ended': { readonly scanId: string; readonly outcome: ScannerOutcome };
  'scan.completed': {
    readonly scanId: string;
    readonly target: string;
    readonly durationMs: number;
    readonly findingsCount: number;
    readonly riskScore: number;
    readonly scannersRun: readonly string[];
    readonly scannersSkipped: readonly string[];
  };
  'scan.failed': { readonly scanId: string; readonly error: string };
  'scan.cancelled': { readonly scanId: string };
  'scan.deleted': { readonly scanId: string };
}
