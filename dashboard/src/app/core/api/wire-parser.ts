import type { JsonObject } from '@securescan/contracts';
import { ResponseShapeError } from '../errors/problem';

/** Turns an unknown JSON value into `T`, or throws a ResponseShapeError that names the place. */
export type WireParser<T> = (value: unknown, at: string) => T;

export const text: WireParser<string> = (value, at) => {
  if (typeof value !== 'string') throw new ResponseShapeError(at, 'a text');
  return value;
};

export const number: WireParser<number> = (value, at) => {
  if (typeof value !== 'number') throw new ResponseShapeError(at, 'a number');
  return value;
};

export const flag: WireParser<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw new ResponseShapeError(at, 'true or false');
  return value;
};

export const jsonObject: WireParser<JsonObject> = (value, at) => {
  if (!isObject(value)) throw new ResponseShapeError(at, 'an object');
  // What JSON.parse made consists of JSON values only.
  return value as JsonObject;
};

export function oneOf<const T extends string>(allowed: readonly T[]): WireParser<T> {
  return (value, at) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ResponseShapeError(at, `one of ${allowed.join(', ')}`);
    return found;
  };
}

export function nullable<T>(parse: WireParser<T>): WireParser<T | null> {
  return (value, at) => (value === null ? null : parse(value, at));
}

export function list<T>(parse: WireParser<T>): WireParser<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new ResponseShapeError(at, 'a list');
    return value.map((entry: unknown, index) => parse(entry, `${at}[${index}]`));
  };
}

/** Every field of `T` needs a parser, so that a contract that grows does not pass by unchecked. Unknown fields are dropped. */
export function object<T extends object>(fields: {
  readonly [K in keyof T]-?: WireParser<T[K]>;
}): WireParser<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, at) => {
    if (!isObject(value)) throw new ResponseShapeError(at, 'an object');
    const entries = names.map((name) => [name, fields[name](value[name], `${at}.${name}`)]);
    return Object.fromEntries(entries) as T;
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
