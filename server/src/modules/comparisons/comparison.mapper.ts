import {
  type ComparedOutcomeBody,
  type ComparedScannerBody,
  type ComparisonBody,
  COMPARISON_CLASSES,
  type ComparisonClass,
  SEVERITIES,
  type SeverityCountsBody,
} from '@securescan/contracts';
import { CoverageOfSides, isDiffComplete } from '@securescan/core';
import type { Fields } from '../../common/fields';
import type { ComparedFindings } from '../../ports/finding-comparison.port';
import { toScanBody, toSummaryBody } from '../scans/scan.mapper';
import type { ScannerOutcomeEntity } from '../scans/scanner-outcome.entity';
import { type ComparedScans, coverageOfSide } from '../scans/scan-coverage';
import { causesOf, type OutcomePair } from './comparison-causes';

export function toComparisonBody(scans: ComparedScans, found: ComparedFindings): ComparisonBody {
  const coverage = { base: coverageOfSide(scans, 'base'), head: coverageOfSide(scans, 'head') };
  const { comparisons } = new CoverageOfSides(coverage.base, coverage.head);
  const pairs = comparisons.map((comparison): OutcomePair => {
    const of = (side: keyof ComparedScans): OutcomePair['base'] =>
      scans[side].outcomes.find(({ scanner }) => scanner === comparison.scanner) ?? null;
    return { comparison, base: of('base'), head: of('head') };
  });
  const [before, after] = [toSummaryBody(scans.base), toSummaryBody(scans.head)];
  return {
    base: toScanBody(scans.base),
    head: toScanBody(scans.head),
    complete: isDiffComplete({ scanners: comparisons }),
    counts: countsOf(found),
    new_by_severity: found.newBySeverity,
    fixed_by_severity: found.fixedBySeverity,
    severity_changed: found.lists.unchanged.previous.filter((mark) => mark > 0).length,
    risk_delta: Math.round((after.risk_score - before.risk_score) * 10) / 10,
    severity_delta: deltaOf(before, after),
    scanners: pairs.map((pair) => toScannerBody(pair, found)),
    causes: causesOf(scans, pairs, coverage),
  };
}

function countsOf({ lists }: ComparedFindings): Record<ComparisonClass, number> {
  const counts = COMPARISON_CLASSES.map((name) => [name, lists[name].positions.length] as const);
  return Object.fromEntries(counts) as Record<ComparisonClass, number>;
}

function deltaOf(before: SeverityCountsBody, after: SeverityCountsBody): SeverityCountsBody {
  const deltas = SEVERITIES.map((severity) => [severity, after[severity] - before[severity]]);
  return Object.fromEntries(deltas) as SeverityCountsBody;
}

function toScannerBody(
  { comparison, base, head }: OutcomePair,
  { byScanner }: ComparedFindings,
): ComparedScannerBody {
  const { scanner, reason, isIncomplete } = comparison;
  const counts = byScanner.get(scanner);
  return {
    scanner,
    base: toOutcome(base),
    head: toOutcome(head),
    reason,
    incomplete: isIncomplete,
    new: counts?.new ?? 0,
    fixed: counts?.fixed ?? 0,
    not_assessed: counts?.notAssessed ?? 0,
  };
}

function toOutcome(outcome: Fields<ScannerOutcomeEntity> | null): ComparedOutcomeBody | null {
  if (outcome === null) return null;
  const { status, version, rulePackDigest } = outcome;
  return { status, version, rule_pack_digest: rulePackDigest };
}
