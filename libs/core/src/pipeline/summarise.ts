import { compareCodePoints } from '../order/compare-code-points';
import { countBySeverity } from '../severity/severity-rank';
import { riskScore } from '../severity/risk-score';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import type { ScanSummary } from '../model/summary';

/** Counts, score and the scanners that completed. */
export function summarise(
  findings: readonly Finding[],
  outcomes: readonly ScannerOutcome[],
): ScanSummary {
  return {
    totalFindings: findings.length,
    bySeverity: countBySeverity(findings),
    riskScore: riskScore(findings),
    scannersRun: outcomes
      .filter((outcome) => outcome.status === 'completed')
      .map((outcome) => outcome.scanner)
      .sort(compareCodePoints),
  };
}
