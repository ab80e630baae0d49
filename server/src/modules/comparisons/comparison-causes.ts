import type { ComparisonCauseBody } from '@securescan/contracts';
import type { ScannerComparison, ScannerCoverage } from '@securescan/core';
import type { Fields } from '../../common/fields';
import type { ScannerOutcomeEntity } from '../scans/scanner-outcome.entity';
import { type ComparedScans, type DifferingOption, differingOptions } from '../scans/scan-coverage';

type Outcome = Fields<ScannerOutcomeEntity>;

/** How one scanner ended on both sides. */
export interface OutcomePair {
  readonly comparison: ScannerComparison;
  readonly base: Outcome | null;
  readonly head: Outcome | null;
}

/** What differs between two scans beside the code, by scanner. */
export function causesOf(
  scans: ComparedScans,
  pairs: readonly OutcomePair[],
  coverage: Readonly<Record<keyof ComparedScans, readonly ScannerCoverage[]>>,
): ComparisonCauseBody[] {
  const options = differingOptions(scans);
  return pairs.flatMap((pair) => {
    const { scanner, base, head } = pair.comparison;
    if (base !== 'completed' || head !== 'completed') return missingCauses(pair);
    const differing = options.filter((option) => option.scanner === scanner);
    return [
      ...otherToolCauses(pair),
      ...differing.map(optionCause),
      // An option that was not the same cuts coverage too, and is told already.
      ...(differing.length > 0 ? [] : cutCauses(scanner, coverage)),
    ];
  });
}

function missingCauses({ comparison, base, head }: OutcomePair): ComparisonCauseBody[] {
  const { scanner, isIncomplete } = comparison;
  if (!isIncomplete) return [];
  const hasFailed = [base, head].some(
    (outcome) => outcome?.status === 'failed' || outcome?.status === 'timed_out',
  );
  const kind = hasFailed ? 'scanner_failed' : 'scanner_missing';
  return [{ kind, scanner, base: wordsOf(base), head: wordsOf(head) }];
}

function wordsOf(outcome: Outcome | null): string | null {
  if (outcome === null) return null;
  return outcome.reason === null ? outcome.status : `${outcome.status}: ${outcome.reason}`;
}

function otherToolCauses({ comparison, base, head }: OutcomePair): ComparisonCauseBody[] {
  if (base === null || head === null) return [];
  const { scanner, hasOtherRules } = comparison;
  const causes: ComparisonCauseBody[] = [];
  if (base.version !== head.version) {
    causes.push({ kind: 'scanner_version', scanner, base: base.version, head: head.version });
  }
  if (hasOtherRules) {
    causes.push({
      // What looks up packages has no rules but a database of known vulnerabilities.
      kind: head.scanType === 'dependency' ? 'database' : 'rules',
      scanner,
      base: base.rulePackDigest,
      head: head.rulePackDigest,
    });
  }
  return causes;
}

function optionCause({ scanner, option, base, head }: DifferingOption): ComparisonCauseBody {
  const words = (isOn: boolean): string => `${option}: ${isOn ? 'on' : 'off'}`;
  return { kind: 'options', scanner, base: words(base), head: words(head) };
}

function cutCauses(
  scanner: string,
  { base, head }: Readonly<Record<keyof ComparedScans, readonly ScannerCoverage[]>>,
): ComparisonCauseBody[] {
  const isCut = (side: readonly ScannerCoverage[]): boolean =>
    side.some((coverage) => coverage.scanner === scanner && coverage.isCut);
  if (!isCut(base) && !isCut(head)) return [];
  const words = (side: readonly ScannerCoverage[]): string | null =>
    isCut(side) ? 'its report was cut at a budget' : null;
  return [{ kind: 'report_cut', scanner, base: words(base), head: words(head) }];
}
