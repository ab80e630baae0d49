import type { ComparisonBody, ComparisonCauseKind, ComparisonClass } from '@securescan/contracts';

export const CLASS_LABELS: Readonly<Record<ComparisonClass, string>> = {
  new: 'New',
  fixed: 'Fixed',
  unchanged: 'Unchanged',
  not_assessed: 'Not assessed',
  newly_suppressed: 'Newly suppressed',
  suppressed: 'Suppressed',
};

/** What an empty list of a class says. */
export const CLASS_EMPTY: Readonly<Record<ComparisonClass, string>> = {
  new: 'Every finding of the head was there before, or could not be assessed.',
  fixed: 'Every finding of the base is still there, or could not be assessed.',
  unchanged: 'The two scans have no active finding in common.',
  not_assessed: 'Every scanner that told of a finding on one side completed on the other, too.',
  newly_suppressed: 'Nothing that was active at the base is suppressed at the head.',
  suppressed: 'Nothing is suppressed on both sides.',
};

export const CAUSE_WORDS: Readonly<Record<ComparisonCauseKind, string>> = {
  scanner_missing: 'One side did not have it: its findings are not assessed',
  scanner_failed: 'It failed or ran out of time: its findings are not assessed',
  scanner_version: 'Another version of the tool: what is new may be new to the tool alone',
  rules: 'Other rules',
  database: 'Another database of known vulnerabilities',
  options: 'One side let it see more: what only that side has is not assessed',
  report_cut: 'Its report was cut: what lies behind the cut is not assessed',
};

const CUTS_COVERAGE: ReadonlySet<ComparisonCauseKind> = new Set(['options', 'report_cut']);

/** Why nobody can say what became of a scanner's finding, as far as the comparison tells. */
export function reasonOf(
  scanner: string,
  { scanners, causes }: Pick<ComparisonBody, 'scanners' | 'causes'>,
): string {
  const compared = scanners.find((one) => one.scanner === scanner);
  if (compared !== undefined && compared.reason !== null) return compared.reason;
  const cause = causes.find((one) => one.scanner === scanner && CUTS_COVERAGE.has(one.kind));
  if (cause !== undefined) return CAUSE_WORDS[cause.kind];
  return 'One side left the file unread, or another of its scanners cannot be compared';
}
