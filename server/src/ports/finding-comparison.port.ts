import type { ComparisonClass, SeverityCountsBody } from '@securescan/contracts';
import type { ScannerCoverage } from '@securescan/core';

/** Compares the findings of two stored scans, beside the event loop. */
export abstract class FindingComparison {
  /** Throws ComparisonUnavailableError when it takes too long or too many wait for theirs. */
  abstract compare(order: ComparisonOrder): Promise<ComparedFindings>;
}

export interface StoredSide {
  readonly scanId: string;
  readonly coverage: readonly ScannerCoverage[];
}

export interface ComparisonOrder {
  readonly base: StoredSide;
  readonly head: StoredSide;
}

/** Findings by their positions in their scans' canonical order, so that 100 000 of them are half a megabyte. */
export interface ComparedList {
  readonly positions: Int32Array;
  /** For each: 1 where it is one of base, 0 where it is one of head. */
  readonly isOfBase: Uint8Array;
  /** For each: the place in SEVERITIES of what it was at base, plus 1; 0 where it is the same. */
  readonly previous: Uint8Array;
}

export interface CountsOfScanner {
  readonly new: number;
  readonly fixed: number;
  readonly notAssessed: number;
}

/** What a comparison came to. Each list is in canonical order. */
export interface ComparedFindings {
  readonly lists: Readonly<Record<ComparisonClass, ComparedList>>;
  readonly newBySeverity: SeverityCountsBody;
  readonly fixedBySeverity: SeverityCountsBody;
  /** By the scanner under which findings are listed. */
  readonly byScanner: ReadonlyMap<string, CountsOfScanner>;
}
