import {
  CONTROL_STATES,
  type ComplianceCoverageBody,
  type ComplianceTrendBody,
  type ComplianceTrendPointBody,
  type ControlCountsBody,
  type ControlCoverageBody,
  type FrameworkCoverageBody,
} from '@securescan/contracts';
import { list, nullable, number, object, oneOf, text } from './wire-parser';

/** Of a framework no more than the page shows: what the summary repeats of its controls is left out. */
export type FrameworkStandingBody = Omit<
  FrameworkCoverageBody,
  'controls_violated' | 'violated_details'
>;
export type ComplianceStandingBody = Omit<ComplianceCoverageBody, 'coverage'> & {
  coverage: FrameworkStandingBody[];
};

const counts = { violated: number, not_observed: number, not_tested: number };

const control = object<ControlCoverageBody>({
  id: text,
  tag: text,
  name: text,
  state: oneOf(CONTROL_STATES),
  findings: number,
  tested_by: list(text),
  testable_by: list(text),
  findings_url: nullable(text),
});

const framework = object<FrameworkStandingBody>({
  framework: text,
  framework_id: text,
  version: text,
  total_controls: number,
  counts: object<ControlCountsBody>(counts),
  tested_percentage: number,
  controls: list(control),
});

const coverage = object<ComplianceStandingBody>({
  scan_id: nullable(text),
  project: nullable(text),
  target: nullable(text),
  coverage: list(framework),
});

const trend = object<ComplianceTrendBody>({
  framework_id: text,
  project: nullable(text),
  target: nullable(text),
  total_controls: number,
  points: list(object<ComplianceTrendPointBody>({ date: text, ...counts })),
});

export const parseCompliance = (value: unknown): ComplianceStandingBody =>
  coverage(value, 'coverage');
export const parseComplianceTrend = (value: unknown): ComplianceTrendBody => trend(value, 'trend');
