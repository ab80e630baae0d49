import { isLoopback } from './hosts';
import type { Page } from './page';
import type { DastRule, Observation } from './rule';
import { shownUrl } from './shown-url';

const REFERENCES = [
  'https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html',
  'https://developer.mozilla.org/en-US/docs/Web/Security/Defenses/Transport_Layer_Security',
];

const NO_HTTPS: DastRule = {
  id: 'no-https',
  severity: 'medium',
  title: 'The site is served over plain http',
  description:
    'The target answers over plain http and sends nobody on to https. Whoever is on the way between a visitor and the site reads and changes everything, passwords and session cookies included.',
  remediation:
    'Serve the site over https, answer every http request with a redirect (301 or 308) to the same address over https, and send Strict-Transport-Security there.',
  cwe: 'CWE-319',
  references: REFERENCES,
};

const DOWNGRADE: DastRule = {
  id: 'redirect-downgrade',
  severity: 'medium',
  title: 'A redirect leads from https to plain http',
  description:
    'The visitor came over a protected connection and is sent to an unprotected one, where the address, the cookies and the page can be read and changed on the way.',
  remediation:
    'Let redirects name https addresses. Behind a proxy that ends TLS, tell the application so, as with X-Forwarded-Proto.',
  cwe: 'CWE-319',
  references: REFERENCES,
};

export const TRANSPORT_RULES: readonly DastRule[] = [NO_HTTPS, DOWNGRADE];

/** A site that is met over https nowhere on the way. On this machine itself it matters little. */
export function judgeEncryption(pages: readonly Page[], isElsewhere: boolean): Observation[] {
  const [first] = pages;
  // What stands behind a redirect that was not followed is not known.
  if (first === undefined || isElsewhere) return [];
  if (pages.some(({ url }) => url.protocol === 'https:')) return [];
  return [
    {
      rule: NO_HTTPS,
      subject: 'https',
      detail: isLoopback(first.url) ? 'The address is of the machine itself.' : '',
      ...(isLoopback(first.url) ? { severity: 'low' as const } : {}),
    },
  ];
}

/** A redirect from https to http, whether it is followed or not. */
export function judgeRedirect({ url, isRedirect }: Page, target: URL | null): Observation[] {
  if (!isRedirect || url.protocol !== 'https:' || target?.protocol !== 'http:') return [];
  const place = shownUrl(target);
  return [
    {
      rule: DOWNGRADE,
      subject: 'location',
      detail: `It leads to ${place}.`,
      facts: { header: 'location', value: place },
    },
  ];
}
