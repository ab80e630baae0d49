import type { Suppression } from '../model/suppression';
import type { JsonReader } from '../json/json-reader';
import { MAX_ITEMS, MAX_TEXT_CHARACTERS } from './import-limits';
import { tidyField } from './tidy-text';

const KINDS: ReadonlyMap<string, string> = new Map([
  ['inSource', 'in the source'],
  ['external', 'outside the source'],
]);

export interface ToldSuppression {
  /** `null` for a result that counts. */
  readonly suppression: Suppression | null;
  /** Somebody asked for a suppression, and nobody has decided. */
  readonly isUnderReview: boolean;
}

/**
 * Reads a result's suppressions (SARIF 3.27.23, 3.35). Only where every one of them has been accepted is the result suppressed; what
 * is under review or was rejected counts.
 */
export function readSuppression(result: JsonReader, tool: string): ToldSuppression {
  const told = result.field('suppressions').itemsUpTo(MAX_ITEMS);
  const states = told.map((each) => each.field('status').optionalString() ?? 'accepted');
  const isUnderReview = states.includes('underReview');
  const [first] = told;
  if (first === undefined || !states.every((state) => state === 'accepted')) {
    return { suppression: null, isUnderReview };
  }
  const where = KINDS.get(first.field('kind').optionalString() ?? '') ?? 'somewhere';
  const justification = tidyField(first.field('justification'), MAX_TEXT_CHARACTERS);
  const reason = `${tool}, ${where}${justification === null ? '' : `: ${justification}`}`;
  return { suppression: { kind: 'import', reason }, isUnderReview: false };
}
