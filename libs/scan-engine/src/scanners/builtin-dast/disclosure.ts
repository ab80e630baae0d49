import { valuesOf, type Page } from './page';
import type { DastRule, Observation } from './rule';
import { shorten } from './shown-url';

const REFERENCES = [
  'https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/01-Information_Gathering/02-Fingerprint_Web_Server',
  'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html',
];

export interface DisclosureRule extends DastRule {
  /** In lower case. */
  readonly header: string;
}

function disclosure(header: string, what: string, remediation: string): DisclosureRule {
  const name = header.toLowerCase();
  return {
    id: `info-disclosure-${name}`,
    header: name,
    severity: 'low',
    title: `The ${header} header names ${what}`,
    description: `The header tells everyone ${what}. Whoever looks for sites that run a release with a known flaw finds this one without having to try.`,
    remediation,
    cwe: 'CWE-200',
    references: REFERENCES,
  };
}

const AT_THE_PROXY = 'Switch the header off in the application, or drop it at the proxy in front.';

export const DISCLOSURE_RULES: readonly DisclosureRule[] = [
  disclosure(
    'Server',
    'the web server',
    'Let the server send no version (`server_tokens off` in nginx, `ServerTokens Prod` in Apache httpd), or drop the header.',
  ),
  disclosure(
    'X-Powered-By',
    'the framework or language',
    "Switch the header off: `app.disable('x-powered-by')` in Express, `expose_php = Off` in PHP.",
  ),
  disclosure(
    'X-AspNet-Version',
    'the release of ASP.NET',
    'Set `<httpRuntime enableVersionHeader="false" />` in web.config.',
  ),
  disclosure(
    'X-AspNetMvc-Version',
    'the release of ASP.NET MVC',
    'Set `MvcHandler.DisableMvcResponseHeader = true` when the application starts.',
  ),
  disclosure('X-Generator', 'the content management system', AT_THE_PROXY),
  disclosure('X-Powered-CMS', 'the content management system', AT_THE_PROXY),
  disclosure('X-Backend-Server', 'a machine behind the proxy', AT_THE_PROXY),
  disclosure('X-Runtime', 'how long the application worked on the answer', AT_THE_PROXY),
  disclosure('X-Jenkins', 'the release of Jenkins', AT_THE_PROXY),
  disclosure(
    'X-Debug-Token-Link',
    'the address of a debugging page',
    'Run the application in its production mode, with the profiler switched off.',
  ),
];

/** A version is what people look for; a bare name says little. */
const VERSION = /\d/u;

/** Headers that tell a stranger more than a browser needs. */
export function judgeDisclosure({ headers }: Page): Observation[] {
  return DISCLOSURE_RULES.flatMap((rule): Observation[] => {
    const value = shorten(valuesOf(headers, rule.header).join(', '));
    if (value === '') return [];
    const hasVersion = VERSION.test(value);
    const detail = hasVersion ? '' : 'It gives a name without a version.';
    const severity = hasVersion ? 'low' : 'info';
    return [
      { rule, subject: rule.header, detail, severity, facts: { header: rule.header, value } },
    ];
  });
}
