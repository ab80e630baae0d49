import { parse as parseTomlText } from 'smol-toml';

/** Readers for JSON and TOML that strangers wrote: whatever is not there, or is something else, is empty. They never throw. */
export type Untyped = Readonly<Record<string, unknown>>;

const NOTHING: Untyped = Object.freeze({});

export function parseJson(text: string): Untyped | null {
  return parsed(() => JSON.parse(text) as unknown);
}

export function parseToml(text: string): Untyped | null {
  return parsed(() => parseTomlText(text));
}

function parsed(parse: () => unknown): Untyped | null {
  try {
    const value = parse();
    return isObject(value) ? value : null;
  } catch {
    // Expected: cut off, in the middle of a merge, nested without end, or something else altogether.
    return null;
  }
}

function isObject(value: unknown): value is Untyped {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): Untyped {
  return isObject(value) ? value : NOTHING;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A member of the object itself, never of what all objects inherit. */
export function memberOf(object: Untyped, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
