import type { JsonObject, JsonValue } from '@securescan/contracts';
import { compareCodePoints } from './compare-code-points';

/** A copy whose keys are sorted by code point at every depth, so that equal objects have equal texts. */
export function sortedJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortedJson);
  return value !== null && typeof value === 'object' ? sortedObject(value) : value;
}

/** Like `sortedJson`, for what is known to be an object. */
export function sortedObject(object: JsonObject): JsonObject {
  return mapSorted(object, (_key, value) => sortedJson(value));
}

/** A copy with sorted keys whose members went through a function. */
export function mapSorted(
  object: JsonObject,
  change: (key: string, value: JsonValue) => JsonValue,
): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(object).sort(compareCodePoints)) {
    const value = change(key, object[key] ?? null);
    // Assigned, this one key would not become a member: it names the prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { value, ...PLAIN_MEMBER });
    else copy[key] = value;
  }
  return copy;
}

const PLAIN_MEMBER = { enumerable: true, configurable: true, writable: true } as const;
