import { beyondBounds } from './json-bounds';

/** What strangers wrote, once it has been parsed: whatever is not there, or is something else, is empty. Nothing here throws. */
export type Untyped = Readonly<Record<string, unknown>>;

/** Far beyond what any of them holds; small values take ten times as much memory as text. */
const BOUNDS = { depth: 256, values: 3_000_000 };
const NOTHING: Untyped = Object.freeze({});

/** What a parser makes of a text, where that is an object; `null` for anything else and for whatever the parser refuses. */
export function parsedObject(parse: () => unknown): Untyped | null {
  try {
    const value = parse();
    return isObject(value) ? value : null;
  } catch {
    // Expected: cut off, in the middle of a merge, nested without end, or something else altogether.
    return null;
  }
}

/** As `parsedObject`, for JSON; `null` for what is nested or large beyond reason too. */
export function parsedJson(text: string): Untyped | null {
  if (beyondBounds(text, BOUNDS) !== null) return null;
  return parsedObject(() => JSON.parse(text) as unknown);
}

export function objectOf(value: unknown): Untyped {
  return isObject(value) ? value : NOTHING;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `null` for the empty text too. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A member of the object itself, never of what all objects inherit. */
export function memberOf(object: Untyped, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Untyped {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
