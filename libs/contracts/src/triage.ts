import type { ScanOrigin, ScanType } from './scan';
import type { Severity } from './severity';

/** What people decide about a finding. */
export const VERDICTS = [
  'new',
  'triaged',
  'false_positive',
  'accepted_risk',
  'fixed',
  'wont_fix',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How a reason is called in the two languages of VEX. */
export interface VexJustification {
  /** OpenVEX 0.2.0, "Status Justifications". */
  readonly openvex: string;
  /** CycloneDX 1.6, `vulnerabilities[].analysis.justification`. */
  readonly cyclonedx: string;
}

/** Why a finding does not matter. Of those that are alike to OpenVEX, CycloneDX tells more. */
export const VEX_JUSTIFICATIONS = {
  component_not_present: { openvex: 'component_not_present', cyclonedx: 'code_not_present' },
  code_not_present: { openvex: 'vulnerable_code_not_present', cyclonedx: 'code_not_present' },
  code_not_reachable: {
    openvex: 'vulnerable_code_not_in_execute_path',
    cyclonedx: 'code_not_reachable',
  },
  requires_configuration: {
    openvex: 'vulnerable_code_not_in_execute_path',
    cyclonedx: 'requires_configuration',
  },
  requires_environment: {
    openvex: 'vulnerable_code_cannot_be_controlled_by_adversary',
    cyclonedx: 'requires_environment',
  },
  protected_at_runtime: {
    openvex: 'inline_mitigations_already_exist',
    cyclonedx: 'protected_at_runtime',
  },
  protected_at_perimeter: {
    openvex: 'inline_mitigations_already_exist',
    cyclonedx: 'protected_at_perimeter',
  },
  protected_by_control: {
    openvex: 'inline_mitigations_already_exist',
    cyclonedx: 'protected_by_mitigating_control',
  },
} as const satisfies Readonly<Record<string, VexJustification>>;
export type VerdictReason = keyof typeof VEX_JUSTIFICATIONS;

export const VERDICT_REASONS = Object.keys(VEX_JUSTIFICATIONS) as readonly VerdictReason[];

/** The verdicts that a reason may be given for: each says that the finding need not be dealt with. */
export const VERDICTS_WITH_REASON = [
  'false_positive',
  'accepted_risk',
  'wont_fix',
] as const satisfies readonly Verdict[];

/** A verdict on a fingerprint. */
export interface FindingStateBody {
  fingerprint: string;
  /** Where it holds; `null` for everywhere. */
  project: string | null;
  status: Verdict;
  note: string | null;
  reason: VerdictReason | null;
  /** Who looks after the finding. */
  assignee: string | null;
  /** When it lapses by itself; `null` for never. */
  until: string | null;
  updated_at: string;
  updated_by: string | null;
  /** When a scan found what had been called `fixed`; `null` where the verdict has another cause. */
  regressed_at: string | null;
}

/** A decision; what it leaves out is taken away. */
export interface FindingStateRequestBody {
  status: Verdict;
  note?: string | null;
  reason?: VerdictReason | null;
  assignee?: string | null;
  until?: string | null;
  /** Left out: everywhere. */
  project?: string;
  /** Counts only where nobody has to be recognised. */
  updated_by?: string | null;
}

/** What holds for a fingerprint in a project. */
export interface FindingVerdictsBody {
  fingerprint: string;
  /** What counts; `null` where nobody has decided, which means `new`. */
  state: FindingStateBody | null;
  everywhere: FindingStateBody | null;
  in_project: FindingStateBody | null;
}

/** Why a verdict changed. */
export const VERDICT_CHANGE_CAUSES = [
  'decision',
  'comment',
  'withdrawal',
  'expiry',
  'regression',
] as const;
export type VerdictChangeCause = (typeof VERDICT_CHANGE_CAUSES)[number];

/** One change of a verdict. */
export interface VerdictChangeBody {
  seq: number;
  fingerprint: string;
  /** `null` for everywhere. */
  project: string | null;
  cause: VerdictChangeCause;
  /** `null` where there was no verdict of that kind. */
  from_status: Verdict | null;
  /** `null` where there is none any more, and the one for everywhere counts. */
  to_status: Verdict | null;
  note: string | null;
  reason: VerdictReason | null;
  assignee: string | null;
  until: string | null;
  changed_at: string;
  changed_by: string | null;
  previous_hash: string;
  hash: string;
}

/** What somebody says about a finding. */
export interface FindingCommentBody {
  id: string;
  fingerprint: string;
  /** `null` for everywhere. */
  project: string | null;
  text: string;
  author: string | null;
  created_at: string;
}

export interface FindingCommentRequestBody {
  text: string;
  /** Left out: everywhere. */
  project?: string;
  /** Counts only where nobody has to be recognised. */
  author?: string | null;
}

/** A scan in which a finding was. */
export interface FindingSightingBody {
  scan_id: string;
  project: string;
  /** When the scan was asked for. */
  seen_at: string;
}

/** Where a finding was in one scan. */
export interface FindingPlaceBody extends FindingSightingBody {
  origin: ScanOrigin;
  /** Of the finding within the scan. */
  id: string;
  occurrence: number;
  scanner: string;
  scan_type: ScanType;
  severity: Severity;
  title: string;
  rule_id: string;
  cwe: string | null;
  file_path: string | null;
  line_start: number | null;
  line_end: number | null;
  suppressed: boolean;
}

/** A finding across scans. */
export interface FindingOverviewBody extends FindingVerdictsBody {
  /** The newest place; `null` where only verdicts are left. */
  latest: FindingPlaceBody | null;
  /** By scanners of this server. */
  first_seen: FindingSightingBody | null;
  last_seen: FindingSightingBody | null;
  /** In documents that were imported, which say nothing of when they were made. */
  first_imported: FindingSightingBody | null;
  last_imported: FindingSightingBody | null;
  scans_count: number;
  imports_count: number;
  /** Over all scans and imports. */
  places_count: number;
  history_count: number;
  comments_count: number;
}

/** One decision about many findings: those listed, or with a query those of a scan that match its filters. */
export interface BulkDecisionRequestBody extends FindingStateRequestBody {
  fingerprints?: string[];
  /** Only tells what would be done. */
  dry_run?: boolean;
}

export interface BulkDecisionBody {
  dry_run: boolean;
  /** Different fingerprints that were asked for and are known. */
  matched: number;
  /** Those whose verdict changes. */
  changed: number;
  /** Listed ones that nothing is known of; nothing is decided about them. */
  unknown: string[];
  /** The first of those whose verdict changes, with the verdict of that place before. */
  sample: { fingerprint: string; before: FindingStateBody | null }[];
}
