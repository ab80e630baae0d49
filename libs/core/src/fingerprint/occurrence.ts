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
 * The number of each finding, 1..n among those that share a fingerprint, in the order of the file. Where the location
 * says nothing the texts decide, so that the order of the input never does. Expects metadata with sorted keys.
 */
export function numberOccurrences(findings: readonly Numberable[]): number[] {
  const numbers = findings.map(() => 1);
  for (const group of sharedFingerprints(findings)) {
    group.sort((a, b) => compareLocations(a.finding, b.finding));
    group.forEach(({ index }, place) => {
      numbers[index] = place + 1;
    });
  }
  return numbers;
}

interface Indexed {
  readonly finding: Numberable;
  readonly index: number;
}

/** Only the groups of two and more: most fingerprints stand alone, and need no list of their own. */
function sharedFingerprints(findings: readonly Numberable[]): Iterable<Indexed[]> {
  const firsts = new Map<string, Indexed>();
  const groups = new Map<string, Indexed[]>();
  findings.forEach((finding, index) => {
    const { fingerprint } = finding;
    const first = firsts.get(fingerprint);
    if (first === undefined) {
      firsts.set(fingerprint, { finding, index });
      return;
    }
    const group = groups.get(fingerprint);
    if (group === undefined) groups.set(fingerprint, [first, { finding, index }]);
    else group.push({ finding, index });
  });
  return groups.values();
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

/**
 * A UUID (RFC 9562, version 8) made of fingerprint and occurrence: the same finding has the same id everywhere. The first
 * occurrence takes its digits from the fingerprint itself.
 */
export function findingId(fingerprint: string, occurrence: number): string {
  const hex = occurrence === 1 ? fingerprint : sha256Hex(`${fingerprint}:${String(occurrence)}`);
  const variant = VARIANT_DIGITS[parseInt(hex.charAt(16), 16) % VARIANT_DIGITS.length] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
