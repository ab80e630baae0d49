import type { JsonObject, JsonValue } from '@securescan/contracts';
import { DefectError, redactSecrets, sortedObject } from '@securescan/core';

const MAX_DETAILS_LENGTH = 65_536;
const MAX_NAME_LENGTH = 320;

/**
 * Details that may stay for good: secrets are taken out of every text, and what no UTF-8 can hold is replaced, since the
 * database would do so and the hash would no longer be that of the row.
 */
export function lastingDetails(details: JsonObject): JsonObject {
  const lasting = sortedObject(cleanObject(details));
  if (JSON.stringify(lasting).length > MAX_DETAILS_LENGTH) {
    throw new DefectError('INVARIANT_BROKEN', 'The details of an audit entry are too long.');
  }
  return lasting;
}

/** A name as a row may hold it; `null` for nobody. */
export function lastingName(name: string): string | null {
  return name === '' ? null : name.slice(0, MAX_NAME_LENGTH).toWellFormed();
}

function cleanObject(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key.toWellFormed(), clean(value)]),
  );
}

function clean(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactSecrets(value.toWellFormed());
  if (Array.isArray(value)) return value.map(clean);
  return value !== null && typeof value === 'object' ? cleanObject(value) : value;
}
