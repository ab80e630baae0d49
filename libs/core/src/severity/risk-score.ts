import type { Severity } from '@securescan/contracts';
import { confidencePercent } from './scanner-confidence';

/** In tenths, so that all sums are of whole numbers and the order of the findings cannot change a digit. */
const WEIGHT_TENTHS: Readonly<Record<Severity, number>> = {
  critical: 150,
  high: 80,
  medium: 30,
  low: 10,
  info: 2,
};

/**
 * 0 to 100 with one decimal: a logarithmic curve over severity weight times scanner confidence (ADR 0006). The same
 * findings give the same score in any order.
 */
export function riskScore(
  findings: Iterable<{
    readonly severity: Severity;
    readonly scanner: string;
    /** How many of them; one where it is left out. */
    readonly count?: number;
  }>,
): number {
  let thousandths = 0;
  for (const { severity, scanner, count = 1 } of findings) {
    thousandths += WEIGHT_TENTHS[severity] * confidencePercent(scanner) * count;
  }
  const score = Math.min(100, 20 * Math.log(1 + thousandths / 1000));
  return Math.round(score * 10) / 10;
}

const BANDS: readonly { readonly from: number; readonly band: Severity }[] = [
  { from: 70, band: 'critical' },
  { from: 50, band: 'high' },
  { from: 25, band: 'medium' },
  { from: 1, band: 'low' },
];

/** The word that every surface shows beside a score. */
export function riskBand(score: number): Severity {
  return BANDS.find(({ from }) => score >= from)?.band ?? 'info';
}
