import { type CoveringOutcome, coverageOf, type ScannerCoverage } from '@securescan/core';
import type { ScanRecord } from './scan.mapper';

export interface ComparedScans {
  readonly base: ScanRecord;
  readonly head: ScanRecord;
}

/** What may be asked of one scanner, and lets it see more. */
const WIDENING_OPTIONS = [
  { option: 'history', scanner: 'secrets' },
  { option: 'active', scanner: 'zap' },
] as const;

/** Lets a scanner look at the server's machine in place of the target. */
const HOST_SCANNER = 'baseline';

/** An option that was not the same on both sides. */
export interface DifferingOption {
  readonly scanner: string;
  readonly option: string;
  readonly base: boolean;
  readonly head: boolean;
  /** Neither side can tell of what the other saw. */
  readonly isOfOtherThings: boolean;
}

/** What was asked of one scanner on one side only. */
export function differingOptions({ base, head }: ComparedScans): readonly DifferingOption[] {
  const [before, after] = [base.scan.options, head.scan.options];
  const differing: DifferingOption[] = WIDENING_OPTIONS.map(({ option, scanner }) => ({
    scanner,
    option,
    base: before[option] ?? false,
    head: after[option] ?? false,
    isOfOtherThings: false,
  }));
  differing.push({
    scanner: HOST_SCANNER,
    option: 'baseline_host_probes',
    base: before.hostProbes ?? false,
    head: after.hostProbes ?? false,
    isOfOtherThings: true,
  });
  return differing.filter((option) => option.base !== option.head);
}

/**
 * What the scanners of one side covered. One that was asked for less than on the other side tells nothing of what it does not
 * report, as if its report had been cut.
 */
export function coverageOfSide(
  scans: ComparedScans,
  side: keyof ComparedScans,
): readonly ScannerCoverage[] {
  const narrow = new Set(
    differingOptions(scans)
      .filter((option) => option.isOfOtherThings || !option[side])
      .map(({ scanner }) => scanner),
  );
  return [...scans[side].outcomes]
    .sort((a, b) => a.position - b.position)
    .map((outcome) => {
      const coverage = coverageOf(outcome satisfies CoveringOutcome);
      return narrow.has(outcome.scanner) ? { ...coverage, isCut: true } : coverage;
    });
}
