import { parseSetCookie, type Cookie } from 'set-cookie-parser';
import {
  MISSING_HTTPONLY,
  MISSING_SAMESITE,
  MISSING_SECURE,
  PREFIX_VIOLATION,
  SAMESITE_NONE_INSECURE,
} from './cookie-rules';
import { valuesOf, type Page } from './page';
import type { DastRule, Observation } from './rule';

const SAME_SITE: ReadonlySet<string> = new Set(['strict', 'lax', 'none']);
/** Set so that scripts can copy it into a header, which another site cannot. */
const READ_BY_SCRIPTS = /^(?:__(?:Host|Secure)-)?(?:x-)?(?:xsrf|csrf)/iu;
/** A cookie that ended in the last century is being deleted, whatever the clock says. */
const LONG_AGO = Date.UTC(2000, 0, 1);
const MAX_COOKIES = 200;
const MAX_NAME = 100;

/** Attributes of the cookies that an answer sets. Their values are never shown, and those it deletes have none. */
export function judgeCookies(page: Page): Observation[] {
  const lines = valuesOf(page.headers, 'set-cookie').slice(0, MAX_COOKIES);
  return lines.flatMap((line) => {
    const cookie = readCookie(line);
    return cookie === null || isDeleted(cookie) ? [] : judgeCookie(cookie, page);
  });
}

/** `null` where a browser would set no cookie either. */
function readCookie(line: string): Cookie | null {
  const [cookie] = parseSetCookie([line], { decodeValues: false, silent: true, split: false });
  if (cookie !== undefined) return cookie;
  // The library leaves out names that every object has; to browsers they are names like others.
  const [nameAndValue = '', ...attributes] = line.split(';');
  const [name = '', ...value] = nameAndValue.split('=');
  if (name.trim() === '' || value.length === 0) return null;
  const renamed = parseSetCookie([[`name=${value.join('=')}`, ...attributes].join(';')], {
    decodeValues: false,
    silent: true,
    split: false,
  })[0];
  return renamed === undefined ? null : { ...renamed, name: name.trim() };
}

function isDeleted({ maxAge, expires }: Cookie): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  return expires !== undefined && expires.getTime() < LONG_AGO;
}

function judgeCookie(cookie: Cookie, { url }: Page): Observation[] {
  const name = cookie.name === '' ? '(no name)' : cookie.name.slice(0, MAX_NAME);
  const observe = (rule: DastRule, detail: string, weight?: 'low'): Observation => ({
    rule,
    subject: name,
    detail: `The cookie is ${name}.${detail === '' ? '' : ` ${detail}`}`,
    ...(weight === undefined ? {} : { severity: weight }),
    facts: { cookie: name },
  });
  const isSecure = cookie.secure === true;
  const broken = brokenPromise(cookie, url);
  const isReadByScripts = READ_BY_SCRIPTS.test(name);
  return [
    ...(isSecure ? [] : [observe(MISSING_SECURE, '')]),
    ...(cookie.httpOnly === true
      ? []
      : [
          isReadByScripts
            ? observe(MISSING_HTTPONLY, 'By its name scripts are meant to read it.', 'low')
            : observe(MISSING_HTTPONLY, ''),
        ]),
    ...judgeSameSite(cookie, observe),
    ...(broken === null ? [] : [observe(PREFIX_VIOLATION, broken)]),
  ];
}

function judgeSameSite(
  { sameSite, secure }: Cookie,
  observe: (rule: DastRule, detail: string) => Observation,
): Observation[] {
  const value = sameSite?.toLowerCase();
  if (value === undefined) return [observe(MISSING_SAMESITE, '')];
  if (!SAME_SITE.has(value)) {
    return [observe(MISSING_SAMESITE, 'Its SameSite is none of Strict, Lax and None.')];
  }
  return value === 'none' && secure !== true ? [observe(SAMESITE_NONE_INSECURE, '')] : [];
}

/** Why browsers drop a cookie with such a name; `null` where they take it. Case is ignored, as browsers do. */
function brokenPromise({ name, secure, path, domain }: Cookie, url: URL): string | null {
  const isHost = /^__host-/iu.test(name);
  if (!isHost && !/^__secure-/iu.test(name)) return null;
  if (url.protocol !== 'https:') return 'It is set over plain http.';
  if (secure !== true) return 'It lacks Secure.';
  if (!isHost) return null;
  if (domain !== undefined && domain !== '') return 'It has a Domain.';
  return path === '/' ? null : 'Its Path is not `/`.';
}
