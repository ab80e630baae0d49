import type { JsonObject, ScanType } from '@securescan/contracts';
import { deduplicate } from '../dedup/deduplicate';
import type { DedupCandidate } from '../dedup/deduplicate';
import { fingerprintOf } from '../fingerprint/fingerprint';
import { lineContext } from '../fingerprint/line-context';
import { normaliseCwe } from '../fingerprint/normalise-cwe';
import { findingId, numberOccurrences } from '../fingerprint/occurrence';
import type { Finding, ParsedFinding } from '../model/finding';
import { suppressionMetadata, withoutSuppression } from '../model/suppression';
import { inCanonicalOrder } from '../order/canonical-order';
import { mapSorted } from '../order/sorted-json';
import { maskSecretsForIdentity } from '../secrets/redact';
import { TextRedactor } from '../secrets/text-redactor';
import { redactMember, redactMetadata } from './redact-finding';
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
}

/**
 * Makes findings of what the parsers of all scanners said: identify, number, merge, sort. Every text is free of secrets
 * afterwards. Pure, and the order of the input changes nothing. The one place that knows the order of these steps.
 */
export function assembleFindings(inputs: readonly LocatedInput[]): readonly Finding[] {
  const redactor = new TextRedactor();
  const candidates = inputs.map((input) => identify(input, redactor));
  const drafts = candidates.map(({ finding }) => finding);
  numberOccurrences(drafts).forEach((occurrence, index) => {
    const draft = drafts[index];
    if (draft !== undefined) number(draft, occurrence);
  });
  return inCanonicalOrder(deduplicate(candidates));
}

/** A finding in the making; complete once its occurrence is known. */
type Draft = { -readonly [Field in keyof Finding]: Finding[Field] };

function identify(
  input: LocatedInput,
  redactor: TextRedactor,
): DedupCandidate & { finding: Draft } {
  const { parsed, scanner, filePath } = input;
  const { ruleId } = parsed;
  const cwe = normaliseCwe(parsed.cwe);
  const context = contextOf(input);
  const fingerprint = fingerprintOf({ scanner, ruleId, filePath, lineContext: context, cwe });
  const finding: Draft = {
    id: '',
    scanner,
    scanType: input.scanType,
    severity: parsed.severity,
    title: redactor.redact(parsed.title),
    description: redactor.redact(parsed.description),
    filePath,
    lineStart: parsed.lineStart,
    lineEnd: parsed.lineEnd,
    ruleId,
    cwe,
    remediation: parsed.remediation === null ? null : redactor.redact(parsed.remediation),
    metadata: metadataOf(input, redactor),
    complianceTags: [],
    fingerprint,
    occurrence: 0,
    aliases: [{ scanner, ruleId, fingerprint }],
  };
  const { blockStart } = parsed;
  return {
    finding,
    lineContext: context,
    registryIndex: input.registryIndex,
    ...(blockStart === undefined ? {} : { blockStart }),
  };
}

function number(draft: Draft, occurrence: number): void {
  draft.occurrence = occurrence;
  draft.id = findingId(draft.fingerprint, occurrence);
}

function contextOf({ parsed, filePath, sourceLines }: LocatedInput): string {
  if (parsed.discriminator !== undefined) return maskSecretsForIdentity(parsed.discriminator);
  return sourceLines === null ? '' : lineContext(sourceLines, filePath ?? '');
}

/** The reserved names are ours alone: a tool that uses them suppresses nothing. */
function withSuppression({ metadata, mutedInSource }: ParsedFinding): JsonObject {
  const plain = withoutSuppression(metadata);
  if (mutedInSource === undefined) return plain;
  return { ...plain, ...suppressionMetadata({ kind: 'inline', reason: mutedInSource.reason }) };
}

function metadataOf({ parsed, snippet }: LocatedInput, redactor: TextRedactor): JsonObject {
  const redact = (text: string) => redactor.redact(text);
  const told = withSuppression(parsed);
  if (snippet === null) return redactMetadata(told, redact);
  const stored = toStoredSnippet(snippet);
  return mapSorted({ ...told, snippet: stored }, (key, value) =>
    value === stored ? stored : redactMember(key, value, redact),
  );
}
