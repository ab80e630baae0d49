import type { ScanType } from '@securescan/contracts';
import { deduplicate } from '../dedup/deduplicate';
import { fingerprintOf } from '../fingerprint/fingerprint';
import { lineContext } from '../fingerprint/line-context';
import { normaliseCwe } from '../fingerprint/normalise-cwe';
import { findingId, numberOccurrences } from '../fingerprint/occurrence';
import type { Finding, LocatedFinding, ParsedFinding } from '../model/finding';
import { inCanonicalOrder } from '../order/canonical-order';
import { maskSecretsForIdentity } from '../secrets/redact';
import { redactTexts } from './redact-finding';
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
  const identified = inputs.map((input) => {
    const located = locate(input);
    return { ...located, registryIndex: input.registryIndex, fingerprint: fingerprintOf(located) };
  });
  const candidates = numberOccurrences(identified).map(
    ({ registryIndex, lineContext: context, ...finding }) => ({
      registryIndex,
      lineContext: context,
      finding: toFinding(finding),
    }),
  );
  return inCanonicalOrder(deduplicate(candidates));
}

function locate(input: LocatedInput): LocatedFinding {
  const { parsed, snippet } = input;
  const { metadata, ...texts } = redactTexts(parsed);
  return {
    scanner: input.scanner,
    scanType: input.scanType,
    ruleId: parsed.ruleId,
    severity: parsed.severity,
    ...texts,
    filePath: input.filePath,
    lineStart: parsed.lineStart,
    lineEnd: parsed.lineEnd,
    cwe: normaliseCwe(parsed.cwe),
    metadata: snippet === null ? metadata : { ...metadata, snippet: toStoredSnippet(snippet) },
    lineContext: contextOf(input),
  };
}

function contextOf({ parsed, filePath, sourceLines }: LocatedInput): string {
  if (parsed.discriminator !== undefined) return maskSecretsForIdentity(parsed.discriminator);
  return sourceLines === null ? '' : lineContext(sourceLines, filePath ?? '');
}

type Numbered = Omit<LocatedFinding, 'lineContext'> & {
  readonly fingerprint: string;
  readonly occurrence: number;
};

function toFinding(numbered: Numbered): Finding {
  const { scanner, ruleId, fingerprint, occurrence } = numbered;
  return {
    ...numbered,
    id: findingId(fingerprint, occurrence),
    complianceTags: [],
    aliases: [{ scanner, ruleId, fingerprint }],
  };
}
