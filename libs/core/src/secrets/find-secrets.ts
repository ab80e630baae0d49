import type { Severity } from '@securescan/contracts';
import { isFalsePositive } from './false-positive';
import { HintIndex } from './hint-index';
import type { SecretPattern } from './secret-pattern';
import { SECRET_PATTERNS } from './secret-patterns';

export interface SecretMatch {
  /** The id of the pattern. */
  readonly kind: string;
  readonly name: string;
  readonly severity: Severity;
  /** Offsets of the secret itself, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

const HINTS = new HintIndex(SECRET_PATTERNS);

/**
 * The place of the first literal, at `from` or after it, without which no secret can be; -1 where there is none. A secret
 * stands on the line of such a place.
 */
export function nextSecretHint(text: string, from: number): number {
  return HINTS.next(text, from);
}

/**
 * The secrets of a line, without placeholders and references, from left to right. Of matches that overlap, that of the
 * earlier pattern stays. The time is linear in the length of the line.
 */
export function findSecrets(line: string): SecretMatch[] {
  const found: SecretMatch[] = [];
  for (const index of HINTS.patternsIn(line)) {
    const pattern = SECRET_PATTERNS[index];
    if (pattern === undefined) continue;
    const fresh = matchesOf(line, pattern).filter(
      ({ value }) => !isFalsePositive(value, pattern.check),
    );
    if (fresh.length > 0) mergeInto(found, fresh);
  }
  return found;
}

/** Every match of one pattern, from left to right, whatever its value. */
export function matchesOf(text: string, pattern: SecretPattern): SecretMatch[] {
  const matches: SecretMatch[] = [];
  const { expression } = pattern;
  // The loop of `matchAll` without its copy of the expression: most lines hold no match at all.
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    const [start, end] = match.indices?.groups?.['value'] ?? [
      match.index,
      match.index + match[0].length,
    ];
    matches.push({
      kind: pattern.id,
      name: pattern.name,
      severity: pattern.severity,
      start,
      end,
      value: text.slice(start, end),
    });
  }
  return matches;
}

/** Adds what does not overlap; both lists are sorted by place and free of overlaps in themselves. */
function mergeInto(found: SecretMatch[], fresh: readonly SecretMatch[]): void {
  const kept = found.splice(0);
  let next = 0;
  for (const match of fresh) {
    for (
      let known = kept[next];
      known !== undefined && known.end <= match.start;
      known = kept[next]
    ) {
      found.push(known);
      next += 1;
    }
    const known = kept[next];
    if (known === undefined || known.start >= match.end) found.push(match);
  }
  found.push(...kept.slice(next));
}
