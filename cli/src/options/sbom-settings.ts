import type { CliEnvironment } from './environment';

const VARIABLE = 'SOURCE_DATE_EPOCH';
/** The end of the year 9999, in seconds: the last instant that both formats can write. */
const LAST_SECOND = 253_402_300_799;

/**
 * The time that a bill of materials says it is of, `null` for none: what SECURESCAN_FAKE_NOW pins, else the seconds since 1970 of
 * SOURCE_DATE_EPOCH, by which build tools agree on a time (ADR 0030). Adds what is wrong with it to the problems.
 */
export function readDocumentTime(environment: CliEnvironment, problems: string[]): Date | null {
  if (environment.fakeNow !== null) return environment.fakeNow;
  const text = environment.variable(VARIABLE);
  if (text === '') return null;
  const seconds = /^\d{1,12}$/u.test(text) ? Number(text) : Infinity;
  if (seconds <= LAST_SECOND) return new Date(seconds * 1000);
  problems.push(`${VARIABLE} must be a whole number of seconds since 1970, and is "${text}".`);
  return null;
}
