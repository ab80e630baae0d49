import { compareCodePoints } from '../order/compare-code-points';
import { countBySeverity } from '../severity/severity-rank';
import { riskScore } from '../severity/risk-score';
import { isActive } from '../model/suppression';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import type { ScanSummary } from '../model/summary';

/** Counts and score of what is active, and the scanners that completed. */
export function summarise(
  findings: readonly Finding[],
  outcomes: readonly ScannerOutcome[],
): ScanSummary {
  const active = findings.filter(isActive);
  return {
    totalFindings: active.length,
    suppressedFindings: findings.length - active.length,
    bySeverity: countBySeverity(active),
    riskScore: riskScore(active),
    scannersRun: outcomes
      .filter((outcome) => outcome.status === 'completed')
      .map((outcome) => outcome.scanner)
      .sort(compareCodePoints),
  };
}
