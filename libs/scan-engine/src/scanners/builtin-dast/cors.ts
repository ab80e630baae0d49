import { tokensOf } from './header-values';
import { valuesOf, type Page } from './page';
import type { DastRule, Observation } from './rule';

const REFERENCES = [
  'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
  'https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/11-Client-side_Testing/07-Testing_Cross_Origin_Resource_Sharing',
];
const NAME = 'access-control-allow-origin';
const REMEDIATION =
  'Answer with Access-Control-Allow-Origin only to origins of a fixed list, compared as whole texts, and allow credentials only where they are needed.';

/** A host that nobody can register (RFC 6761), so that no real site is taken for an attacker's. */
export const FOREIGN_ORIGIN = 'https://securescan.invalid';

const REFLECTED: DastRule = {
  id: 'cors-reflected-origin',
  severity: 'high',
  title: 'Every site may read answers in the name of a visitor',
  description:
    'The server repeats whatever Origin a request names in Access-Control-Allow-Origin. With Access-Control-Allow-Credentials any site that a signed-in visitor opens can read what the server shows to that visitor.',
  remediation: REMEDIATION,
  cwe: 'CWE-942',
  references: REFERENCES,
};

const NULL_ORIGIN: DastRule = {
  id: 'cors-null-origin',
  severity: 'medium',
  title: 'The origin `null` may read answers',
  description:
    'Any site can send requests whose Origin is `null`, from a frame with the attribute sandbox. Who allows `null` allows everyone.',
  remediation: REMEDIATION,
  cwe: 'CWE-942',
  references: REFERENCES,
};

const WILDCARD_CREDENTIALS: DastRule = {
  id: 'cors-wildcard-credentials',
  severity: 'medium',
  title: 'Credentials are allowed for every origin',
  description:
    'Access-Control-Allow-Origin: * stands beside Access-Control-Allow-Credentials: true. Browsers refuse the pair, so it works for nobody; it shows that the answer was meant to be readable by all sites, with cookies.',
  remediation: REMEDIATION,
  cwe: 'CWE-942',
  references: REFERENCES,
};

export const CORS_RULES: readonly DastRule[] = [REFLECTED, NULL_ORIGIN, WILDCARD_CREDENTIALS];

/** What the answer to a request without an Origin says to all. */
export function judgeSharing({ headers }: Page): Observation[] {
  const allowed = tokensOf(valuesOf(headers, NAME));
  const facts = { header: NAME, value: allowed[0] ?? '' };
  if (allowed.includes('null')) {
    return [{ rule: NULL_ORIGIN, subject: NAME, detail: '', facts, ...weigh(headers) }];
  }
  if (!allowed.includes('*') || !allowsCredentials(headers)) return [];
  return [{ rule: WILDCARD_CREDENTIALS, subject: NAME, detail: '', facts }];
}

/** What the answer to a request from `FOREIGN_ORIGIN` says. */
export function judgeForeignOrigin(headers: Page['headers']): Observation[] {
  if (!tokensOf(valuesOf(headers, NAME)).includes(FOREIGN_ORIGIN)) return [];
  const detail = allowsCredentials(headers)
    ? 'It allows credentials.'
    : 'It allows no credentials, so other sites read what is public already, or what is shown to the network that the visitor is in.';
  const facts = { header: NAME, value: FOREIGN_ORIGIN };
  return [{ rule: REFLECTED, subject: NAME, detail, facts, ...weigh(headers) }];
}

/** Without credentials another site reads no more than it could fetch itself. */
function weigh(headers: Page['headers']): Pick<Observation, 'severity'> {
  return allowsCredentials(headers) ? {} : { severity: 'low' };
}

/** The value is compared with its case (Fetch standard, "CORS check"). */
function allowsCredentials(headers: Page['headers']): boolean {
  return valuesOf(headers, 'access-control-allow-credentials').includes('true');
}
