import type { ScanType } from '@securescan/contracts';
import { SCAN_TYPES } from '@securescan/contracts';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import type { ScanSummary } from '../model/summary';
import type { SuppressionNotice } from '../suppression/suppression-notice';

/**
 * What every report is rendered from. It holds no time, no random value, no id of the run and no absolute path, so that
 * the same findings give the same bytes on every machine.
 */
export interface ScanDocument {
  readonly toolVersion: string;
  /** Relative to the project root, `.` for the root itself, or the URL or host that was scanned. */
  readonly target: string;
  /** `null` where the project has no name but a path. */
  readonly project: string | null;
  readonly scanTypes: readonly ScanType[];
  /** In registry order. */
  readonly outcomes: readonly ScannerOutcome[];
  readonly summary: ScanSummary;
  /** In canonical order. */
  readonly findings: readonly Finding[];
  /** What is to be said of the suppressions themselves. */
  readonly notices: readonly SuppressionNotice[];
}

/** A document of what a scan gave; scan types are put in their order and a project that is a path is left out. */
export function toScanDocument(parts: ScanDocument): ScanDocument {
  return {
    ...parts,
    project: namedProject(parts.project),
    scanTypes: SCAN_TYPES.filter((type) => parts.scanTypes.includes(type)),
  };
}

/** The project as documents name it; `null` where its name is but a path of the machine. */
export function namedProject(project: string | null): string | null {
  const isPath = project !== null && /^(?:[\\/]|[A-Za-z]:[\\/])/.test(project);
  return isPath ? null : project;
}

/** True where at least one scanner completed and none that started failed to end. */
export function isComplete(outcomes: readonly ScannerOutcome[]): boolean {
  return (
    outcomes.some(({ status }) => status === 'completed') &&
    !outcomes.some(({ status }) => status === 'failed' || status === 'timed_out')
  );
}
