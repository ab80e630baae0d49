import type { Severity } from '@securescan/contracts';
import type { SecretPattern, ValueCheck } from './secret-pattern';

// Every quantifier is bounded, and tokens begin only where no character of their own alphabet stands before them: the
// time is linear in the length of the text, whatever the text.

/** Between a keyword and its value: `=`, `:`, `:=`, `=>`, a closing quote of the key, a type annotation. */
export const ASSIGN = String.raw`["'\x60]?\s{0,40}(?::\s{0,8}[A-Za-z]{1,20}\s{0,8})?(?::=|=>|=|:)\s{0,40}`;
export const QUOTE = String.raw`["'\x60]`;
export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly description: string;
}

/** A value that is recognised by itself. */
export interface TokenRow extends Row {
  readonly hints: readonly string[];
  /** What the token looks like, without its boundaries. */
  readonly token: string;
  /**
   * For tokens whose alphabet is that of base64 and whose beginning is short: a piece of an encoded picture is none, so
   * `+`, `/` and `=` beside it count as part of it.
   */
  readonly isLikeBase64?: boolean;
  /** Where it is not `format`. */
  readonly check?: ValueCheck;
}

/** A value without a mark of its own: the name that it is assigned to says whose it is. */
export interface NamedRow extends Row {
  /** One of these begins the last words of the name; letters, digits, `-`, `_` and `.`, in any case. */
  readonly names: readonly string[];
  /** What the value looks like, in any case. */
  readonly value: string;
}

/** It may follow an escaped line break. */
export function tokenPattern({ token, isLikeBase64 = false, ...row }: TokenRow): SecretPattern {
  const more = isLikeBase64 ? '+/=' : '';
  const source = String.raw`(?:(?<![A-Za-z0-9_${more}])|(?<=\\[nrt]))(?:${token})(?![A-Za-z0-9_${more}])`;
  return { check: 'format', ...row, expression: new RegExp(source, 'dg') };
}

export function namedPattern({ names, value, ...row }: NamedRow): SecretPattern {
  const name = names.map((text) => text.replaceAll('.', String.raw`\.`)).join('|');
  const source = String.raw`(?:${name})[\w.-]{0,30}${ASSIGN}${QUOTE}?(?<value>${value})(?![\w+/=-])`;
  return { ...row, check: 'random', hints: names, expression: new RegExp(source, 'dgi') };
}
