import type { FindingStateBody, Verdict, VerdictReason } from './triage';

/** The languages in which verdicts on known vulnerabilities are told to others, the usual one first. */
export const VEX_FORMATS = ['openvex', 'cyclonedx'] as const;
export type VexFormat = (typeof VEX_FORMATS)[number];

/** What becomes of a verdict that somebody else proposes: a newer version of their document may take it back. */
export const PROPOSAL_STATES = ['open', 'accepted', 'rejected', 'superseded'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Who proposes it. All of it as the document says. */
export interface ProposalSourceBody {
  format: VexFormat;
  document_id: string;
  version: number;
  author: string | null;
  issued_at: string | null;
}

/** A verdict that a document would have somebody decide. */
export interface VerdictProposalBody {
  id: string;
  fingerprint: string;
  /** `null` for everywhere. */
  project: string | null;
  status: Verdict;
  reason: VerdictReason | null;
  note: string | null;
  vulnerability: string;
  /** The package of the finding, as package URL. */
  purl: string;
  /** What the package is part of, where the statement holds only within that. */
  product: string | null;
  source: ProposalSourceBody;
  state: ProposalState;
  created_at: string;
  created_by: string | null;
  decided_at: string | null;
  decided_by: string | null;
  /** The verdict that counts now; `null` where nobody has decided. */
  current: FindingStateBody | null;
}

/** A statement that no finding was found for. */
export interface UnmatchedStatementBody {
  /** Where it stands in the document. */
  place: string;
  vulnerability: string;
  /** The packages that it names, the first of them. */
  packages: string[];
}

/** What a document came to. */
export interface VexReceiptBody {
  source: ProposalSourceBody;
  statements: number;
  /** Those that say something about a finding. */
  matched: number;
  /** Those that have nothing to say yet. */
  undecided: number;
  unmatched: number;
  /** The first of those. */
  unmatched_statements: UnmatchedStatementBody[];
  /** Proposals that were not there before. */
  created: number;
  /** Those that were there already, whatever was decided about them. */
  known: number;
  /** Open ones of the document that it no longer makes. */
  superseded: number;
  scans_considered: number;
  /** `false` where there were more scans or findings than are looked through. */
  is_complete: boolean;
}

export interface ProposalAcceptanceRequestBody {
  /** When the verdict that is to be replaced was decided, `null` for none: where another holds by now, nothing is done. */
  expected_updated_at?: string | null;
}

export interface ProposalAcceptanceBody {
  proposal: VerdictProposalBody;
  /** What was decided in that place before, and holds no more; `null` for nothing. */
  replaced: FindingStateBody | null;
}

export interface ProposalSelectionBody {
  ids: string[];
}

export interface ProposalDecisionsBody {
  /** Those that were open and are decided now. */
  decided: string[];
  /** Those that were not open any more. */
  not_open: string[];
  unknown: string[];
  /** Verdicts of people that were replaced. */
  replaced: number;
}
