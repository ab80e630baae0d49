import { parse as parseToml } from 'smol-toml';
import {
  listOf,
  memberOf,
  objectOf,
  parsedJson,
  parsedObject,
  textOf,
  type Untyped,
} from '../../json/untyped';
import { plainText } from './lock-text';

/** `null` for what is no TOML, or is in the middle of a merge. */
export function tomlObject(text: string | null): Untyped | null {
  const plain = text === null ? null : plainText(text);
  return plain === null ? null : parsedObject(() => parseToml(plain));
}

/** `null` for what is no object of JSON, or goes beyond all bounds. */
export function jsonObject(text: string | null): Untyped | null {
  const plain = text === null ? null : plainText(text);
  return plain === null ? null : parsedJson(plain);
}

export function objectIn(object: Untyped, name: string): Untyped {
  return objectOf(memberOf(object, name));
}

export function objectsIn(object: Untyped, name: string): Untyped[] {
  return listOf(memberOf(object, name)).map(objectOf);
}

export function textIn(object: Untyped, name: string): string | null {
  return textOf(memberOf(object, name));
}

export function textsIn(object: Untyped, name: string): string[] {
  return listOf(memberOf(object, name)).flatMap((value) => textOf(value) ?? []);
}
