import type { Severity, Verdict } from '@securescan/contracts';

/** A finding that somebody had called fixed and that a scan, begun after that, has found all the same. */
export interface RegressedFinding {
  readonly fingerprint: string;
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly scanner: string;
  readonly ruleId: string;
  readonly filePath: string | null;
  readonly line: number | null;
  /** When it had been called fixed, and by whom. */
  readonly fixedAt: string;
  readonly fixedBy: string | null;
}

/** What happens to verdicts by itself. */
export interface TriageDomainEvents {
  /** The time of a verdict was over; told once it is written down. */
  'verdict.lapsed': {
    readonly fingerprint: string;
    /** `null` for everywhere. */
    readonly project: string | null;
    readonly status: Verdict;
  };
  /** Verdicts went back to `new`; told in the unit of work that writes them, in parts where a scan has many. */
  'finding.regressed': {
    readonly scanId: string;
    readonly project: string;
    /** At least one and at most 200, in canonical order: the most severe come first. */
    readonly findings: readonly RegressedFinding[];
    /** How many of the same scan were told by earlier events; 0 in its first. */
    readonly toldBefore: number;
  };
}
