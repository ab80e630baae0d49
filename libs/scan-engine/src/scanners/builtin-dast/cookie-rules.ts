import type { DastRule } from './rule';

const MDN = 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie';
const OWASP =
  'https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#cookies';
const RFC = 'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis';

export const MISSING_SECURE: DastRule = {
  id: 'cookie-missing-secure',
  severity: 'medium',
  title: 'A cookie is sent over plain http too',
  description:
    'Without the attribute Secure a browser adds the cookie to plain http requests, which anyone on the way can read; one link to an http address of the site is enough.',
  remediation: 'Add `Secure` to the cookie, and serve the site over https only.',
  cwe: 'CWE-614',
  references: [`${MDN}#secure`, OWASP],
};

export const MISSING_HTTPONLY: DastRule = {
  id: 'cookie-missing-httponly',
  severity: 'medium',
  title: 'Scripts can read a cookie',
  description:
    'Without the attribute HttpOnly every script in the page can read the cookie, a script that an attacker got into it too, and send it away.',
  remediation:
    'Add `HttpOnly` to the cookie, unless scripts of the page have to read it, as with the token against forged requests.',
  cwe: 'CWE-1004',
  references: [`${MDN}#httponly`, OWASP],
};

export const MISSING_SAMESITE: DastRule = {
  id: 'cookie-missing-samesite',
  severity: 'low',
  title: 'A cookie does not say whether other sites may use it',
  description:
    'Without the attribute SameSite it is up to the browser whether a request that another site starts carries the cookie. Where it does, that site can act in the name of a signed-in visitor.',
  remediation:
    'Add `SameSite=Lax`, or `SameSite=Strict` where no link from elsewhere has to find the visitor signed in.',
  cwe: 'CWE-1275',
  references: [`${MDN}#samesitesamesite-value`, OWASP],
};

export const SAMESITE_NONE_INSECURE: DastRule = {
  id: 'cookie-samesite-none-insecure',
  severity: 'medium',
  title: 'A cookie for other sites lacks Secure',
  description:
    'With SameSite=None every site can make the browser send the cookie. Browsers of today refuse such a cookie without Secure; older ones send it to everyone, in clear text.',
  remediation: 'Use `SameSite=None; Secure`, or better `SameSite=Lax`.',
  cwe: 'CWE-1275',
  references: [`${MDN}#none`, OWASP],
};

export const PREFIX_VIOLATION: DastRule = {
  id: 'cookie-prefix-violation',
  severity: 'medium',
  title: 'A cookie breaks what its name promises',
  description:
    'Names that begin with __Secure- or __Host- bind a cookie to https, and to one host. Browsers drop a cookie that does not keep to it, so what depends on the cookie fails or falls back to something weaker.',
  remediation:
    'Set a `__Host-` cookie from https with `Secure; Path=/` and without Domain, a `__Secure-` cookie from https with `Secure`.',
  cwe: 'CWE-693',
  references: [`${MDN}#cookie_prefixes`, RFC],
};

export const COOKIE_RULES: readonly DastRule[] = [
  MISSING_SECURE,
  MISSING_HTTPONLY,
  MISSING_SAMESITE,
  SAMESITE_NONE_INSECURE,
  PREFIX_VIOLATION,
];
