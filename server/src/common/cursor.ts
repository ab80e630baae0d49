import { CursorInvalidError } from './http.errors';

export type CursorKey = string | number;
type KeyKind = 'string' | 'number';

export const MAX_CURSOR_LENGTH = 512;

/** Packs the sort key of a page's last row. Opaque to callers: they only hand it back. */
export function encodeCursor(list: string, key: readonly CursorKey[]): string {
  return Buffer.from(JSON.stringify([list, ...key]), 'utf8').toString('base64url');
}

function parseCursor(cursor: string): unknown {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) throw new CursorInvalidError();
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    // Expected for a cursor that somebody typed or cut short.
    throw new CursorInvalidError();
  }
}

/**
 * Unpacks a cursor that `encodeCursor` made for the same list.
 * @throws CursorInvalidError for any other text.
 */
export function decodeCursor(list: string, kinds: readonly KeyKind[], cursor: string): CursorKey[] {
  const parsed = parseCursor(cursor);
  if (!Array.isArray(parsed) || parsed.length !== kinds.length + 1 || parsed[0] !== list) {
    throw new CursorInvalidError();
  }
  return kinds.map((kind, index) => {
    const value: unknown = parsed[index + 1];
    if (kind === 'string' && typeof value === 'string') return value;
    if (kind === 'number' && typeof value === 'number' && Number.isSafeInteger(value)) return value;
    throw new CursorInvalidError();
  });
}
