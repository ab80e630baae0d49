import type { FindingBody, JsonObject, JsonValue } from '@securescan/contracts';

export interface Fact {
  readonly label: string;
  /** At least one. */
  readonly values: readonly string[];
  /** Written as a machine would: a version, an address, an id. */
  readonly isCode: boolean;
}

export interface FactGroup {
  readonly heading: string;
  readonly facts: readonly Fact[];
}

interface FactReader {
  readonly label: string;
  readonly read: (metadata: JsonObject) => readonly string[];
  readonly isCode?: boolean;
}

const PACKAGE_FACTS: readonly FactReader[] = [
  { label: 'Package', read: texts('package'), isCode: true },
  { label: 'Installed', read: texts('installed_version'), isCode: true },
  { label: 'Fixed in', read: texts('fixed_version'), isCode: true },
  { label: 'Affected', read: texts('affected_range'), isCode: true },
  { label: 'Advisories', read: texts('advisories'), isCode: true },
  { label: 'CVSS', read: cvss },
  { label: 'Licence', read: texts('license') },
  { label: 'Package URL', read: texts('purl'), isCode: true },
];

const PLACE_FACTS: readonly FactReader[] = [
  { label: 'Application', read: texts('target_url'), isCode: true },
  { label: 'Address', read: texts('url'), isCode: true },
  { label: 'Parameter', read: texts('param'), isCode: true },
  { label: 'Header', read: texts('header'), isCode: true },
  { label: 'Cookie', read: texts('cookie'), isCode: true },
  { label: 'Host', read: texts('host_addr'), isCode: true },
  { label: 'Port', read: texts('port'), isCode: true },
  { label: 'Protocol', read: texts('protocol'), isCode: true },
  { label: 'Service', read: texts('service') },
  { label: 'Product', read: texts('product') },
  { label: 'Version', read: texts('version'), isCode: true },
  { label: 'Judged', read: scope },
  { label: 'Path', read: texts('path'), isCode: true },
  { label: 'Resource', read: texts('resource'), isCode: true },
];

/**
 * What scanners of packages, web applications, hosts and machines know of a finding, always in the same order. Members of
 * the metadata that are not known here are not shown, nor is one that is not what it should be: the text is a tool's.
 * Rules for code bring metadata of their own, in which `license` is that of the rule.
 */
export function factGroupsOf({
  scan_type: type,
  metadata,
}: Pick<FindingBody, 'scan_type' | 'metadata'>): readonly FactGroup[] {
  const groups = [
    { heading: 'The package', readers: type === 'dependency' ? PACKAGE_FACTS : [] },
    { heading: 'The place', readers: type === 'code' ? [] : PLACE_FACTS },
  ];
  return groups
    .map(({ heading, readers }) => ({ heading, facts: factsOf(readers, metadata) }))
    .filter(({ facts }) => facts.length > 0);
}

function factsOf(readers: readonly FactReader[], metadata: JsonObject): readonly Fact[] {
  return readers
    .map(({ label, read, isCode = false }) => ({ label, values: read(metadata), isCode }))
    .filter(({ values }) => values.length > 0);
}

function texts(name: string): FactReader['read'] {
  return (metadata) => {
    const value = metadata[name];
    const parts = Array.isArray(value) ? value : [value];
    return [...new Set(parts.flatMap(textOf))];
  };
}

/** `9.8 (CVSS:3.1/AV:N/…)`: the vector says what the number is made of. */
function cvss({ cvss: value }: JsonObject): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const [score] = textOf(value['score']);
  const [vector] = textOf(value['vector']);
  if (score === undefined) return vector === undefined ? [] : [vector];
  return [vector === undefined ? score : `${score} (${vector})`];
}

function scope({ baseline_scope: value }: JsonObject): readonly string[] {
  if (value === 'host') return ["the server's own machine"];
  return value === 'target' ? ['the files of the target'] : [];
}

function textOf(value: JsonValue | undefined): string[] {
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'string' && value !== '' ? [value] : [];
}
