import {
  COMPARISON_CAUSES,
  COMPARISON_SIDES,
  OUTCOME_STATUSES,
  SEVERITIES,
  type ComparedFindingBody,
  type ComparedOutcomeBody,
  type ComparedScannerBody,
  type ComparisonBody,
  type ComparisonCauseBody,
  type ComparisonClass,
  type FindingWithStateBody,
  type SeverityCountsBody,
} from '@securescan/contracts';
import { finding, scan } from './wire';
import { type WireParser, flag, list, nullable, number, object, oneOf, text } from './wire-parser';

const severityCounts = object<SeverityCountsBody>({
  critical: number,
  high: number,
  medium: number,
  low: number,
  info: number,
});

const outcome = object<ComparedOutcomeBody>({
  status: oneOf(OUTCOME_STATUSES),
  version: nullable(text),
  rule_pack_digest: nullable(text),
});

const scanner = object<ComparedScannerBody>({
  scanner: text,
  base: nullable(outcome),
  head: nullable(outcome),
  reason: nullable(text),
  incomplete: flag,
  new: number,
  fixed: number,
  not_assessed: number,
});

const cause = object<ComparisonCauseBody>({
  kind: oneOf(COMPARISON_CAUSES),
  scanner: nullable(text),
  base: nullable(text),
  head: nullable(text),
});

const comparison = object<ComparisonBody>({
  base: scan,
  head: scan,
  complete: flag,
  counts: object<Record<ComparisonClass, number>>({
    new: number,
    fixed: number,
    unchanged: number,
    not_assessed: number,
    newly_suppressed: number,
    suppressed: number,
  }),
  new_by_severity: severityCounts,
  fixed_by_severity: severityCounts,
  severity_changed: number,
  risk_delta: number,
  severity_delta: severityCounts,
  scanners: list(scanner),
  causes: list(cause),
});

const placed = object<Omit<ComparedFindingBody, keyof FindingWithStateBody>>({
  side: oneOf(COMPARISON_SIDES),
  previous_severity: nullable(oneOf(SEVERITIES)),
});

const comparedFinding: WireParser<ComparedFindingBody> = (value, at) => ({
  ...finding(value, at),
  ...placed(value, at),
});

export const parseComparison = (value: unknown): ComparisonBody => comparison(value, 'comparison');
export const parseComparedFindings = (value: unknown): ComparedFindingBody[] =>
  list(comparedFinding)(value, 'findings');
