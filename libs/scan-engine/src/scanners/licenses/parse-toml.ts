import { parsedObject, type Untyped } from '@securescan/core';
import { parse } from 'smol-toml';

/** What TOML that strangers wrote holds; `null` for what is none. */
export function parseToml(text: string): Untyped | null {
  return parsedObject(() => parse(text));
}
