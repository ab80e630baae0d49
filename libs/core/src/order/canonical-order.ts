import type { Severity } from '@securescan/contracts';
import { severityRank } from '../severity/severity-rank';
import { compareCodePoints } from './compare-code-points';

/** What the one order of findings looks at. */
export interface Orderable {
  readonly severity: Severity;
  readonly scanner: string;
  readonly ruleId: string;
  readonly filePath: string | null;
  readonly lineStart: number | null;
  readonly title: string;
  readonly fingerprint: string;
  readonly occurrence: number;
}

/**
 * Worst first, then scanner, rule, file, line, title, fingerprint and occurrence. Fingerprint and occurrence are unique
 * together, so the order is total. No path and no line sort as the empty text and 0.
 */
export function compareFindings(a: Orderable, b: Orderable): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    compareCodePoints(a.scanner, b.scanner) ||
    compareCodePoints(a.ruleId, b.ruleId) ||
    compareCodePoints(a.filePath ?? '', b.filePath ?? '') ||
    (a.lineStart ?? 0) - (b.lineStart ?? 0) ||
    compareCodePoints(a.title, b.title) ||
    compareCodePoints(a.fingerprint, b.fingerprint) ||
    a.occurrence - b.occurrence
  );
}

/** A sorted copy in the canonical order. */
export function inCanonicalOrder<T extends Orderable>(findings: readonly T[]): T[] {
  return [...findings].sort(compareFindings);
}
