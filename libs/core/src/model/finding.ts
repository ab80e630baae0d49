import type { JsonObject, ScanType, Severity } from '@securescan/contracts';

export interface FindingAlias {
  readonly scanner: string;
  readonly ruleId: string;
  readonly fingerprint: string;
  /** What the fingerprint is made of, where the finding's own code does not tell it and it is short enough to keep. */
  readonly lineContext?: string;
  /** The reporter's weakness, where it is not the finding's. */
  readonly cwe?: string | null;
}

/**
 * What a scanner's parser gives: the tool's own words, typed, nothing decided yet. The engine makes a finding of it.
 */
export interface ParsedFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  /** As the tool printed it (absolute, or relative to the project root); the engine normalises. */
  readonly filePath: string | null;
  /** 1-based. */
  readonly lineStart: number | null;
  readonly lineEnd: number | null;
  /** In any spelling (`CWE-89: SQL injection`, `89`); normalised by the engine. */
  readonly cwe: string | null;
  readonly remediation: string | null;
  readonly metadata: JsonObject;
  /**
   * The line on which the instruction begins that the finding lies in, where other tools know no more than that. It brings
   * their reports together with this one, and is shown nowhere.
   */
  readonly blockStart?: number;
  /**
   * Takes the place of the source line in the identity (ADR 0003) where a finding has no line or its range is a whole
   * block: a package name, a resource address, `host:port/proto`.
   */
  readonly discriminator?: string;
  /** The author of the scanned code told the tool to keep silent here (`checkov:skip`): shown, but never counted (D11). */
  readonly mutedInSource?: { readonly reason: string | null };
  /** Nothing of the source is kept with the finding: what stands beside it may be hashes, keys or passwords of any form. */
  readonly withholdsSource?: true;
}

/** A located finding: paths and CWE are normalised, the matched source is attached. */
export interface LocatedFinding extends Omit<
  ParsedFinding,
  'blockStart' | 'discriminator' | 'mutedInSource' | 'withholdsSource'
> {
  readonly scanner: string;
  readonly scanType: ScanType;
  /** POSIX, NFC, relative to the project root. */
  readonly filePath: string | null;
  /** `CWE-<n>`. */
  readonly cwe: string | null;
  /** Source with its white space removed and its secrets masked, or the discriminator: what identity is made of. */
  readonly lineContext: string;
}

export interface Finding extends Omit<LocatedFinding, 'lineContext'> {
  readonly id: string;
  readonly fingerprint: string;
  readonly occurrence: number;
  readonly complianceTags: readonly string[];
  /** Every reporter including the winner, sorted by scanner, rule and fingerprint (code points). */
  readonly aliases: readonly FindingAlias[];
}
