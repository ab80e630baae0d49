import type { Severity } from '@securescan/contracts';
import { isFalsePositive } from './false-positive';
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

// Something of these two stands in every text that a pattern matches; most lines are done after one look. Alternatives
// share their first characters because that is what makes the search fast.
const PREFIXES =
  /A(?:KIA|SIA|Iza|TATT3|GE-SECRET|ccountKey)|GOCSPX|HRKU|SG\.|SharedAccessKey|g(?:h[pousr]_|l[a-z]{1,5}[-_]|ithub_pat)|x(?:ox|app-)|hooks\.slack|[sr]k_|sk-|whsec_|npm_|pypi-|rubygems_|d(?:ckr_|o[opr]_v1|api)|h(?:f_|v[sbr]\.)|api_org_|shp[a-z]{2}_|webhooks|\d:AA|eyJ|-----BEGIN/;
const WORDS = /secret|passw|passphrase|pwd|key|token|bearer|heroku|:\/\/[^\s/]{0,400}@/i;

/** False where the text certainly holds no secret: a quick look before a thorough one. */
export function mayHoldSecret(text: string): boolean {
  return PREFIXES.test(text) || WORDS.test(text);
}

/**
 * The secrets of a line, without placeholders and references, from left to right. Of matches that overlap, that of the
 * earlier pattern stays. The time is linear in the length of the line.
 */
export function findSecrets(line: string): SecretMatch[] {
  if (!mayHoldSecret(line)) return [];
  const found: SecretMatch[] = [];
  for (const pattern of SECRET_PATTERNS) {
    const fresh = matchesOf(line, pattern).filter(
      ({ value }) => !isFalsePositive(value, pattern.check),
    );
    if (fresh.length > 0) mergeInto(found, fresh);
  }
  return found;
}

/** Every match of one pattern, from left to right, whatever its value. */
export function matchesOf(text: string, pattern: SecretPattern): SecretMatch[] {
  return Array.from(text.matchAll(pattern.expression), (match) => {
    const [start, end] = match.indices?.groups?.['value'] ?? [
      match.index,
      match.index + match[0].length,
    ];
    return {
      kind: pattern.id,
      name: pattern.name,
      severity: pattern.severity,
      start,
      end,
      value: text.slice(start, end),
    };
  });
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
