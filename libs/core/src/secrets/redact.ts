import { sha256Hex } from '../fingerprint/sha256';
import { isReference } from './false-positive';
import { matchesOf } from './find-secrets';
import type { SecretMatch } from './find-secrets';
import { HintIndex } from './hint-index';
import { redactKeyMaterial } from './key-material';
import { REDACTION_PATTERNS } from './redaction-patterns';
import { SECRET_PATTERNS } from './secret-patterns';

/** What `maskSecretsForIdentity` puts in the place of a secret. */
export const MASK = /<[a-z0-9-]{1,40}:[0-9a-f]{4}>/g;

const PATTERNS = [...SECRET_PATTERNS, ...REDACTION_PATTERNS];
const HINTS = new HintIndex(PATTERNS);
const MASK_HASH_DIGITS = 4;

/**
 * A text that may be stored, logged and shown: every secret in it is replaced by `[redacted <kind>]`. Eager: it takes
 * placeholders and weak passwords for secrets too. Lines are kept; redacting twice changes nothing more.
 */
export function redactSecrets(text: string): string {
  return replaceSecrets(redactKeyMaterial(text), ({ kind }) => `[redacted ${kind}]`);
}

/**
 * A text in which every secret is replaced by its kind and 16 bits of its SHA-256: enough to tell two secrets of a
 * file apart, too little to find one by guessing. For fingerprints, which are public.
 */
export function maskSecretsForIdentity(text: string): string {
  return replaceSecrets(
    text,
    ({ kind, value }) => `<${kind}:${sha256Hex(value).slice(0, MASK_HASH_DIGITS)}>`,
  );
}

function replaceSecrets(text: string, replacement: (match: SecretMatch) => string): string {
  const spans = secretSpans(text);
  if (spans.length === 0) return text;
  const parts: string[] = [];
  let position = 0;
  for (const span of spans) {
    parts.push(text.slice(position, span.start), replacement(span));
    position = span.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** The places of all secrets from left to right; what overlaps becomes one, of the kind of the earliest pattern. */
function secretSpans(text: string): SecretMatch[] {
  const matches = HINTS.patternsIn(text)
    .flatMap((rank) => {
      const pattern = PATTERNS[rank];
      return pattern === undefined
        ? []
        : matchesOf(text, pattern).map((match) => ({ match, rank }));
    })
    .filter(({ match }) => mustBeHidden(match))
    .sort((a, b) => a.match.start - b.match.start || a.rank - b.rank);
  const spans: { match: SecretMatch; rank: number }[] = [];
  for (const next of matches) {
    const last = spans.at(-1);
    if (last === undefined || next.match.start >= last.match.end) spans.push(next);
    else spans[spans.length - 1] = joined(last, next, text);
  }
  return spans.map(({ match }) => match);
}

function joined(
  a: { match: SecretMatch; rank: number },
  b: { match: SecretMatch; rank: number },
  text: string,
): { match: SecretMatch; rank: number } {
  const end = Math.max(a.match.end, b.match.end);
  const kept = a.rank <= b.rank ? a : b;
  const value = text.slice(a.match.start, end);
  return { rank: kept.rank, match: { ...kept.match, start: a.match.start, end, value } };
}

function mustBeHidden({ value }: SecretMatch): boolean {
  return !isReference(value);
}
