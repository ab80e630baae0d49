import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { randomToken } from '@securescan/testing';

/** Where the two doors of a site are. */
export interface Doors {
  readonly http: number;
  readonly https: number;
}

type Answer = (request: IncomingMessage) => {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly html?: string;
};
type Site = Readonly<Record<string, Answer>>;

/** Never to be seen in a finding. */
export const SESSION = randomToken(32, 71);
export const TOKEN = randomToken(32, 72);

const NAME = 'shop.test';

/** A shop in which every check finds something, by path of the plain and of the secure door. */
export function defectiveSite(doors: () => Doors): {
  http: RequestListener;
  https: RequestListener;
} {
  const plain: Site = {
    '/': () => ({
      status: 302,
      headers: {
        location: `https://${NAME}:${doors().https}/login?token=${TOKEN}`,
        server: 'nginx/1.18.0',
        'set-cookie': `session=${SESSION}`,
      },
    }),
    '/plain': () => ({
      html: '<form action="/login"><input type="password" name="word"></form>',
      headers: {
        'set-cookie': [`session=${SESSION}; Path=/`, `__Host-id=${SESSION}; Path=/; Secure`],
      },
    }),
  };
  const secure: Site = {
    '/login': () => ({
      status: 302,
      headers: {
        location: '/weak',
        'set-cookie': [
          `session=${SESSION}; HttpOnly`,
          `__Host-basket=${SESSION}; Secure; HttpOnly; SameSite=Lax; Domain=shop.test`,
          `shared=${SESSION}; HttpOnly; SameSite=None`,
          `XSRF-TOKEN=${TOKEN}; Secure; SameSite=Sometimes`,
          'old=; Max-Age=0',
        ],
      },
    }),
    '/weak': ({ headers: { origin } }) => ({
      headers: {
        'strict-transport-security': 'max-age=3600',
        'content-security-policy':
          "default-src 'self' https:; script-src 'self' 'unsafe-inline' 'unsafe-eval' data:; style-src self; frame-ancestors *",
        'x-content-type-options': 'sniff',
        'referrer-policy': 'unsafe-url',
        'permissions-policy': "camera 'none'",
        'x-powered-by': 'Express',
        'x-generator': 'Drupal 10.2.1',
        'access-control-allow-origin': origin ?? '*',
        'access-control-allow-credentials': 'true',
      },
      html: MIXED_PAGE,
    }),
    '/bare': () => ({ html: '<title>Bare</title>', headers: { server: 'Apache' } }),
    '/frames': () => ({
      html: '<title>Frames</title>',
      headers: {
        'strict-transport-security': ['max-age=0', 'max-age=31536000'],
        'content-security-policy-report-only': "default-src 'self'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'ALLOW-FROM https://partner.test',
        'referrer-policy': 'no-referrer-when-downgrade',
        'permissions-policy': 'camera=*, microphone=()',
        'access-control-allow-origin': 'null',
        'access-control-allow-credentials': 'true',
      },
    }),
    '/down': () => ({
      status: 301,
      headers: { location: `http://${NAME}:${doors().http}/plain?token=${TOKEN}` },
    }),
  };
  return { http: answering(plain), https: answering(secure) };
}

const MIXED_PAGE = `<!doctype html><title>Shop</title>
<link rel="stylesheet" href="http://cdn.test/site.css">
<script src="http://cdn.test/app.js?v=1&amp;key=${TOKEN}"></script>
<script src="http://cdn.test/app.js?v=2"></script>
<script src="//cdn.test/same-scheme.js"></script>
<script src="https://cdn.test/good.js"></script>
<iframe src="HTTP://ads.test/frame"></iframe>
<img src="http://images.test/logo.png" srcset="http://images.test/logo-2x.png 2x, https://images.test/logo-3x.png 3x">
<video poster="http://images.test/poster.png"></video>
<form action="http://shop.test/search"><input name="q"></form>
<a href="http://blog.test/">only a link</a>
<!-- <script src="http://cdn.test/commented.js"></script> -->
<textarea><script src="http://cdn.test/text.js"></script></textarea>`;

/** The same shop with nothing to find. */
export function correctSite(doors: () => Doors): { http: RequestListener; https: RequestListener } {
  const secure = (path: string): string => `https://${NAME}:${doors().https}${path}`;
  const onward: Answer = ({ url = '/' }) => ({
    status: 301,
    headers: { location: secure(url === '/' ? '/login' : url) },
  });
  const https: Site = {
    '/login': () => ({
      status: 302,
      headers: {
        ...HARDENED,
        location: '/weak',
        'set-cookie': [
          `__Host-session=${SESSION}; Path=/; Secure; HttpOnly; SameSite=Lax`,
          `__Secure-shared=${SESSION}; Path=/; Secure; HttpOnly; SameSite=None`,
          'old=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
        ],
      },
    }),
    '/weak': () => ({ headers: HARDENED, html: CLEAN_PAGE }),
    '/bare': () => ({ headers: HARDENED, html: '<title>Bare</title>' }),
    '/frames': () => ({
      headers: { ...HARDENED, 'x-frame-options': 'SAMEORIGIN' },
      html: '<title>Frames</title>',
    }),
    '/down': () => ({ status: 301, headers: { ...HARDENED, location: '/plain' } }),
    '/plain': () => ({ headers: HARDENED, html: '<form action="/login"></form>' }),
    '/data': () => ({
      headers: {
        'strict-transport-security': HARDENED['strict-transport-security'],
        'x-content-type-options': 'nosniff',
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
      },
      html: '{}',
    }),
  };
  return { http: answering({ '/': onward, '/plain': onward }), https: answering(https) };
}

const HARDENED = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'content-security-policy':
    "default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic' 'unsafe-inline' https:; style-src 'self'; img-src *; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer, strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(self "https://meet.test")',
} as const;

const CLEAN_PAGE = `<!doctype html><title>Shop</title>
<link rel="stylesheet" href="/site.css"><link rel="canonical" href="http://shop.test/">
<script src="https://cdn.test/app.js"></script><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<img src="http://127.0.0.1:9/developer.png"><a href="http://blog.test/">only a link</a>`;

function answering(site: Site): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const answer = site[path];
    if (answer === undefined) return void response.writeHead(404).end();
    const { status = 200, headers = {}, html = '' } = answer(request);
    // The date changes from run to run.
    response.sendDate = false;
    const type = html === '' ? {} : { 'content-type': 'text/html; charset=utf-8' };
    response.writeHead(status, { ...type, ...headers }).end(html);
  };
}
