import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';

const RANKS: Readonly<Record<Severity, number>> = {
  critical: 4,
  high: 3,
  medium: 2,
  low: 1,
  info: 0,
};

/** 4 for critical down to 0 for info: the number that the database sorts by. */
export function severityRank(severity: Severity): number {
  return RANKS[severity];
}

/** The worst of at least one severity. */
export function highestSeverity(first: Severity, ...others: readonly Severity[]): Severity {
  return others.reduce((worst, next) => (RANKS[next] > RANKS[worst] ? next : worst), first);
}

/** A count for every severity, zeros included, in the order of SEVERITIES. */
export function countBySeverity(
  findings: Iterable<{ readonly severity: Severity }>,
): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** How many findings are as bad as the threshold or worse: what a gate judges by. */
export function countAtOrAbove(
  findings: Iterable<{ readonly severity: Severity }>,
  threshold: Severity,
): number {
  const counts = countBySeverity(findings);
  return SEVERITIES.filter((severity) => RANKS[severity] >= RANKS[threshold]).reduce(
    (sum, severity) => sum + counts[severity],
    0,
  );
}
