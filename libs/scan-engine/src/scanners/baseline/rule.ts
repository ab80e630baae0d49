import type { Severity } from '@securescan/contracts';

/** What one rule says. How it is told lies with the check that reports it. */
export interface BaselineRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters; what was found follows as a sentence of its own. */
  readonly description: string;
  readonly remediation: string;
  readonly cwe: string | null;
  readonly references: readonly string[];
}
