/** That a control is met is nothing that a scanner can tell; see `docs/compliance.md`. */
export const CONTROL_STATES = ['violated', 'not_observed', 'not_tested'] as const;
export type ControlState = (typeof CONTROL_STATES)[number];

/** How many controls are in each state; together all of the framework. */
export type ControlCountsBody = Record<ControlState, number>;

export interface FrameworkBody {
  id: string;
  name: string;
  version: string;
  /** What its tags begin with. */
  tag_prefix: string;
  total_controls: number;
  /** Controls that at least one scanner can speak to. */
  testable_controls: number;
  /** False for one of the operator's own. */
  shipped: boolean;
}

export interface FrameworkListBody {
  frameworks: FrameworkBody[];
}

export interface ControlBody {
  /** As the framework numbers it. */
  id: string;
  /** As findings carry it. */
  tag: string;
  name: string;
  /** `CWE-79`. */
  cwes: string[];
  keywords: string[];
  /** Scanners that can speak to it. */
  testable_by: string[];
}

export interface FrameworkDetailBody extends FrameworkBody {
  controls: ControlBody[];
}

export interface ControlCoverageBody {
  id: string;
  tag: string;
  name: string;
  state: ControlState;
  /** Active ones. */
  findings: number;
  /** Scanners that completed and can speak to it. */
  tested_by: string[];
  /** All that can speak to it. */
  testable_by: string[];
  /** Address of the findings; `null` where there are none, or they belong to several scans. */
  findings_url: string | null;
}

export interface FrameworkCoverageBody {
  framework: string;
  framework_id: string;
  version: string;
  total_controls: number;
  counts: ControlCountsBody;
  /** Controls that are violated or not observed, 0 to 100 with one decimal. */
  tested_percentage: number;
  /** Tags. */
  controls_violated: string[];
  violated_details: { id: string; name: string }[];
  controls: ControlCoverageBody[];
}

export interface ComplianceCoverageBody {
  /** `null` for what is so now, across scans. */
  scan_id: string | null;
  /** `null` for all projects. */
  project: string | null;
  target: string | null;
  coverage: FrameworkCoverageBody[];
}

export interface ComplianceTrendPointBody extends ControlCountsBody {
  /** A day in UTC, `YYYY-MM-DD`. */
  date: string;
}

export interface ComplianceTrendBody {
  framework_id: string;
  project: string | null;
  target: string | null;
  total_controls: number;
  /** The oldest day first; the last is today. */
  points: ComplianceTrendPointBody[];
}
