import type { Severity } from '@securescan/contracts';
import { compareCodePoints } from '@securescan/core';
import type { Weakness } from './rule';

/** Directive names in lower case with their sources as written; of two directives with one name the first holds. */
export type Policy = ReadonlyMap<string, readonly string[]>;

interface Flaw {
  readonly directive: string;
  readonly kind: keyof typeof FLAWS;
}

const HEADER = 'content-security-policy';

/** What can be wrong with a list of sources: how much it weighs, and the words for it. */
const FLAWS = {
  'no-scripts-limit': [
    'medium',
    'It names neither script-src nor default-src, so scripts may come from anywhere.',
  ],
  'script-inline': [
    'medium',
    "It allows scripts within the page ('unsafe-inline') without a nonce or a hash.",
  ],
  'script-wildcard': ['medium', 'It allows scripts from every host.'],
  'script-data': [
    'medium',
    'It allows scripts in data: or blob: addresses, which an attacker writes himself.',
  ],
  'script-eval': ['low', "It allows text to be run as a script ('unsafe-eval')."],
  'style-inline': ['low', "It allows styles within the page ('unsafe-inline')."],
  'style-wildcard': ['low', 'It allows styles from every host.'],
  'no-object-limit': [
    'low',
    'It names neither object-src nor default-src, so plug-ins and embedded documents may come from anywhere.',
  ],
  'object-wildcard': [
    'low',
    'It allows plug-ins and embedded documents from every host or from data: addresses.',
  ],
  'no-base-limit': [
    'low',
    'It has no base-uri (default-src does not cover it), so a <base> put into the page redirects its relative scripts.',
  ],
  'base-wildcard': ['low', 'It lets a <base> element name every host.'],
  'frame-wildcard': ['medium', 'It lets every site show the page in a frame.'],
  unquoted: [
    'low',
    "It has a keyword without its quotes ('self', 'none', …), which browsers take for the name of a host.",
  ],
} as const satisfies Record<string, readonly [Severity, string]>;

const KEYWORDS: ReadonlySet<string> = new Set([
  'none',
  'self',
  'strict-dynamic',
  'unsafe-eval',
  'unsafe-hashes',
  'unsafe-inline',
]);
const NONCE_OR_HASH = /^'(?:nonce|sha256|sha384|sha512)-/u;
const EVERY_HOST: ReadonlySet<string> = new Set([
  '*',
  'http:',
  'https:',
  'ws:',
  'wss:',
  '*:*',
  'http://*',
  'https://*',
]);
const WRITTEN_BY_ANYONE: ReadonlySet<string> = new Set(['data:', 'blob:', 'filesystem:']);
/** No browser reads more; a header of 64 kB could hold thousands. */
const MAX_DIRECTIVES = 200;
const MAX_SOURCES = 500;

/** The policies of header fields or of `meta` elements; each may hold several, with commas between them. */
export function parsePolicies(values: readonly string[]): Policy[] {
  return values
    .flatMap((value) => value.split(','))
    .map(parsePolicy)
    .filter((policy) => policy.size > 0);
}

function parsePolicy(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const directive of text.split(';').slice(0, MAX_DIRECTIVES)) {
    const [name = '', ...sources] = directive.trim().split(/[\t\n\f\r ]+/u);
    const key = name.toLowerCase();
    if (key !== '' && !policy.has(key)) policy.set(key, sources.slice(0, MAX_SOURCES));
  }
  return policy;
}

export interface PoliciesOfPage {
  readonly headers: readonly string[];
  readonly metas: readonly string[];
  readonly reportOnly: readonly string[];
}

/**
 * What the policies of a page leave open together: a browser obeys all of them, so a gap counts where every one has it.
 * Nothing where there is no policy at all, which is another rule's business.
 */
export function judgePolicies({ headers, metas, reportOnly }: PoliciesOfPage): Weakness[] {
  const inForce = parsePolicies([...headers, ...metas]);
  if (inForce.length === 0) {
    if (headers.length + metas.length > 0) return [overall('medium', 'It holds no directive.')];
    return reportOnly.length > 0 ? [REPORT_ONLY] : [];
  }
  const [first = [], ...others] = inForce.map(flawsOf);
  const shared = first.filter(({ kind }) =>
    others.every((flaws) => flaws.some((flaw) => flaw.kind === kind)),
  );
  return byDirective(shared);
}

const REPORT_ONLY: Weakness = {
  subject: `${HEADER}-report-only`,
  severity: 'medium',
  detail: 'The policy is only reported (Content-Security-Policy-Report-Only); none is in force.',
};

/** Whether a policy in a header says who may frame the page; in a `meta` element browsers ignore it. */
export function limitsFraming(headers: readonly string[]): boolean {
  return parsePolicies(headers).some((policy) => policy.has('frame-ancestors'));
}

/** Whether browsers turn the page's http addresses into https before they load them. */
export function upgradesRequests(values: readonly string[]): boolean {
  return parsePolicies(values).some((policy) => policy.has('upgrade-insecure-requests'));
}

