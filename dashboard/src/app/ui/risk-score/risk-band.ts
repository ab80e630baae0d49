import type { Severity } from '@securescan/contracts';

export interface RiskBand {
  readonly label: string;
  /** The severity whose tone the band borrows. */
  readonly tone: Severity;
}

/** The product's one table of risk bands, shown alike on every surface. */
const BANDS: readonly (RiskBand & { readonly from: number })[] = [
  { from: 70, label: 'critical', tone: 'critical' },
  { from: 50, label: 'high', tone: 'high' },
  { from: 25, label: 'medium', tone: 'medium' },
  { from: 1, label: 'low', tone: 'low' },
];

export function riskBand(score: number): RiskBand {
  return BANDS.find((band) => score >= band.from) ?? { label: 'none', tone: 'info' };
}
