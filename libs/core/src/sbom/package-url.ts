import { PackageURL } from 'packageurl-js';
import type { LockedPackage } from './locked-package';

interface Identified extends Pick<LockedPackage, 'namespace' | 'name' | 'version' | 'qualifiers'> {
  readonly type: string;
}

/**
 * A package as a package URL (ECMA-427); `null` where its name cannot be one. Names of PyPI are normalised as PEP 503 says, so that
 * lock files which write them differently meet.
 */
export function packageUrlOf(found: Identified): string | null {
  const qualifiers = Object.fromEntries(
    Object.entries(found.qualifiers).filter(([, value]) => value !== ''),
  );
  const name = found.type === 'pypi' ? pypiName(found.name) : found.name;
  try {
    return new PackageURL(
      found.type,
      found.namespace ?? undefined,
      name,
      found.version ?? undefined,
      Object.keys(qualifiers).length === 0 ? undefined : qualifiers,
      undefined,
    ).toString();
  } catch {
    // Expected: a name that no ecosystem would take, from a file that somebody else wrote.
    return null;
  }
}

function pypiName(name: string): string {
  return name.toLowerCase().replace(/[-_.]{1,100}/gu, '-');
}

/** As people of the ecosystem write it: `@babel/core`, `org.slf4j:slf4j-api`. */
export function fullNameOf({ type, namespace, name }: Identified): string {
  if (namespace === null) return name;
  return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}
