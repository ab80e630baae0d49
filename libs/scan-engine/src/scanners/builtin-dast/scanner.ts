import type { BuiltinScanner, InspectContext, ScannerReport, Unavailable } from '../../scanner';
import { tidyNotes } from '../notes';
import { COOKIE_RULES } from './cookie-rules';
import { judgeCookies } from './cookies';
import { CORS_RULES, judgeForeignOrigin, judgeSharing } from './cors';
import { POLICY_FLAWS } from './content-security-policy';
import { DISCLOSURE_RULES, judgeDisclosure } from './disclosure';
import { toFindings, type Seen } from './findings';
import { HEADER_RULES } from './header-rules';
import { judgeHeaders, judgeTransportHeaders } from './missing-and-weak-headers';
import { judgeMixedContent, MIXED_CONTENT_RULES } from './mixed-content';
import { encodingOf, readPage, type Page } from './page';
import type { Observation } from './rule';
import { httpUrl, shownUrl } from './shown-url';
import { judgeTls } from './tls';
import { TLS_RULES } from './tls-rules';
import { judgeEncryption, judgeRedirect, TRANSPORT_RULES } from './transport';
import { visit, withoutExtras, type Hop, type Visit } from './visit';

const HINT_TARGETS = 'Check the address, and list its host or range in SECURESCAN_NETWORK_TARGETS';
const HINT_URL = 'Give the address of the application, as http://127.0.0.1:8080/';
const FIRST_ERROR_STATUS = 400;

async function inspect(context: InspectContext): Promise<ScannerReport | Unavailable> {
  const { targetUrl } = context.options;
  if (targetUrl === undefined || targetUrl === null) {
    return { unavailable: 'no target URL was given', installHint: HINT_URL };
  }
  const given = httpUrl(targetUrl);
  const target = withoutExtras(given);
  if (given === null || target === null) {
    return { unavailable: 'the target URL is no http or https address', installHint: HINT_URL };
  }
  const visited = await visit(target, context);
  if ('refused' in visited) {
    return { unavailable: visited.refused, installHint: HINT_TARGETS };
  }
  const hasUser = given.username !== '' || given.password !== '';
  const notes = [
    ...visited.notes,
    ...visited.hops.flatMap(notesOf),
    ...(hasUser ? ['user and password of the target URL were left out'] : []),
  ];
  const findings = toFindings(judge(visited), target);
  return { findings, assessed: [], skipped: [], notes: tidyNotes(notes) };
}

function notesOf({ url, answer }: Hop): string[] {
  const place = shownUrl(url);
  const encoding = encodingOf(answer.headers);
  return [
    ...(answer.status >= FIRST_ERROR_STATUS ? [`${place} answered ${answer.status}`] : []),
    ...(answer.isBodyCut ? [`of ${place} only the first 2 MB were read`] : []),
    ...(encoding === null
      ? []
      : [`the body of ${place} came as ${encoding}, which was not asked for, and was not read`]),
  ];
}

/** What is wrong with each answer, then with each host, then with the way as a whole. */
function judge({ hops, isElsewhere, foreign }: Visit): Seen[] {
  const pages = hops.map(({ url, answer }) => readPage(url, answer));
  const [first] = pages;
  const last = pages.at(-1);
  if (first === undefined || last === undefined) return [];
  const perPage = pages.flatMap((page, index) =>
    seenAt(page.url, judgePage(page, hops[index]?.next ?? null)),
  );
  return [
    ...perPage,
    ...pagesByHost(pages).flatMap(judgeHost),
    ...seenAt(first.url, judgeEncryption(pages, isElsewhere)),
    ...(foreign === null ? [] : seenAt(last.url, judgeForeignOrigin(foreign))),
  ];
}

function judgePage(page: Page, next: URL | null): Observation[] {
  return [
    ...judgeHeaders(page),
    ...judgeDisclosure(page),
    ...judgeCookies(page),
    ...judgeSharing(page),
    ...judgeMixedContent(page),
    ...judgeRedirect(page, next),
  ];
}

function judgeHost(pages: readonly Page[]): Seen[] {
  const secure = pages.filter(({ url }) => url.protocol === 'https:');
  const [first] = secure;
  if (first === undefined) return [];
  const { url, tls } = first;
  const ofConnection = tls === null ? [] : judgeTls(tls);
  return [
    ...seenAt(url, judgeTransportHeaders(secure)),
    ...ofConnection.map((observation) => ({ observation, url, isOfHost: true })),
  ];
}

/** A port is a server of its own. */
function pagesByHost(pages: readonly Page[]): Page[][] {
  const hosts = [...new Set(pages.map(({ url }) => url.host))];
  return hosts.map((host) => pages.filter(({ url }) => url.host === host));
}

function seenAt(url: URL, observations: readonly Observation[]): Seen[] {
  return observations.map((observation) => ({ observation, url }));
}

export const builtinDastScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'builtin_dast',
  scanType: 'dast',
  description:
    'Opens a web address as a browser would, follows its redirects, and judges headers, cookies, certificate and page.',
  checks: [
    'Security headers that are missing, and values that protect little',
    'Cookies without Secure, HttpOnly or SameSite, and broken name prefixes',
    'Certificates that do not hold or end soon, and outdated TLS',
    'Plain http, redirects that lead back to it, and https pages that load from it',
    'Answers that any other site may read (CORS)',
    'Headers that name products and releases',
  ],
  timeLimitMs: 120_000,
  needsNetwork: true,
  rules: [
    ...HEADER_RULES,
    ...POLICY_FLAWS,
    ...DISCLOSURE_RULES,
    ...COOKIE_RULES,
    ...CORS_RULES,
    ...TLS_RULES,
    ...TRANSPORT_RULES,
    ...MIXED_CONTENT_RULES,
  ],
  inspect,
});
