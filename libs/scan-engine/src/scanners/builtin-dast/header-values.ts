import type { Severity } from '@securescan/contracts';
import type { Weakness } from './rule';

const HSTS = 'strict-transport-security';
/** 180 days: a browser that comes back less often would be without protection again. */
const MIN_MAX_AGE_SECONDS = 15_552_000;
const MAX_SHOWN = 60;

function weakness(subject: string, severity: Severity, detail: string): Weakness {
  return { subject, severity, detail };
}

/** RFC 6797, 6.1 and 8.1: of several headers the first counts, and a directive that stands twice voids the header. */
export function judgeTransportSecurity(values: readonly string[]): Weakness[] {
  const [first] = values;
  if (first === undefined) return [];
  const repeated = repeats(HSTS, values, 'Browsers heed the first one alone.');
  return [...judgeMaxAge(directivesOf(first)), ...repeated];
}

function judgeMaxAge(directives: readonly (readonly [string, string])[]): Weakness[] {
  const ages = directives.filter(([name]) => name === 'max-age').map(([, value]) => value);
  if (ages.length !== 1 || !/^\d{1,15}$/u.test(ages[0] ?? '')) {
    return [weakness(HSTS, 'medium', 'It has no valid max-age, so browsers ignore it.')];
  }
  const seconds = Number(ages[0]);
  if (seconds === 0) {
    return [weakness(HSTS, 'medium', 'Its max-age of 0 makes browsers forget the protection.')];
  }
  if (seconds >= MIN_MAX_AGE_SECONDS) return [];
  const detail = `Its max-age of ${seconds} seconds is less than 180 days.`;
  return [weakness(HSTS, 'low', detail)];
}

function directivesOf(value: string): (readonly [string, string])[] {
  return value.split(';').map((part) => {
    const [name = '', ...rest] = part.split('=');
    const text = rest.join('=').trim();
    const isQuoted = text.length >= 2 && text.startsWith('"') && text.endsWith('"');
    return [name.trim().toLowerCase(), isQuoted ? text.slice(1, -1) : text] as const;
  });
}

/** Fetch standard, "determine nosniff": the first of the values, however they are spread over headers, decides. */
export function judgeContentTypeOptions(values: readonly string[]): Weakness[] {
  const tokens = tokensOf(values);
  const name = 'x-content-type-options';
  if (values.length === 0) return [];
  if (tokens[0] !== 'nosniff') {
    return [weakness(name, 'medium', `Its value ${shown(tokens[0])} is not \`nosniff\`.`)];
  }
  return repeats(name, values, 'One is enough.');
}

/** HTML standard, "check a navigation response's adherence to X-Frame-Options". */
export function judgeFrameOptions(values: readonly string[]): Weakness[] {
  const name = 'x-frame-options';
  if (values.length === 0) return [];
  const tokens = [...new Set(tokensOf(values))];
  const unknown = tokens.find((token) => token !== 'deny' && token !== 'sameorigin');
  if (unknown?.startsWith('allow-from') === true) {
    const detail =
      'Browsers no longer know ALLOW-FROM and ignore the header; only `frame-ancestors` of a Content-Security-Policy can name sites.';
    return [weakness(name, 'medium', detail)];
  }
  if (unknown !== undefined || tokens.length === 0) {
    const detail = `Its value ${shown(unknown)} is neither DENY nor SAMEORIGIN, so browsers may ignore it.`;
    return [weakness(name, 'medium', detail)];
  }
  if (tokens.length > 1) {
    return [weakness(name, 'low', 'It says both DENY and SAMEORIGIN.')];
  }
  return repeats(name, values, 'One is enough.');
}

const REFERRER_POLICIES: ReadonlyMap<string, Weakness | null> = new Map([
  ['no-referrer', null],
  ['origin', null],
  ['origin-when-cross-origin', null],
  ['same-origin', null],
  ['strict-origin', null],
  ['strict-origin-when-cross-origin', null],
  [
    'no-referrer-when-downgrade',
    weakness(
      'referrer-policy',
      'low',
      'Its value `no-referrer-when-downgrade` gives the whole address to every other https site.',
    ),
  ],
  [
    'unsafe-url',
    weakness(
      'referrer-policy',
      'medium',
      'Its value `unsafe-url` gives the whole address to every other site, over plain http too.',
    ),
  ],
]);

/** Of several policies the last one that a browser knows holds; older browsers take an earlier one. */
export function judgeReferrerPolicy(values: readonly string[]): Weakness[] {
  if (values.length === 0) return [];
  const tokens = tokensOf(values);
  const known = tokens.findLast((token) => REFERRER_POLICIES.has(token));
  if (known === undefined) {
    const detail = `Its value ${shown(tokens[0])} is no policy that browsers know.`;
    return [weakness('referrer-policy', 'low', detail)];
  }
  const verdict = REFERRER_POLICIES.get(known) ?? null;
  return verdict === null ? [] : [verdict];
}

/** The values of a list header, taken apart at the commas, in lower case. */
export function tokensOf(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '');
}

function repeats(name: string, values: readonly string[], consequence: string): Weakness[] {
  if (values.length < 2) return [];
  return [weakness(name, 'low', `The header is sent ${values.length} times. ${consequence}`)];
}

function shown(token: string | undefined): string {
  if (token === undefined) return '(empty)';
  return `\`${token.length > MAX_SHOWN ? `${token.slice(0, MAX_SHOWN)}…` : token}\``;
}
