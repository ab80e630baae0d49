import { anHttpAnswer, anyText, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import type { HttpAnswer } from '../../ports';
import { judgeCookies } from './cookies';
import { readPage, type Page } from './page';

const VALUE = randomToken(24, 9);
const SAFE = 'Secure; HttpOnly; SameSite=Lax';

function pageWith(headers: HttpAnswer['headers'], url = 'https://shop.test/'): Page {
  return readPage(new URL(url), anHttpAnswer({ headers }));
}

function found(line: string, url = 'https://shop.test/'): string[] {
  return judgeCookies(pageWith([['set-cookie', line]], url)).map(
    ({ rule, severity, subject }) => `${severity ?? rule.severity} ${rule.id} ${subject}`,
  );
}

describe('a cookie', () => {
  it.each<[string, string[]]>([
    [`id=${VALUE}; ${SAFE}`, []],
    [`id=${VALUE}; secure; httponly; samesite=strict`, []],
    [`id=${VALUE};Secure=1;HttpOnly=yes;SameSite=None`, []],
    [`__Host-id=${VALUE}; Path=/; ${SAFE}`, []],
    [`__Host-id=${VALUE}; Path=/; Domain=; ${SAFE}`, []],
    [`__Secure-id=${VALUE}; Domain=shop.test; ${SAFE}`, []],
    [
      `id=${VALUE}`,
      [
        'medium cookie-missing-secure id',
        'medium cookie-missing-httponly id',
        'low cookie-missing-samesite id',
      ],
    ],
    // Not attributes: part of the value, and other words.
    [`id=Secure HttpOnly; Secured; HttpOnlyX; ${SAFE}`, []],
    [`id=${VALUE}; Insecure; HttpOnly; SameSite=Lax`, ['medium cookie-missing-secure id']],
    [`id=${VALUE}; Secure; SameSite=Lax`, ['medium cookie-missing-httponly id']],
    [`XSRF-TOKEN=${VALUE}; Secure; SameSite=Lax`, ['low cookie-missing-httponly XSRF-TOKEN']],
    [`csrftoken=${VALUE}; Secure; SameSite=Lax`, ['low cookie-missing-httponly csrftoken']],
    [`id=${VALUE}; Secure; HttpOnly; SameSite`, ['low cookie-missing-samesite id']],
    [`id=${VALUE}; Secure; HttpOnly; SameSite=Lax2`, ['low cookie-missing-samesite id']],
    [
      `id=${VALUE}; HttpOnly; SameSite=None`,
      ['medium cookie-missing-secure id', 'medium cookie-samesite-none-insecure id'],
    ],
    [`__Host-id=${VALUE}; ${SAFE}`, ['medium cookie-prefix-violation __Host-id']],
    [`__Host-id=${VALUE}; Path=/a; ${SAFE}`, ['medium cookie-prefix-violation __Host-id']],
    [
      `__Host-id=${VALUE}; Path=/; Domain=shop.test; ${SAFE}`,
      ['medium cookie-prefix-violation __Host-id'],
    ],
    [
      `__secure-id=${VALUE}; HttpOnly; SameSite=Lax`,
      ['medium cookie-missing-secure __secure-id', 'medium cookie-prefix-violation __secure-id'],
    ],
    // Deleted.
    ['id=; Max-Age=0', []],
    ['id=; Max-Age=-1; Expires=Fri, 01 Jan 2100 00:00:00 GMT', []],
    ['id=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', []],
    // Kept: Max-Age wins.
    [
      `id=${VALUE}; ${SAFE.replace('Secure; ', '')}; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT`,
      ['medium cookie-missing-secure id'],
    ],
    // Names that every object has.
    [`constructor=${VALUE}; HttpOnly; SameSite=Lax`, ['medium cookie-missing-secure constructor']],
    [`${VALUE}; HttpOnly; SameSite=Lax`, ['medium cookie-missing-secure (no name)']],
    ['', []],
    [';Secure', []],
    ['=', []],
  ])('%s: %j', (line, expected) => {
    expect(found(line)).toEqual(expected);
  });

  it('of a name with a prefix is refused over plain http', () => {
    expect(found(`__Secure-id=${VALUE}; ${SAFE}`, 'http://shop.test/')).toEqual([
      'medium cookie-prefix-violation __Secure-id',
    ]);
  });

  it('is judged apart from the others, and its value never shown', () => {
    const page = pageWith([
      ['set-cookie', `a=${VALUE}; ${SAFE}`],
      ['set-cookie', `b=${VALUE}, c=${VALUE}; HttpOnly; SameSite=Lax`],
      ['set-cookie2', `d=${VALUE}`],
    ]);
    const observations = judgeCookies(page);
    expect(observations.map(({ subject }) => subject)).toEqual(['b']);
    expect(JSON.stringify(observations)).not.toContain(VALUE);
  });

  it('never throws, and shows no value, whatever the line', () => {
    const name = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(name, anyText(), (key, rest) => {
        found(rest);
        const page = pageWith([['set-cookie', `${key}=${VALUE};${rest}`]]);
        for (const { detail, facts } of judgeCookies(page)) {
          if (!`${key}${rest}`.includes(VALUE)) {
            expect(`${detail}${JSON.stringify(facts)}`).not.toContain(VALUE);
          }
        }
      }),
    );
  });
});
