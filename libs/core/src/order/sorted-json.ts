import type { JsonObject, JsonValue } from '@securescan/contracts';
import { compareCodePoints } from './compare-code-points';

/** A copy whose keys are sorted by code point at every depth, so that equal objects have equal texts. */
export function sortedJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortedJson);
  return value !== null && typeof value === 'object' ? sortedObject(value) : value;
}

/** Like `sortedJson`, for what is known to be an object. */
export function sortedObject(object: JsonObject): JsonObject {
  const keys = Object.keys(object);
  if (keys.length === 0) return object;
  // fromEntries defines its keys and so keeps a `__proto__` that a tool printed as plain data.
  return Object.fromEntries(
    keys.sort(compareCodePoints).map((key) => [key, sortedJson(object[key] ?? null)]),
  );
}
