import { anHttpAnswer, anyText } from '@securescan/testing';
import fc from 'fast-check';
import type { HttpAnswer, TlsFacts } from '../../ports';
import { FOREIGN_ORIGIN, judgeForeignOrigin, judgeSharing } from './cors';
import { judgeDisclosure } from './disclosure';
import { judgeHeaders, judgeTransportHeaders } from './missing-and-weak-headers';
import { judgeMixedContent } from './mixed-content';
import { readPage, type Page } from './page';
import type { Observation } from './rule';
import { judgeTls } from './tls';
import { judgeEncryption, judgeRedirect } from './transport';

const SECURE = 'https://shop.test/';

function page(answer: Partial<HttpAnswer>, url = SECURE): Page {
  return readPage(new URL(url), anHttpAnswer(answer));
}

function html(body: string, headers: HttpAnswer['headers'] = []): Page {
  return page({ body, headers: [['content-type', 'text/html; charset=utf-8'], ...headers] });
}

function told(observations: readonly Observation[]): string[] {
  return observations.map(({ rule, severity }) => `${severity ?? rule.severity} ${rule.id}`);
}

describe('headers of an answer', () => {
  const ALL = [
    'medium missing-header-x-content-type-options',
    'medium missing-header-content-security-policy',
    'medium missing-header-x-frame-options',
    'medium missing-header-referrer-policy',
    'medium missing-header-permissions-policy',
  ];

  it.each<[string, Partial<HttpAnswer>, string[]]>([
    ['HTML', { headers: [['content-type', 'text/html']] }, ALL],
    ['an error page', { status: 500, headers: [['content-type', 'Text/HTML;x=y']] }, ALL],
    ['a picture that runs scripts', { headers: [['content-type', 'image/svg+xml']] }, ALL],
    ['what names no type', {}, ALL],
    ['data', { headers: [['content-type', 'application/json']] }, ALL.slice(0, 1)],
    ['nothing', { status: 204 }, ALL.slice(0, 1)],
    ['a redirect', { status: 301, headers: [['location', '/next']] }, []],
    ['a redirect to nowhere', { status: 301 }, ALL],
  ])('are missed on %s where they matter', (_, answer, expected) => {
    expect(told(judgeHeaders(page(answer)))).toEqual(expected);
  });

  it('need not forbid frames twice', () => {
    const policy = ['content-security-policy', "frame-ancestors 'none'"] as const;
    const framed = told(judgeHeaders(html('', [policy, ['x-frame-options', 'nonsense']])));
    expect(framed.filter((one) => one.includes('frame'))).toEqual([]);
  });

  it('may stand in the page, but for what only a header can say', () => {
    const body = `${'<meta name=description content=shop>'.repeat(50)}<META HTTP-EQUIV="Content-Security-Policy" content="default-src 'self'; base-uri 'none'; frame-ancestors 'none'">
      <meta name=referrer content=no-referrer>`;
    expect(told(judgeHeaders(html(body)))).toEqual([
      ALL[0],
      'medium missing-header-x-frame-options',
      'medium missing-header-permissions-policy',
    ]);
    const weak = body.replace('=no-referrer', '=unsafe-url').replace("'self'", '*');
    expect(told(judgeHeaders(html(weak)))).toEqual([
      ALL[0],
      'medium weak-header-content-security-policy',
      'medium missing-header-x-frame-options',
      'medium weak-header-referrer-policy',
      'medium missing-header-permissions-policy',
    ]);
  });

  it('bind a host to https, whichever answer of it carries the header', () => {
    const bare = page({});
    const bound = page({ headers: [['strict-transport-security', 'max-age=31536000']] });
    expect(told(judgeTransportHeaders([bare]))).toEqual([
      'medium missing-header-strict-transport-security',
    ]);
    expect(told(judgeTransportHeaders([bare, bound]))).toEqual([]);
    expect(told(judgeTransportHeaders([]))).toEqual([]);
    const forgotten = page({ headers: [['strict-transport-security', 'max-age=0']] });
    const observations = judgeTransportHeaders([bound, forgotten, forgotten]);
    expect(told(observations)).toEqual(['medium weak-header-strict-transport-security']);
    expect(observations[0]?.detail).toBe('Its max-age of 0 makes browsers forget the protection.');
  });

  it.each(['https://127.0.0.1/', 'https://[::1]/'])('cannot bind the address %s', (url) => {
    expect(told(judgeTransportHeaders([page({}, url)]))).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['server', 'nginx/1.18.0 (Ubuntu)', ['low info-disclosure-server']],
    ['server', 'nginx', ['info info-disclosure-server']],
    ['server', '', []],
    ['x-powered-by', 'PHP/8.1.2', ['low info-disclosure-x-powered-by']],
    ['x-powered-by', 'Express', ['info info-disclosure-x-powered-by']],
    ['x-aspnet-version', '4.0.30319', ['low info-disclosure-x-aspnet-version']],
    ['x-observer', 'a 1', []],
  ])('give away %s: %s', (name, value, expected) => {
    const observations = judgeDisclosure(page({ headers: [[name, value]] }));
    expect(told(observations)).toEqual(expected);
    for (const { facts } of observations) expect(facts).toEqual({ header: name, value });
  });
});

