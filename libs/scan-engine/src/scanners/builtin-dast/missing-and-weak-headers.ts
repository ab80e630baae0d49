import { isAddress } from './hosts';
import {
  CONTENT_SECURITY_POLICY,
  PERMISSIONS_POLICY,
  REFERRER_POLICY,
  STRICT_TRANSPORT_SECURITY,
  X_CONTENT_TYPE_OPTIONS,
  X_FRAME_OPTIONS,
  type HeaderRules,
} from './header-rules';
import { judgePolicies, limitsFraming } from './content-security-policy';
import {
  judgeContentTypeOptions,
  judgeFrameOptions,
  judgeReferrerPolicy,
  judgeTransportSecurity,
} from './header-values';
import { valuesOf, type Page } from './page';
import { judgePermissionsPolicy } from './permissions-policy';
import type { Observation, Weakness } from './rule';
import { shorten } from './shown-url';

/** What the headers of one page lack, and what those that are there are worth. */
export function judgeHeaders(page: Page): Observation[] {
  if (page.isRedirect) return [];
  return [
    ...judge(X_CONTENT_TYPE_OPTIONS, page, judgeContentTypeOptions),
    ...(page.isDocument ? judgeDocument(page) : []),
  ];
}

/** Headers that steer how a document is shown; nobody needs them on a file of data. */
function judgeDocument(page: Page): Observation[] {
  return [
    ...judgeContentPolicy(page),
    ...judgeFraming(page),
    ...judgeReferrer(page),
    ...judge(PERMISSIONS_POLICY, page, judgePermissionsPolicy),
  ];
}

/**
 * A browser remembers the header for a host, whichever https answer carried it last, so it is missed once for a host, and each
 * that is there is judged. For hosts that are addresses browsers ignore it (RFC 6797, 8.1.1).
 */
export function judgeTransportHeaders(securePages: readonly Page[]): Observation[] {
  const [first] = securePages;
  if (first === undefined || isAddress(first.url)) return [];
  const rules = STRICT_TRANSPORT_SECURITY;
  const sent = securePages
    .map(({ headers }) => valuesOf(headers, rules.header))
    .filter((values) => values.length > 0);
  if (sent.length === 0) return [missing(rules)];
  return weak(rules, sent.flat(), sent.flatMap(judgeTransportSecurity));
}

function judge(
  rules: HeaderRules,
  page: Page,
  judgeValues: (values: readonly string[]) => Weakness[],
): Observation[] {
  const values = valuesOf(page.headers, rules.header);
  return values.length === 0 ? [missing(rules)] : weak(rules, values, judgeValues(values));
}

function judgeContentPolicy({ headers, html }: Page): Observation[] {
  const rules = CONTENT_SECURITY_POLICY;
  const policies = {
    headers: valuesOf(headers, rules.header),
    metas: html?.policies ?? [],
    reportOnly: valuesOf(headers, `${rules.header}-report-only`),
  };
  const values = [...policies.headers, ...policies.metas, ...policies.reportOnly];
  return values.length === 0 ? [missing(rules)] : weak(rules, values, judgePolicies(policies));
}

/** Browsers ignore X-Frame-Options beside frame-ancestors, so its value matters no more. */
function judgeFraming(page: Page): Observation[] {
  if (limitsFraming(valuesOf(page.headers, CONTENT_SECURITY_POLICY.header))) return [];
  return judge(X_FRAME_OPTIONS, page, judgeFrameOptions);
}

function judgeReferrer({ headers, html }: Page): Observation[] {
  const values = [...valuesOf(headers, REFERRER_POLICY.header), ...(html?.referrerPolicies ?? [])];
  return values.length === 0
    ? [missing(REFERRER_POLICY)]
    : weak(REFERRER_POLICY, values, judgeReferrerPolicy(values));
}

function missing({ missing: rule, header }: HeaderRules): Observation {
  return { rule, subject: header, detail: '', facts: { header } };
}

/** What is wrong with one header or directive is one finding, however many things that are. */
function weak(
  { weak: rule, header }: HeaderRules,
  values: readonly string[],
  weaknesses: readonly Weakness[],
): Observation[] {
  const value = shorten(values.join(', '));
  const subjects = [...new Set(weaknesses.map(({ subject }) => subject))];
  return subjects.map((subject) => {
    const group = weaknesses.filter((weakness) => weakness.subject === subject);
    return {
      rule,
      subject,
      detail: [...new Set(group.map(({ detail }) => detail))].join(' '),
      severity: group.some(({ severity }) => severity === 'medium') ? 'medium' : 'low',
      facts: { header, value },
    };
  });
}
