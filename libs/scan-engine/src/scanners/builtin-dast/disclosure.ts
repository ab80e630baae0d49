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

const OF_A_PRODUCT =
  'Whoever looks for sites that run a release with a known flaw finds this one without having to try.';

interface DisclosureText {
  readonly header: string;
  /** What it gives away. */
  readonly what: string;
  readonly remediation: string;
  readonly consequence?: string;
}

function disclosure({
  header,
  what,
  remediation,
  consequence = OF_A_PRODUCT,
}: DisclosureText): DisclosureRule {
  const name = header.toLowerCase();
  return {
    id: `info-disclosure-${name}`,
    header: name,
    severity: 'low',
    title: `The ${header} header gives away ${what}`,
    description: `The header gives away ${what}. ${consequence}`,
    remediation,
    cwe: 'CWE-200',
    references: REFERENCES,
  };
}

const AT_THE_PROXY = 'Switch the header off in the application, or drop it at the proxy in front.';

export const DISCLOSURE_RULES: readonly DisclosureRule[] = [
  disclosure({
    header: 'Server',
    what: 'the web server',
    remediation:
      'Let the server send no version (`server_tokens off` in nginx, `ServerTokens Prod` in Apache httpd), or drop the header.',
  }),
  disclosure({
    header: 'X-Powered-By',
    what: 'the framework or language',
    remediation:
      "Switch the header off: `app.disable('x-powered-by')` in Express, `expose_php = Off` in PHP.",
  }),
  disclosure({
    header: 'X-AspNet-Version',
    what: 'the release of ASP.NET',
    remediation: 'Set `<httpRuntime enableVersionHeader="false" />` in web.config.',
  }),
  disclosure({
    header: 'X-AspNetMvc-Version',
    what: 'the release of ASP.NET MVC',
    remediation: 'Set `MvcHandler.DisableMvcResponseHeader = true` when the application starts.',
  }),
  disclosure({
    header: 'X-Generator',
    what: 'the content management system',
    remediation: AT_THE_PROXY,
  }),
  disclosure({
    header: 'X-Powered-CMS',
    what: 'the content management system',
    remediation: AT_THE_PROXY,
  }),
  disclosure({ header: 'X-Jenkins', what: 'the release of Jenkins', remediation: AT_THE_PROXY }),
  disclosure({
    header: 'X-Backend-Server',
    what: 'the name of a machine behind the proxy',
    remediation: AT_THE_PROXY,
    consequence: 'It helps somebody who got one foot in to find the way on.',
  }),
  disclosure({
    header: 'X-Debug-Token-Link',
    what: 'the address of a debugging page',
    remediation: 'Run the application in its production mode, with the profiler switched off.',
    consequence: 'Such a page shows settings, queries and requests of others to whoever opens it.',
  }),
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
