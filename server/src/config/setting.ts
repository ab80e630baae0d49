import { delimiter } from 'node:path';

/** What a variable's text means, or the reason why it means nothing. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };
export type Parser<T> = (raw: string) => Parsed<T>;

interface SettingTraits {
  /** A secret may come from the file that `<variable>_FILE` names, and its text is never shown. */
  readonly isSecret: boolean;
  /** Whether the variable counts in small letters too, where it is not set in capitals. */
  readonly hasLowerCase: boolean;
}

export interface SettingDeclaration extends SettingTraits {
  readonly property: string;
  readonly variable: string;
  readonly parse: Parser<unknown>;
}

const SETTINGS = Symbol('settings');

/** Fills a property of a configuration class from an environment variable. The property's initial value is the default. */
export function Setting<T>(
  variable: string,
  parse: Parser<T>,
  { isSecret = false, hasLowerCase = false }: Partial<SettingTraits> = {},
): (target: object, property: string) => void {
  return (target, property) => {
    const declaration = { property, variable, parse, isSecret, hasLowerCase };
    const declared = settingsOf(target.constructor);
    Reflect.defineMetadata(SETTINGS, [...declared, declaration], target.constructor);
  };
}

/** The declared settings of a configuration class, in the order of its properties. */
export function settingsOf(configClass: object): readonly SettingDeclaration[] {
  const stored: unknown = Reflect.getMetadata(SETTINGS, configClass);
  return Array.isArray(stored) ? (stored as SettingDeclaration[]) : [];
}

export const text: Parser<string> = (raw) => ({ value: raw });

export const wholeNumber: Parser<number> = (raw) =>
  /^\d{1,9}$/.test(raw) ? { value: Number(raw) } : { problem: 'is not a whole number' };

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];

/** An unknown word is a problem and not a no: what was meant to be on must not be off by a slip. */
export const flag: Parser<boolean> = (raw) => {
  const word = raw.toLowerCase();
  if (YES.includes(word)) {
    return { value: true };
  }
  return NO.includes(word)
    ? { value: false }
    : { problem: `is neither of ${YES.join(', ')} nor of ${NO.join(', ')}` };
};

function listOf(separator: string): Parser<readonly string[]> {
  return (raw) => ({
    value: raw
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  });
}

export const commaList: Parser<readonly string[]> = listOf(',');

/** Separated as in PATH. */
export const pathList: Parser<readonly string[]> = listOf(delimiter);

/** A point in time with its zone, as `2026-01-31T12:00:00Z`. */
export const instant: Parser<Date> = (raw) => {
  const isComplete = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(
    raw,
  );
  const value = new Date(raw);
  return isComplete && !Number.isNaN(value.getTime())
    ? { value }
    : { problem: 'is not an ISO 8601 time with a zone, such as 2026-01-31T12:00:00Z' };
};
