import type { JsonObject, ScanType } from '@securescan/contracts';
import { ComplianceTagger } from '../compliance/compliance-tags';
import type { Framework } from '../compliance/framework';
import { listFrameworks } from '../compliance/frameworks';
import { deduplicate } from '../dedup/deduplicate';
import type { DedupCandidate } from '../dedup/deduplicate';
import { applyBaseline } from '../baseline/apply-baseline';
import { fingerprintOf } from '../fingerprint/fingerprint';
import { lineContext } from '../fingerprint/line-context';
import { normaliseCwe } from '../fingerprint/normalise-cwe';
import { findingId, numberOccurrences } from '../fingerprint/occurrence';
import type { Finding, ParsedFinding } from '../model/finding';
import {
  isActive,
  suppressionMetadata,
  withoutSuppression,
  type Suppression,
} from '../model/suppression';
import { inCanonicalOrder } from '../order/canonical-order';
import { mapSorted, sortedObject } from '../order/sorted-json';
import { overruled, withoutOriginalSeverity } from '../policy/override-severity';
import { NO_POLICY, type ScanPolicy } from '../policy/scan-policy';
import { maskSecretsForIdentity, redactSecrets } from '../secrets/redact';
import { TextRedactor } from '../secrets/text-redactor';
import { decideSuppressions, type SuppressionContext } from '../suppression/decide-suppressions';
import type { DirectiveReading } from '../suppression/read-directives';
import type { SuppressionNotice } from '../suppression/suppression-notice';
import { redactMember, redactMetadata } from './redact-finding';
import { aliasesOf, isToldByCode, type Reporter } from './reporters';
import { toStoredSnippet } from './snippet';
import type { SourceSnippet } from './snippet';

/** A parsed finding together with what the engine read from the tree for it. */
export interface LocatedInput {
  readonly scanner: string;
  readonly scanType: ScanType;
  /** Place of the scanner in the registry: the last word on which of several reports is shown. */
  readonly registryIndex: number;
  readonly parsed: ParsedFinding;
  /** POSIX, NFC, relative to the project root. */
  readonly filePath: string | null;
  /** Lines `lineStart` to `lineEnd`, at most ten; `null` where they cannot be read. */
  readonly sourceLines: readonly string[] | null;
  /** Up to seven lines around the finding. */
  readonly snippet: SourceSnippet | null;
  /** Decided before the finding came to us. */
  readonly suppression?: Suppression;
  /** Who else reported the same defect, where that was found out before. */
  readonly reporters?: readonly Reporter[];
}

/** What a project decided, and what is known of its files beside their text. */
export interface AssemblyContext {
  readonly policy: ScanPolicy;
  /** By a file's path, the one that it had before it was renamed: its findings are known by both (ADR 0022). */
  readonly formerPaths: ReadonlyMap<string, string>;
  /** What the comments of the files say. */
  readonly directives: DirectiveReading;
  /** True where the scanner completed and read the file (`null`: any file). */
  readonly hasCovered: SuppressionContext['hasCovered'];
  /** The operator's own frameworks, beside those that ship. */
  readonly frameworks?: readonly Framework[];
  /** The reports were merged before, as those of a report of ours are. */
  readonly isMerged?: boolean;
}

/** Nothing was decided, and nothing is known. */
export const NO_CONTEXT: AssemblyContext = {
  policy: NO_POLICY,
  formerPaths: new Map(),
  directives: { directives: [], problems: [] },
  hasCovered: () => false,
};

export interface Assembly {
  /** In canonical order. */
  readonly findings: readonly Finding[];
  /** What is to be said of the suppressions themselves. */
  readonly notices: readonly SuppressionNotice[];
}

/** As `assembleScan`, for whoever wants the findings alone. */
export function assembleFindings(
  inputs: readonly LocatedInput[],
  context: AssemblyContext = NO_CONTEXT,
): readonly Finding[] {
  return assembleScan(inputs, context).findings;
}

/**
 * Makes findings of what the parsers of all scanners said: identify, override, number, suppress, tag, merge, apply the baseline, sort.
 * Every text is free of secrets afterwards. Pure, and the order of the input changes nothing. The one place that knows the
 * order of these steps.
 */
