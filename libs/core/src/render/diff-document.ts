import type { ScanType } from '@securescan/contracts';
import type { FindingsDiff } from '../diff/diff-findings';
import type { ScannerOutcome } from '../model/outcome';
import type { SuppressionNotice } from '../suppression/suppression-notice';

/** One end of a comparison: a revision, or a file that holds a stored scan. */
export interface DiffEnd {
  /** As it was named: a ref, or the name of a file. */
  readonly name: string;
  /** The whole id, in hex; `null` where it is no revision. */
  readonly commit: string | null;
}

/** What the report of a comparison is rendered from. Like a scan's it holds no time and no path of the machine. */
export interface DiffDocument {
  readonly toolVersion: string;
  readonly command: 'diff' | 'compare';
  /** For revisions: the merge base. */
  readonly base: DiffEnd;
  readonly head: DiffEnd;
  readonly target: string;
  readonly project: string | null;
  readonly scanTypes: readonly ScanType[];
  /** Whose configuration and baseline judged, in a few words. */
  readonly policy: string;
  /** What the head's own configuration and baseline would change, one line each: it has no effect yet. */
  readonly pendingPolicy: readonly string[];
  readonly diff: FindingsDiff;
  /** Of the head. */
  readonly outcomes: readonly ScannerOutcome[];
  /** Of the head's suppressions. */
  readonly notices: readonly SuppressionNotice[];
  /** False where suppressed findings are only counted. */
  readonly showsSuppressed: boolean;
}

/** True where every scanner that one side had could be compared. */
export function isDiffComplete({ scanners }: Pick<FindingsDiff, 'scanners'>): boolean {
  return (
    !scanners.some(({ isIncomplete }) => isIncomplete) &&
    scanners.some(({ base, head }) => base === 'completed' && head === 'completed')
  );
}
