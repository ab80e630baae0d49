import { sha256Hex } from '@securescan/core';

/**
 * SHA-256, in hex, over what the rules of one of our own scanners say, in their order; `null` where there are none. The code
 * that applies them is told by the product's version.
 */
export function digestOfRules(rules: readonly object[]): string | null {
  if (rules.length === 0) return null;
  const patternsAsText = (_: string, value: unknown): unknown =>
    value instanceof RegExp ? String(value) : value;
  return sha256Hex(JSON.stringify(rules, patternsAsText));
}