export function assembleScan(inputs: readonly LocatedInput[], context: AssemblyContext): Assembly {
  const redactor = new TextRedactor();
  const tagger = new ComplianceTagger(listFrameworks(context.frameworks));
  const candidates = inputs.map((input) => identify(input, context, redactor, tagger));
  const drafts = candidates.map(({ finding }) => finding);
  numberOccurrences(drafts).forEach((occurrence, index) => {
    const draft = drafts[index];
    if (draft !== undefined) number(draft, occurrence);
  });
  const { suppressions, notices } = decideSuppressions(drafts, context);
  suppressions.forEach((suppression, index) => {
    const draft = drafts[index];
    if (draft !== undefined && suppression !== null && isActive(draft))
      suppress(draft, suppression);
  });
  const merged = context.isMerged === true ? drafts : deduplicate(candidates);
  const findings = withBaseline(merged, context.policy);
  return { findings: inCanonicalOrder(findings), notices };
}

/** The reason stands in somebody's comment or configuration: it is as untrusted as every other text. */
function suppress(draft: Draft, { kind, reason }: Suppression): void {
  const told = suppressionMetadata({
    kind,
    reason: reason === null ? null : redactSecrets(reason),
  });
  draft.metadata = sortedObject({ ...draft.metadata, ...told });
}

function withBaseline(findings: readonly Finding[], policy: ScanPolicy): readonly Finding[] {
  if (!policy.isSuppressing || policy.baseline.length === 0) return findings;
  return applyBaseline(findings, policy.baseline);
}

/** A finding in the making; complete once its occurrence is known. */
type Draft = { -readonly [Field in keyof Finding]: Finding[Field] };

function identify(
  input: LocatedInput,
  context: AssemblyContext,
  redactor: TextRedactor,
  tagger: ComplianceTagger,
): DedupCandidate & { finding: Draft } {
  const { parsed, scanner, filePath } = input;
  const { ruleId } = parsed;
  const cwe = normaliseCwe(parsed.cwe);
  const identity = { scanner, ruleId, filePath, lineContext: contextOf(input), cwe };
  const judged = { severity: parsed.severity, metadata: toldMetadata(input, context.policy) };
  const { severity, metadata } = overruled(ruleId, judged, context.policy);
  const title = redactor.redact(parsed.title);
  const stored = metadataOf(metadata, input.snippet, redactor);
  const finding: Draft = {
    id: '',
    scanner,
    scanType: input.scanType,
    severity,
    title,
    description: redactor.redact(parsed.description),
    filePath,
    lineStart: parsed.lineStart,
    lineEnd: parsed.lineEnd,
    ruleId,
    cwe,
    remediation: parsed.remediation === null ? null : redactor.redact(parsed.remediation),
    metadata: stored,
    complianceTags: tagger.tagsOf({ cwe, title, scanner, ruleId }),
    fingerprint: fingerprintOf(identity),
    occurrence: 0,
    aliases: aliasesOf(identity, isTold(input, stored), {
      reporters: input.reporters ?? [],
      formerPath: filePath === null ? undefined : context.formerPaths.get(filePath),
    }),
  };
  const { blockStart } = parsed;
  return {
    finding,
    lineContext: identity.lineContext,
    registryIndex: input.registryIndex,
    ...(blockStart === undefined ? {} : { blockStart }),
  };
}

/** A discriminator stands nowhere else in the finding. */
function isTold({ parsed, sourceLines }: LocatedInput, stored: JsonObject): boolean {
  const { discriminator, lineStart } = parsed;
  return discriminator === undefined && isToldByCode(stored, lineStart, sourceLines);
}

function number(draft: Draft, occurrence: number): void {
  draft.occurrence = occurrence;
  draft.id = findingId(draft.fingerprint, occurrence);
}

function contextOf({ parsed, filePath, sourceLines }: LocatedInput): string {
  if (parsed.discriminator !== undefined) return maskSecretsForIdentity(parsed.discriminator);
  return sourceLines === null ? '' : lineContext(sourceLines, filePath ?? '');
}

/** The reserved names are ours alone: a tool that uses them decides nothing. */
function toldMetadata(
  { parsed: { metadata, mutedInSource }, suppression }: LocatedInput,
  policy: ScanPolicy,
): JsonObject {
  const plain = withoutOriginalSeverity(withoutSuppression(metadata));
  if (suppression !== undefined) return { ...plain, ...suppressionMetadata(suppression) };
  if (mutedInSource === undefined || !policy.isSuppressing) return plain;
  return { ...plain, ...suppressionMetadata({ kind: 'inline', reason: mutedInSource.reason }) };
}

function metadataOf(
  told: JsonObject,
  snippet: SourceSnippet | null,
  redactor: TextRedactor,
): JsonObject {
  const redact = (text: string) => redactor.redact(text);
  if (snippet === null) return redactMetadata(told, redact);
  const stored = toStoredSnippet(snippet);
  return mapSorted({ ...told, snippet: stored }, (key, value) =>
    value === stored ? stored : redactMember(key, value, redact),
  );
}
