import { sha256Hex, sortedObject } from '@securescan/core';

/** What a row of a chain holds, by the names of its columns and as the database stores it: JSON is text here. */
export type StoredRow = Readonly<Record<string, string | number | null>>;

/**
 * The hash of a row of an append-only table: SHA-256, as 64 lower-case hex digits, of the UTF-8 of a JSON object without
 * white space that holds every column but `hash`, `previous_hash` among them, by name in code point order. A column that is
 * null is left out, so that one which is added later changes no older row's hash.
 */
export function hashOfRow(row: StoredRow): string {
  const { hash: _hash, ...columns } = row;
  const filled = Object.entries(columns).filter(([, value]) => value !== null);
  return sha256Hex(JSON.stringify(sortedObject(Object.fromEntries(filled))));
}
