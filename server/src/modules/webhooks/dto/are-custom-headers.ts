import { CUSTOM_HEADER_LIMITS, problemOfCustomHeader } from '@securescan/core';
import { ValidateBy } from 'class-validator';

/** Why some headers cannot go along; `null` for those that can. */
function problemOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'must be an object from header name to value';
  }
  const headers: [string, unknown][] = Object.entries(value);
  if (headers.length > CUSTOM_HEADER_LIMITS.count) {
    return `must hold at most ${CUSTOM_HEADER_LIMITS.count} headers`;
  }
  const seen = new Set<string>();
  for (const [name, text] of headers) {
    if (typeof text !== 'string') return 'must hold texts';
    const problem = problemOfCustomHeader(name, text);
    if (problem !== null) return `each ${problem}`;
    if (seen.has(name.toLowerCase())) return 'must name each header once';
    seen.add(name.toLowerCase());
  }
  return null;
}

/** Headers of the operator's own that go along with every message. */
export function AreCustomHeaders(): PropertyDecorator {
  return ValidateBy({
    name: 'areCustomHeaders',
    validator: {
      validate: (value: unknown) => problemOf(value) === null,
      defaultMessage: (failed) => `$property: ${problemOf(failed?.value) ?? ''}`,
    },
  });
}
