import { CONTENT_SECURITY_POLICY } from './header-rules';
import { upgradesRequests } from './content-security-policy';
import { isLoopback } from './hosts';
import type { Tag } from './html-facts';
import { valuesOf, type Page } from './page';
import type { DastRule, Observation } from './rule';
import { httpUrl, shorten, shownUrl } from './shown-url';

const REFERENCES = [
  'https://developer.mozilla.org/en-US/docs/Web/Security/Defenses/Mixed_content',
  'https://www.w3.org/TR/mixed-content/',
];
const REMEDIATION =
  'Name the address with https, and send `Content-Security-Policy: upgrade-insecure-requests` until every old address is found.';

const ACTIVE: DastRule = {
  id: 'mixed-content-active',
  severity: 'medium',
  title: 'An https page loads scripts, styles or frames over plain http',
  description:
    'Whoever is on the way can put another script in place of the one that is asked for, and with it take over the page. Browsers of today block it, so the page also does not work as it was meant to.',
  remediation: REMEDIATION,
  cwe: 'CWE-319',
  references: REFERENCES,
};

const PASSIVE: DastRule = {
  id: 'mixed-content-passive',
  severity: 'low',
  title: 'An https page loads pictures, sound or film over plain http',
  description:
    'Whoever is on the way sees what the visitor looks at and can show something else instead.',
  remediation: REMEDIATION,
  cwe: 'CWE-319',
  references: REFERENCES,
};

const FORM: DastRule = {
  id: 'mixed-content-form',
  severity: 'medium',
  title: 'A form of an https page is sent over plain http',
  description: 'What the visitor enters on a protected page goes to the server in clear text.',
  remediation: 'Let the form send to an https address.',
  cwe: 'CWE-319',
  references: REFERENCES,
};

export const MIXED_CONTENT_RULES: readonly DastRule[] = [ACTIVE, PASSIVE, FORM];

interface Reference {
  readonly rule: DastRule;
  readonly address: string;
}

/** Attributes by element; several addresses stand in `srcset` alone. */
const SOURCES: ReadonlyMap<string, { readonly rule: DastRule; readonly attributes: string[] }> =
  new Map([
    ['script', { rule: ACTIVE, attributes: ['src'] }],
    ['iframe', { rule: ACTIVE, attributes: ['src'] }],
    ['frame', { rule: ACTIVE, attributes: ['src'] }],
    ['embed', { rule: ACTIVE, attributes: ['src'] }],
    ['object', { rule: ACTIVE, attributes: ['data'] }],
    ['img', { rule: PASSIVE, attributes: ['src', 'srcset'] }],
    ['source', { rule: PASSIVE, attributes: ['src', 'srcset'] }],
    ['audio', { rule: PASSIVE, attributes: ['src'] }],
    ['video', { rule: PASSIVE, attributes: ['src', 'poster'] }],
    ['track', { rule: PASSIVE, attributes: ['src'] }],
    ['form', { rule: FORM, attributes: ['action'] }],
    ['button', { rule: FORM, attributes: ['formaction'] }],
    ['input', { rule: FORM, attributes: ['formaction'] }],
  ]);
const LINKS: ReadonlyMap<string, DastRule> = new Map([
  ['stylesheet', ACTIVE],
  ['modulepreload', ACTIVE],
  ['preload', ACTIVE],
  ['manifest', ACTIVE],
  ['icon', PASSIVE],
  ['apple-touch-icon', PASSIVE],
]);
const MAX_FINDINGS = 100;
const MAX_CANDIDATES = 50;

/** What an https page loads from, or sends to, plain http; each address once for each rule. */
export function judgeMixedContent({ url, html, headers }: Page): Observation[] {
  if (html === null || url.protocol !== 'https:') return [];
  const policies = [...valuesOf(headers, CONTENT_SECURITY_POLICY.header), ...html.policies];
  if (upgradesRequests(policies)) return [];
  const base = (html.base === null ? null : httpUrl(html.base, url)) ?? url;
  const found = new Map<string, Observation>();
  for (const observation of html.tags.flatMap((tag) => unprotected(tag, base))) {
    const key = `${observation.rule.id} ${observation.subject}`;
    if (!found.has(key)) found.set(key, observation);
  }
  return [...found.values()].slice(0, MAX_FINDINGS);
}

function unprotected(tag: Tag, base: URL): Observation[] {
  return referencesOf(tag).flatMap(({ rule, address }) => {
    const target = httpUrl(address, base);
    // What stays on the machine of the visitor is no mixed content.
    const isMixed = target?.protocol === 'http:' && !isLoopback(target);
    return isMixed ? [observe(rule, tag, target)] : [];
  });
}

function observe(rule: DastRule, { name }: Tag, target: URL): Observation {
  const place = shownUrl(target);
  return {
    rule,
    subject: shorten(`${name} //${target.host}${target.pathname}`),
    detail: `The element <${name}> names ${place}.`,
    facts: { element: name, value: place },
  };
}

function referencesOf(tag: Tag): Reference[] {
  const { name, attributes } = tag;
  if (name === 'link') return linkReferences(tag);
  const sources = SOURCES.get(name);
  if (sources === undefined) return [];
  const references = sources.attributes.flatMap((attribute) => {
    const value = attributes.get(attribute);
    if (value === undefined) return [];
    const addresses = attribute === 'srcset' ? candidatesOf(value) : [value];
    return addresses.map((address) => ({ rule: sources.rule, address }));
  });
  return name === 'input' ? [...references, ...imageButton(tag)] : references;
}

function imageButton({ attributes }: Tag): Reference[] {
  const address = attributes.get('src');
  const isImage = attributes.get('type')?.toLowerCase() === 'image';
  return isImage && address !== undefined ? [{ rule: PASSIVE, address }] : [];
}

function linkReferences({ attributes }: Tag): Reference[] {
  const address = attributes.get('href');
  if (address === undefined) return [];
  const kinds = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/u);
  const rules = kinds.flatMap((kind) => LINKS.get(kind) ?? []);
  const rule = rules.find((candidate) => candidate === ACTIVE) ?? rules[0];
  return rule === undefined ? [] : [{ rule, address }];
}

/** `a.png 1x, b.png 2x`: each address with what it is for. */
function candidatesOf(srcset: string): string[] {
  return srcset
    .split(',', MAX_CANDIDATES)
    .map((candidate) => candidate.trim().split(/\s+/u, 1)[0] ?? '')
    .filter((address) => address !== '');
}
