import type { Verdict, VerdictReason, VexFormat } from '@securescan/contracts';
import { UserError } from '../errors';
import { tidyText } from '../import/tidy-text';
import type { JsonReader } from '../json/json-reader';
import { redactSecrets } from '../secrets/redact';
import type { PackageRef } from './package-ref';

export const MAX_STATEMENTS = 10_000;
/** Names of one vulnerability, and packages or versions of one statement. */
export const MAX_NAMES = 100;
export const MAX_PRODUCTS = 1_000;
/** Packages over all statements. */
export const MAX_CLAIMED_PACKAGES = 50_000;
const MAX_SOURCE_TEXT = 500;
const MAX_CLAIM_NOTE = 3_000;

/** Who says it, as the document tells. */
export interface VexSource {
  readonly format: VexFormat;
  /** The same in each version of a document. */
  readonly documentId: string;
  readonly version: number;
  readonly author: string | null;
  /** ISO 8601 in UTC. */
  readonly issuedAt: string | null;
}

/** What a statement would have somebody decide. */
export interface ProposedVerdict {
  readonly status: Verdict;
  readonly reason: VerdictReason | null;
  readonly note: string | null;
}

/** A package that a statement is about. */
export interface ClaimedPackage {
  readonly component: PackageRef;
  /** What it is part of, where the statement holds for it only within that. */
  readonly product: string | null;
}

/** One statement of a document. */
export interface VexClaim {
  /** Where it stands: `statements[3]`. */
  readonly place: string;
  /** As databases write them; the one that the statement is named by comes first. */
  readonly vulnerabilities: readonly string[];
  readonly packages: readonly ClaimedPackage[];
  /** What it names that is no package URL, or a range of versions, and so cannot be matched. */
  readonly unread: readonly string[];
  /** `null` where it has nothing to say yet: it is still being looked into. */
  readonly proposal: ProposedVerdict | null;
  readonly statedAt: string | null;
}

/** A document on its way. */
export interface OpenVexClaims {
  readonly source: VexSource;
  /** In the order of the document. Throws UserError VEX_INVALID that names the place of what is wrong. */
  readonly claims: Iterable<VexClaim>;
}

/** A document that is not what it should be; `what` names the place and what stands there. */
export function refuseVex(what: string): UserError {
  return new UserError(
    'VEX_INVALID',
    `The document cannot be taken: ${what}. Send OpenVEX as JSON, or CycloneDX as JSON with vulnerabilities.`,
  );
}

/** A stranger's words as a note may hold them: bounded, without control characters and without secrets. */
export function claimNote(parts: readonly (string | null)[]): string | null {
  const written = parts.filter((part): part is string => part !== null && part.trim() !== '');
  const text = tidyText([...new Set(written)].join('\n'), MAX_CLAIM_NOTE);
  return text === '' ? null : redactSecrets(text.replace(/[^\P{Cc}\t\n]/gu, ' '));
}

/** A name or an id of the document's own on one line; `null` for none. */
export function claimName(field: JsonReader): string | null {
  const text = field.optionalString();
  if (text === null || text.trim() === '') return null;
  return redactSecrets(tidyText(text.replace(/\p{Cc}+/gu, ' '), MAX_SOURCE_TEXT));
}

/** A time with its zone in UTC; `null` for none. */
export function claimTime(field: JsonReader): string | null {
  const text = field.optionalString();
  if (text === null) return null;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/iu.test(text);
  const time = isTime ? new Date(text) : null;
  if (time === null || Number.isNaN(time.getTime())) throw field.refusal('a time with its zone');
  return time.toISOString();
}
