import type { JsonObject, Severity } from '@securescan/contracts';
import { compareCodePoints } from '../order/compare-code-points';
import { severityRank } from '../severity/severity-rank';
import { sha256Hex } from './sha256';

interface Numberable {
  readonly fingerprint: string;
  readonly lineStart: number | null;
  readonly lineEnd: number | null;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  readonly remediation: string | null;
  readonly metadata: JsonObject;
}

/**
 * Numbers what shares a fingerprint 1..n in the order of the file. Where the location says nothing the texts decide,
 * so that the order of the input never does. Expects metadata with sorted keys.
 */
export function numberOccurrences<T extends Numberable>(
  findings: readonly T[],
): (T & { readonly occurrence: number })[] {
  const groups = new Map<string, T[]>();
  for (const finding of findings) {
    const group = groups.get(finding.fingerprint);
    if (group === undefined) groups.set(finding.fingerprint, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap((group) =>
    (group.length > 1 ? group.sort(compareLocations) : group).map((finding, index) => ({
      ...finding,
      occurrence: index + 1,
    })),
  );
}

function compareLocations(a: Numberable, b: Numberable): number {
  return (
    (a.lineStart ?? 0) - (b.lineStart ?? 0) ||
    (a.lineEnd ?? 0) - (b.lineEnd ?? 0) ||
    severityRank(b.severity) - severityRank(a.severity) ||
    compareCodePoints(a.title, b.title) ||
    compareCodePoints(a.description, b.description) ||
    compareCodePoints(restOf(a), restOf(b))
  );
}

/** Reached only by reports that agree in everything else. */
function restOf(finding: Numberable): string {
  return JSON.stringify([finding.remediation, finding.metadata]);
}

const VARIANT_DIGITS = ['8', '9', 'a', 'b'] as const;

/** A UUID (RFC 9562, version 8) made of fingerprint and occurrence: the same finding has the same id everywhere. */
export function findingId(fingerprint: string, occurrence: number): string {
  const hex = sha256Hex(`${fingerprint}:${String(occurrence)}`);
  const variant = VARIANT_DIGITS[parseInt(hex.charAt(16), 16) % VARIANT_DIGITS.length] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
