import type { ScanType } from './scan';
import type { Severity } from './severity';
import type { FindingStateBody } from './triage';

export type JsonValue =
  string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** One reporter of a finding: the winner itself and everyone whose report was merged into it. */
export interface FindingAliasBody {
  scanner: string;
  rule_id: string;
  fingerprint: string;
  /** Where it is not the finding's. */
  cwe?: string | null;
  /** What the fingerprint is made of, where the finding does not tell it and it is no secret. */
  line_context?: string;
}

/** A finding on the wire, its fields in the order in which JSON output shows them. */
export interface FindingBody {
  /** Derived from fingerprint and occurrence; the same in every scan and document. */
  id: string;
  scanner: string;
  scan_type: ScanType;
  severity: Severity;
  title: string;
  description: string;
  /** POSIX, NFC, relative to the project root. */
  file_path: string | null;
  line_start: number | null;
  line_end: number | null;
  rule_id: string;
  cwe: string | null;
  remediation: string | null;
  metadata: JsonObject;
  compliance_tags: string[];
  fingerprint: string;
  /** 1..n among the findings of one scan that share a fingerprint. For display and ids; it is not identity. */
  occurrence: number;
  aliases: FindingAliasBody[];
}

/** A finding as the lists of the API show it: within its scan, with the verdict a person gave it. */
export interface FindingWithStateBody extends FindingBody {
  scan_id: string;
  state: FindingStateBody | null;
}
