import type { Verdict } from '@securescan/contracts';

/** What happens to verdicts by itself. */
export interface TriageDomainEvents {
  /** The time of a verdict was over; told once it is written down. */
  'verdict.lapsed': {
    readonly fingerprint: string;
    /** `null` for everywhere. */
    readonly project: string | null;
    readonly status: Verdict;
  };
}