describe('answers for other sites', () => {
  const ORIGIN = 'access-control-allow-origin';
  const CREDENTIALS = ['access-control-allow-credentials', 'true'] as const;

  it.each<[HttpAnswer['headers'], string[]]>([
    [[], []],
    [[[ORIGIN, '*']], []],
    [[[ORIGIN, 'https://partner.test'], CREDENTIALS], []],
    [[[ORIGIN, '*'], CREDENTIALS], ['medium cors-wildcard-credentials']],
    [
      [
        [ORIGIN, '*'],
        ['access-control-allow-credentials', 'TRUE'],
      ],
      [],
    ],
    [[[ORIGIN, 'null'], CREDENTIALS], ['medium cors-null-origin']],
    [[[ORIGIN, 'null']], ['low cors-null-origin']],
  ])('%j: %j', (headers, expected) => {
    expect(told(judgeSharing(page({ headers })))).toEqual(expected);
  });

  it.each<[HttpAnswer['headers'], string[]]>([
    [[], []],
    [[[ORIGIN, '*'], CREDENTIALS], []],
    [[[ORIGIN, FOREIGN_ORIGIN], CREDENTIALS], ['high cors-reflected-origin']],
    [[[ORIGIN, FOREIGN_ORIGIN]], ['low cors-reflected-origin']],
    [[[ORIGIN, `${FOREIGN_ORIGIN}.other.test`], CREDENTIALS], []],
  ])('asked from elsewhere, %j: %j', (headers, expected) => {
    expect(told(judgeForeignOrigin(headers))).toEqual(expected);
  });
});