/** One weakness for each directive, of the worst severity, in code-point order. */
function byDirective(flaws: readonly Flaw[]): Weakness[] {
  const directives = [...new Set(flaws.map(({ directive }) => directive))].sort(compareCodePoints);
  return directives.map((subject) => {
    const kinds = new Set(
      flaws.filter(({ directive }) => directive === subject).map(({ kind }) => kind),
    );
    const texts = Array.from(kinds, (kind) => FLAWS[kind]);
    const severity = texts.some(([weight]) => weight === 'medium') ? 'medium' : 'low';
    return { subject, severity, detail: texts.map(([, detail]) => detail).join(' ') };
  });
}

function overall(severity: Severity, detail: string): Weakness {
  return { subject: HEADER, severity, detail };
}

function flawsOf(policy: Policy): Flaw[] {
  return [
    ...scriptFlaws(policy),
    ...styleFlaws(policy),
    ...objectFlaws(policy),
    ...baseFlaws(policy),
    ...framingFlaws(policy),
    ...unquotedKeywords(policy),
  ];
}

interface SourceList {
  readonly directive: string;
  readonly sources: ReadonlySet<string>;
}

/** The list that holds for a directive: its own, or that of default-src. */
function sourcesOf(policy: Policy, name: string): SourceList | null {
  for (const directive of [name, 'default-src']) {
    const sources = policy.get(directive);
    if (sources !== undefined) {
      return { directive, sources: new Set(sources.map((source) => source.toLowerCase())) };
    }
  }
  return null;
}

function scriptFlaws(policy: Policy): Flaw[] {
  const list = sourcesOf(policy, 'script-src');
  if (list === null) return [{ directive: 'script-src', kind: 'no-scripts-limit' }];
  const { directive, sources } = list;
  const flaws: Flaw[] = [];
  const isNamedOneByOne = some(sources, (source) => NONCE_OR_HASH.test(source));
  // With strict-dynamic, and with it alone, browsers heed no hosts and schemes.
  const isDynamic = isNamedOneByOne && sources.has("'strict-dynamic'");
  if (sources.has("'unsafe-inline'") && !isNamedOneByOne) {
    flaws.push({ directive, kind: 'script-inline' });
  }
  if (sources.has("'unsafe-eval'")) flaws.push({ directive, kind: 'script-eval' });
  if (isDynamic) return flaws;
  if (some(sources, (source) => EVERY_HOST.has(source))) {
    flaws.push({ directive, kind: 'script-wildcard' });
  }
  if (some(sources, (source) => WRITTEN_BY_ANYONE.has(source))) {
    flaws.push({ directive, kind: 'script-data' });
  }
  return flaws;
}

function styleFlaws(policy: Policy): Flaw[] {
  const list = sourcesOf(policy, 'style-src');
  if (list === null) return [];
  const { directive, sources } = list;
  const isNamedOneByOne = some(sources, (source) => NONCE_OR_HASH.test(source));
  const flaws: Flaw[] = [];
  if (sources.has("'unsafe-inline'") && !isNamedOneByOne) {
    flaws.push({ directive, kind: 'style-inline' });
  }
  if (some(sources, (source) => EVERY_HOST.has(source))) {
    flaws.push({ directive, kind: 'style-wildcard' });
  }
  return flaws;
}

function objectFlaws(policy: Policy): Flaw[] {
  const list = sourcesOf(policy, 'object-src');
  if (list === null) return [{ directive: 'object-src', kind: 'no-object-limit' }];
  const { directive, sources } = list;
  const isOpen = some(sources, (source) => EVERY_HOST.has(source) || WRITTEN_BY_ANYONE.has(source));
  return isOpen ? [{ directive, kind: 'object-wildcard' }] : [];
}

function baseFlaws(policy: Policy): Flaw[] {
  const sources = policy.get('base-uri');
  if (sources === undefined) return [{ directive: 'base-uri', kind: 'no-base-limit' }];
  const isOpen = sources.some((source) => EVERY_HOST.has(source.toLowerCase()));
  return isOpen ? [{ directive: 'base-uri', kind: 'base-wildcard' }] : [];
}

function framingFlaws(policy: Policy): Flaw[] {
  const sources = policy.get('frame-ancestors') ?? [];
  const isOpen = sources.some((source) => EVERY_HOST.has(source.toLowerCase()));
  return isOpen ? [{ directive: 'frame-ancestors', kind: 'frame-wildcard' }] : [];
}

function unquotedKeywords(policy: Policy): Flaw[] {
  return Array.from(policy)
    .filter(([directive]) => directive.endsWith('-src') || directive === 'frame-ancestors')
    .filter(([, sources]) => sources.some((source) => KEYWORDS.has(source.toLowerCase())))
    .map(([directive]) => ({ directive, kind: 'unquoted' }));
}

function some(values: ReadonlySet<string>, test: (value: string) => boolean): boolean {
  return Array.from(values).some(test);
}

/** For the digest of the rules. */
export const POLICY_FLAWS: readonly object[] = [FLAWS, REPORT_ONLY];
