/**
 * How often a report of this scanner is worth a person's time, in percent. A judgement of ours, kept coarse on purpose:
 * facts from a database or a port count in full, pattern matching counts less (ADR 0006).
 */
const CONFIDENCE_PERCENT: ReadonlyMap<string, number> = new Map([
  ['trivy', 100],
  ['npm-audit', 100],
  ['safety', 100],
  ['nmap', 100],
  ['semgrep', 90],
  ['secrets', 90],
  ['git-hygiene', 90],
  ['dockerfile', 90],
  ['checkov', 80],
  ['bandit', 80],
  ['baseline', 80],
  ['builtin_dast', 80],
  ['zap', 80],
  ['licenses', 80],
]);

/** 100 for a scanner that the table does not know: an unknown source must not look safer than a known one. */
export function confidencePercent(scanner: string): number {
  return CONFIDENCE_PERCENT.get(scanner) ?? 100;
}
