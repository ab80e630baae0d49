import type { JsonObject, JsonValue } from '@securescan/contracts';
import { compareCodePoints, pypiName } from '@securescan/core';
import { PackageURL } from 'packageurl-js';

/** What a scanner knows of a vulnerable or badly licensed package. What it does not know is left out. */
export interface DependencyFacts {
  /** The type of a package URL: `npm`, `pypi`, `golang`, `maven`, … */
  readonly type: string;
  /** As its ecosystem writes it, with its scope or group: `@scope/name`, `group:name`. */
  readonly name: string;
  readonly installedVersion?: string | null;
  /** The package URL where the tool writes one, or `null` where its type cannot be told; otherwise it is made from the rest. */
  readonly purl?: string | null;
  /** The range that is affected, in the ecosystem's own words. */
  readonly affectedRange?: string | null;
  /** Versions without the defect, lowest first. */
  readonly fixedVersions?: readonly string[];
  /** Ids of the one defect in whatever databases: `GHSA-…`, `CVE-…`, `PYSEC-…`. */
  readonly advisories?: readonly string[];
  readonly cvss?: { readonly score: number; readonly vector: string | null } | null;
  readonly references?: readonly string[];
}

const MAX_REFERENCES = 10;

/** The members that every finding about a dependency has in its metadata, whichever scanner reports it. */
export function dependencyMetadata(facts: DependencyFacts): JsonObject {
  const members: JsonObject = {
    package: facts.name,
    purl: facts.purl === undefined ? packageUrl(facts) : facts.purl,
    installed_version: facts.installedVersion ?? null,
    affected_range: facts.affectedRange ?? null,
    fixed_version: (facts.fixedVersions ?? []).join(', '),
    advisories: sortedSet(facts.advisories ?? []),
    cvss: facts.cvss === undefined || facts.cvss === null ? null : { ...facts.cvss },
    references: [...new Set(facts.references)].slice(0, MAX_REFERENCES),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isKnown(value)));
}

function isKnown(value: JsonValue): boolean {
  if (value === null || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/** The name by which reports of one package meet, whoever writes it. */
export function packageIdentity({ type, name }: Pick<DependencyFacts, 'type' | 'name'>): string {
  return type === 'pypi' ? pypiName(name) : name;
}

/** The package as a package URL (ECMA-427); `null` where the name or the version cannot be one. */
export function packageUrl({
  type,
  name,
  installedVersion = null,
}: Pick<DependencyFacts, 'type' | 'name' | 'installedVersion'>): string | null {
  const cut = Math.max(name.lastIndexOf('/'), type === 'maven' ? name.lastIndexOf(':') : -1);
  const namespace = cut === -1 ? undefined : name.slice(0, cut);
  try {
    return new PackageURL(
      type,
      namespace,
      name.slice(cut + 1),
      installedVersion === null || installedVersion === '' ? undefined : installedVersion,
      undefined,
      undefined,
    ).toString();
  } catch {
    // Expected: a name that no ecosystem would take, from a file that somebody else wrote.
    return null;
  }
}

function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareCodePoints);
}
