import type { DastRule } from './rule';

const MDN = 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers';
const OWASP_HEADERS =
  'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html';

interface HeaderText {
  readonly header: string;
  readonly cwe: string;
  /** What the header is for, and so what goes wrong without it. */
  readonly purpose: string;
  readonly remediation: string;
  readonly reference?: string;
}

/** A rule for the absence of a header, and one for a value that does not do what the header is for. */
export interface HeaderRules {
  readonly header: string;
  readonly missing: DastRule;
  readonly weak: DastRule;
}

function headerRules({ header, cwe, purpose, remediation, reference }: HeaderText): HeaderRules {
  const name = header.toLowerCase();
  const common = {
    severity: 'medium',
    remediation,
    cwe,
    references: [`${MDN}/${header}`, reference ?? OWASP_HEADERS],
  } as const;
  return {
    header: name,
    missing: {
      ...common,
      id: `missing-header-${name}`,
      title: `The answer has no ${header} header`,
      description: purpose,
    },
    weak: {
      ...common,
      id: `weak-header-${name}`,
      title: `The ${header} header protects less than it could`,
      description: purpose,
    },
  };
}

export const STRICT_TRANSPORT_SECURITY = headerRules({
  header: 'Strict-Transport-Security',
  cwe: 'CWE-319',
  purpose:
    'The header tells browsers to use this host over https only. Without it, whoever stands between a visitor and the site can keep the first request on plain http, read it and answer it.',
  remediation:
    'Send `Strict-Transport-Security: max-age=31536000; includeSubDomains` with every https answer, redirects included, once all subdomains speak https.',
  reference: 'https://www.rfc-editor.org/rfc/rfc6797',
});

export const CONTENT_SECURITY_POLICY = headerRules({
  header: 'Content-Security-Policy',
  cwe: 'CWE-693',
  purpose:
    'The header tells browsers from where a page may load scripts and other parts. Without such a limit, one place where the page prints what somebody else wrote is enough to run a script in it.',
  remediation:
    "Send a policy such as `default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`, and allow inline scripts one by one with a nonce or a hash.",
  reference:
    'https://cheatsheetseries.owasp.org/cheatsheets/Content_Security_Policy_Cheat_Sheet.html',
});

export const X_CONTENT_TYPE_OPTIONS = headerRules({
  header: 'X-Content-Type-Options',
  cwe: 'CWE-693',
  purpose:
    'The header keeps browsers from guessing a type other than the declared one. Where they guess, a file that somebody uploaded as a picture or as text can be taken for a script.',
  remediation: 'Send `X-Content-Type-Options: nosniff` with every answer.',
});

export const X_FRAME_OPTIONS = headerRules({
  header: 'X-Frame-Options',
  cwe: 'CWE-1021',
  purpose:
    'The header says which sites may show the page in a frame. Without it, any site can lay the page invisibly under its own buttons and have a signed-in visitor click there.',
  remediation:
    "Send `Content-Security-Policy: frame-ancestors 'none'` (or the sites that may frame the page), and `X-Frame-Options: DENY` for older browsers.",
  reference: 'https://cheatsheetseries.owasp.org/cheatsheets/Clickjacking_Defense_Cheat_Sheet.html',
});

export const REFERRER_POLICY = headerRules({
  header: 'Referrer-Policy',
  cwe: 'CWE-200',
  purpose:
    'The header limits how much of the address of a page goes along to the sites that it links to and loads from. Addresses tell which record somebody reads, and sometimes hold a token.',
  remediation:
    'Send `Referrer-Policy: strict-origin-when-cross-origin`, or `no-referrer` where addresses are confidential.',
});

export const PERMISSIONS_POLICY = headerRules({
  header: 'Permissions-Policy',
  cwe: 'CWE-693',
  purpose:
    'The header switches off features such as camera, microphone and location for the page and for what it frames. What is left on can be used by any script that gets into the page.',
  remediation:
    'Send `Permissions-Policy: camera=(), microphone=(), geolocation=()` and list the features that the page uses with the origins that may use them.',
});

export const HEADER_RULES: readonly HeaderRules[] = [
  STRICT_TRANSPORT_SECURITY,
  CONTENT_SECURITY_POLICY,
  X_CONTENT_TYPE_OPTIONS,
  X_FRAME_OPTIONS,
  REFERRER_POLICY,
  PERMISSIONS_POLICY,
];
