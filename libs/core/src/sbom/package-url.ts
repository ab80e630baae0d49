import { PackageURL } from 'packageurl-js';
import type { LockedPackage } from './locked-package';
import { pypiName } from './pypi-name';

interface Identified extends Pick<LockedPackage, 'namespace' | 'name' | 'version' | 'qualifiers'> {
  readonly type: string;
}

/** A package and its URL, spelt as the URL spells it: what has the same URL is the same in every word. */
export interface NamedByUrl extends Identified {
  /** `null` where the name cannot be one. */
  readonly purl: string | null;
}

/**
 * Gives a package its package URL (ECMA-427). Names of PyPI are normalised as PEP 503 says, so that lock files which write them
 * differently meet.
 */
export function withPackageUrl(found: Identified): NamedByUrl {
  const { type, namespace, name, version } = found;
  const qualifiers = Object.fromEntries(
    Object.entries(found.qualifiers).filter(([, value]) => value !== ''),
  );
  try {
    const url = new PackageURL(
      type,
      namespace ?? undefined,
      type === 'pypi' ? pypiName(name) : name,
      version ?? undefined,
      Object.keys(qualifiers).length === 0 ? undefined : qualifiers,
      undefined,
    );
    return {
      purl: url.toString(),
      type: url.type,
      namespace: url.namespace ?? null,
      name: url.name,
      version: url.version ?? null,
      qualifiers: { ...url.qualifiers },
    };
  } catch {
    // Expected: a name that no ecosystem would take, from a file that somebody else wrote.
    return { ...found, qualifiers, purl: null };
  }
}

/** As people of the ecosystem write it: `@babel/core`, `org.slf4j:slf4j-api`. */
export function fullNameOf({ type, namespace, name }: Identified): string {
  if (namespace === null) return name;
  return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}