describe('a TLS connection', () => {
  const GOOD: TlsFacts = {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    problem: null,
    validTo: '2030-01-02T03:04:05.000Z',
    daysLeft: 90,
    keyBits: 256,
  };

  it.each<[Partial<TlsFacts>, string[]]>([
    [{}, []],
    [{ keyBits: 2048 }, []],
    [{ keyBits: null }, []],
    [{ keyBits: 521 }, []],
    [{ keyBits: 1024 }, ['medium tls-certificate-weak-key']],
    [{ keyBits: 192 }, ['medium tls-certificate-weak-key']],
    [{ problem: 'EE_KEY_TOO_SMALL', keyBits: 1024 }, ['medium tls-certificate-weak-key']],
    [{ protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' }, []],
    [{ protocol: 'TLSv1' }, ['medium tls-old-protocol']],
    [
      { protocol: 'TLSv1.1', cipher: 'DES-CBC3-SHA' },
      ['medium tls-old-protocol', 'medium tls-weak-cipher'],
    ],
    [{ cipher: 'ECDHE-RSA-RC4-SHA' }, ['medium tls-weak-cipher']],
    [{ daysLeft: 14 }, []],
    [{ daysLeft: 13 }, ['low tls-certificate-expires-soon']],
    [{ daysLeft: 0 }, ['low tls-certificate-expires-soon']],
    [{ daysLeft: -1, problem: 'CERT_HAS_EXPIRED' }, ['high tls-certificate-expired']],
    [
      { daysLeft: -1, problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      ['high tls-certificate-self-signed', 'high tls-certificate-expired'],
    ],
    [{ problem: 'CERT_NOT_YET_VALID' }, ['high tls-certificate-not-yet-valid']],
    [{ problem: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, ['high tls-certificate-unknown-issuer']],
    [{ problem: 'SELF_SIGNED_CERT_IN_CHAIN' }, ['high tls-certificate-unknown-issuer']],
    [{ problem: 'ERR_TLS_CERT_ALTNAME_INVALID' }, ['high tls-certificate-wrong-name']],
    [{ problem: 'CERT_REVOKED' }, ['high tls-certificate-revoked']],
    [{ problem: 'OF_THE_FUTURE' }, ['high tls-certificate-invalid']],
  ])('with %j: %j', (facts, expected) => {
    expect(told(judgeTls({ ...GOOD, ...facts }))).toEqual(expected);
  });

  it('gives the day of its end, never the days that are left', () => {
    const [soon] = judgeTls({ ...GOOD, daysLeft: 3 });
    expect(soon?.detail).toBe('It holds until 2030-01-02.');
    expect(soon?.facts).toEqual({ problem: null, valid_to: GOOD.validTo, key_bits: 256 });
  });
});

describe('the way to a page', () => {
  const at = (url: string, answer: Partial<HttpAnswer> = {}): Page => page(answer, url);

  it.each<[string[], boolean, string[]]>([
    [['http://shop.test/'], false, ['medium no-https']],
    [['http://127.0.0.1/'], false, ['low no-https']],
    [['http://[::1]/'], false, ['low no-https']],
    [['http://localhost:8080/'], false, ['low no-https']],
    [['http://localhost.test/'], false, ['medium no-https']],
    [['http://shop.test/', 'https://shop.test/'], false, []],
    [['https://shop.test/', 'http://shop.test/'], false, []],
    [['http://shop.test/'], true, []],
    [[], false, []],
  ])('%j, cut short %j: %j', (urls, isElsewhere, expected) => {
    expect(
      told(
        judgeEncryption(
          urls.map((url) => at(url)),
          isElsewhere,
        ),
      ),
    ).toEqual(expected);
  });

  it.each<[string, string | null, string[]]>([
    [SECURE, 'http://shop.test/a', ['medium redirect-downgrade']],
    [SECURE, 'https://shop.test/a', []],
    [SECURE, null, []],
    ['http://shop.test/', 'http://shop.test/a', []],
  ])('a redirect from %s to %s: %j', (from, to, expected) => {
    const hop = at(from, { status: 302, headers: [['location', to ?? '/']] });
    const observations = judgeRedirect(hop, to === null ? null : new URL(`${to}?token=a`));
    expect(told(observations)).toEqual(expected);
    expect(JSON.stringify(observations)).not.toContain('token=a');
  });
});

describe('the page itself', () => {
  const cdn = 'http://cdn.test/x';

  it.each<[string, string[]]>([
    [`<script src="${cdn}"></script>`, ['medium mixed-content-active']],
    [`<SCRIPT SRC=HTTP://CDN.test/x></SCRIPT>`, ['medium mixed-content-active']],
    [`<script src=" &#104;ttp://cdn.test/x "></script>`, ['medium mixed-content-active']],
    [`<script src="h\nttp://cdn.test/x"></script>`, ['medium mixed-content-active']],
    [`<link rel="alternate StyleSheet" href="${cdn}">`, ['medium mixed-content-active']],
    [`<link rel="icon" href="${cdn}">`, ['low mixed-content-passive']],
    [`<link rel="canonical" href="${cdn}">`, []],
    [`<iframe src="${cdn}"></iframe>`, ['medium mixed-content-active']],
    [
      `<object data="${cdn}"></object><embed src="${cdn}">`,
      ['medium mixed-content-active', 'medium mixed-content-active'],
    ],
    [`<img src="${cdn}">`, ['low mixed-content-passive']],
    [`<img srcset="/a 1x, ${cdn} 2x">`, ['low mixed-content-passive']],
    [`<video src="${cdn}" poster="${cdn}"></video>`, ['low mixed-content-passive']],
    [`<audio><source src="${cdn}"></audio>`, ['low mixed-content-passive']],
    [`<input type=image src="${cdn}"><input src="${cdn}">`, ['low mixed-content-passive']],
    [`<form action="${cdn}"></form>`, ['medium mixed-content-form']],
    [`<form><button formaction="${cdn}">x</button></form>`, ['medium mixed-content-form']],
    [`<base href="${cdn}"><script src="y.js"></script>`, ['medium mixed-content-active']],
    [`<base href="${cdn}"><script src="https://shop.test/y.js"></script>`, []],
    [
      `<script src="//cdn.test/x"></script><img src="/x"><img src="data:,"><img src="https://a.test">`,
      [],
    ],
    [`<img src="http://localhost/x"><img src="http://127.0.0.1:80/x"><img src="http://[">`, []],
    [`<a href="${cdn}">x</a><!-- <script src="${cdn}"></script> -->`, []],
    [`<script>"<img src='${cdn}'>"</script><title><img src="${cdn}"></title>`, []],
    [
      `<meta http-equiv=content-security-policy content=upgrade-insecure-requests><img src="${cdn}">`,
      [],
    ],
  ])('%s: %j', (body, expected) => {
    expect(told(judgeMixedContent(html(body)))).toEqual(expected);
  });

  it('of plain http mixes nothing, and neither does what is no HTML', () => {
    const body = `<script src="${cdn}"></script>`;
    const headers = [['content-type', 'text/html']] as const;
    expect(judgeMixedContent(page({ body, headers }, 'http://shop.test/'))).toEqual([]);
    expect(judgeMixedContent(page({ body, headers: [['content-type', 'text/plain']] }))).toEqual(
      [],
    );
  });

  it('names each address once, and a hundred at most', () => {
    const twice = html(`<img src="${cdn}?a=1"><img src="${cdn}?a=2">`);
    expect(judgeMixedContent(twice).map(({ subject }) => subject)).toEqual(['img //cdn.test/x']);
    const many = Array.from({ length: 500 }, (_, index) => `<img src="${cdn}${index}">`).join('');
    expect(judgeMixedContent(html(many))).toHaveLength(100);
  });

  it.each<[string, string]>([
    ['nested tags', '<b>'.repeat(600_000)],
    ['tags that close nothing', `${'<b>'.repeat(200_000)}${'</i>'.repeat(200_000)}`],
    ['one tag of many attributes', `<img ${'a '.repeat(500_000)}>`],
    ['a tag that never ends', `<img src="${'http://a.test/ '.repeat(100_000)}`],
    ['entities', `<img src="${'&amp;'.repeat(300_000)}">`],
    ['pictures', '<img src=http://a.test/>'.repeat(80_000)],
    ['metas', '<meta http-equiv=content-security-policy content="a b">'.repeat(30_000)],
  ])('is read in time whatever it is made of: %s', (_, body) => {
    const read = html(body);
    judgeHeaders(read);
    expect(judgeMixedContent(read).length).toBeLessThanOrEqual(1);
  });

  it('never stops a rule', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (start, end) => {
        const read = html(`${start}<script src=${end}"><${end} a="${start}`);
        judgeMixedContent(read);
        judgeHeaders(read);
      }),
    );
  });
});
