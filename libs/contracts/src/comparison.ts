import type { FindingWithStateBody } from './finding';
import type { OutcomeStatus, ScanBody, SeverityCountsBody } from './scan';
import type { Severity } from './severity';

/** What a finding of two compared scans can be. */
export const COMPARISON_CLASSES = [
  'new',
  'fixed',
  'unchanged',
  'not_assessed',
  'newly_suppressed',
  'suppressed',
] as const;
export type ComparisonClass = (typeof COMPARISON_CLASSES)[number];

export const COMPARISON_SIDES = ['base', 'head'] as const;
export type ComparisonSide = (typeof COMPARISON_SIDES)[number];

/** How one scanner's part of one of the two scans ended. */
export interface ComparedOutcomeBody {
  status: OutcomeStatus;
  version: string | null;
  /** Of its rules or database. */
  rule_pack_digest: string | null;
}

export interface ComparedScannerBody {
  scanner: string;
  /** `null` where it was not part of the scan. */
  base: ComparedOutcomeBody | null;
  head: ComparedOutcomeBody | null;
  /** Why the two scans cannot be compared by it; `null` where they can. */
  reason: string | null;
  /** What it would have said is missing from the comparison. */
  incomplete: boolean;
  /** Of the findings that are listed under its name. */
  new: number;
  fixed: number;
  not_assessed: number;
}

/** Why two scans of the same code would differ. */
export const COMPARISON_CAUSES = [
  'scanner_missing',
  'scanner_failed',
  'scanner_version',
  'rules',
  'database',
  'options',
  'report_cut',
] as const;
export type ComparisonCauseKind = (typeof COMPARISON_CAUSES)[number];

export interface ComparisonCauseBody {
  kind: ComparisonCauseKind;
  /** `null` where it concerns the whole scan. */
  scanner: string | null;
  /** What was so at each side, in a few words; `null` for nothing. */
  base: string | null;
  head: string | null;
}

export interface ComparisonBody {
  base: ScanBody;
  head: ScanBody;
  /** Every scanner that one side had could be compared. */
  complete: boolean;
  counts: Record<ComparisonClass, number>;
  new_by_severity: SeverityCountsBody;
  fixed_by_severity: SeverityCountsBody;
  /** Of the unchanged ones. */
  severity_changed: number;
  /** Head less base. */
  risk_delta: number;
  severity_delta: SeverityCountsBody;
  scanners: ComparedScannerBody[];
  /** What differs beside the code: each may explain some of the findings. */
  causes: ComparisonCauseBody[];
}

/** A finding as the comparison lists it, from the scan of its side. */
export interface ComparedFindingBody extends FindingWithStateBody {
  side: ComparisonSide;
  /** What an unchanged one was at base; `null` where it is the same, and in all other classes. */
  previous_severity: Severity | null;
}
