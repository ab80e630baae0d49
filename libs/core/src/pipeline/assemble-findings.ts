import type { JsonObject, ScanType } from '@securescan/contracts';
import { deduplicate } from '../dedup/deduplicate';
import { fingerprintOf } from '../fingerprint/fingerprint';
import { lineContext } from '../fingerprint/line-context';
import { normaliseCwe } from '../fingerprint/normalise-cwe';
import { findingId, numberOccurrences } from '../fingerprint/occurrence';
import type { Finding, LocatedFinding, ParsedFinding } from '../model/finding';
import { inCanonicalOrder } from '../order/canonical-order';
import { sortedObject } from '../order/sorted-json';
import { maskSecretsForIdentity } from '../secrets/redact';
import { TextRedactor } from '../secrets/text-redactor';
import { redactMetadata } from './redact-finding';
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
  const identified = inputs.map((input) => identify(input, redactor));
  const numbers = numberOccurrences(identified);
  const candidates = identified.map((finding, index) => ({
    finding: toFinding(finding, numbers[index] ?? 1),
    lineContext: finding.lineContext,
    registryIndex: finding.registryIndex,
  }));
  return inCanonicalOrder(deduplicate(candidates));
}

interface Identified extends LocatedFinding {
  readonly registryIndex: number;
  readonly fingerprint: string;
}

function identify(input: LocatedInput, redactor: TextRedactor): Identified {
  const { parsed, scanner, filePath } = input;
  const cwe = normaliseCwe(parsed.cwe);
  const context = contextOf(input);
  const { ruleId } = parsed;
  return {
    scanner,
    scanType: input.scanType,
    registryIndex: input.registryIndex,
    ruleId,
    severity: parsed.severity,
    title: redactor.redact(parsed.title),
    description: redactor.redact(parsed.description),
    remediation: parsed.remediation === null ? null : redactor.redact(parsed.remediation),
    filePath,
    lineStart: parsed.lineStart,
    lineEnd: parsed.lineEnd,
    cwe,
    metadata: metadataOf(input, redactor),
    lineContext: context,
    fingerprint: fingerprintOf({ scanner, ruleId, filePath, lineContext: context, cwe }),
  };
}

function contextOf({ parsed, filePath, sourceLines }: LocatedInput): string {
  if (parsed.discriminator !== undefined) return maskSecretsForIdentity(parsed.discriminator);
  return sourceLines === null ? '' : lineContext(sourceLines, filePath ?? '');
}

function metadataOf({ parsed, snippet }: LocatedInput, redactor: TextRedactor): JsonObject {
  const metadata = redactMetadata(parsed.metadata, (text) => redactor.redact(text));
  return snippet === null
    ? metadata
    : sortedObject({ ...metadata, snippet: toStoredSnippet(snippet) });
}

function toFinding(identified: Identified, occurrence: number): Finding {
  const { scanner, ruleId, fingerprint } = identified;
  return {
    id: findingId(fingerprint, occurrence),
    scanner,
    scanType: identified.scanType,
    severity: identified.severity,
    title: identified.title,
    description: identified.description,
    filePath: identified.filePath,
    lineStart: identified.lineStart,
    lineEnd: identified.lineEnd,
    ruleId,
    cwe: identified.cwe,
    remediation: identified.remediation,
    metadata: identified.metadata,
    complianceTags: [],
    fingerprint,
    occurrence,
    aliases: [{ scanner, ruleId, fingerprint }],
  };
}
