import { PackageURL } from 'packageurl-js';

/** Longer than any that a package has. */
const MAX_PACKAGE_URL = 1_000;

/** A package as its URL names it. */
export interface PackageRef {
  /** With the qualifiers and the path that it came with. */
  readonly purl: string;
  /** The package whatever its version: what two URLs of one package have in common. */
  readonly name: string;
  readonly version: string | null;
  readonly namespace: string | null;
  readonly shortName: string;
}

/** `null` for a text that is no package URL (ECMA-427). */
export function readPackageUrl(text: string): PackageRef | null {
  if (text.length > MAX_PACKAGE_URL || !text.startsWith('pkg:')) return null;
  try {
    const url = PackageURL.fromString(text);
    // Qualifiers say where a package comes from or how it was built, and a subpath what of it is meant: it stays the same package.
    const name = new PackageURL(url.type, url.namespace, url.name, undefined, undefined, undefined);
    return {
      purl: url.toString(),
      name: name.toString(),
      version: url.version ?? null,
      namespace: url.namespace ?? null,
      shortName: url.name,
    };
  } catch {
    // Expected: somebody else wrote it.
    return null;
  }
}

/** A project as a package URL, which is what products are called in VEX. */
export function projectUrl(project: string): string {
  const parts = project.split('/').filter((part) => part !== '');
  const [host, owner, repository] = parts;
  if (host === 'github.com' && owner !== undefined && parts.length === 3) {
    return new PackageURL(
      'github',
      owner,
      repository ?? '',
      undefined,
      undefined,
      undefined,
    ).toString();
  }
  const name = parts.at(-1) ?? 'project';
  const namespace = parts.slice(0, -1).join('/');
  return new PackageURL(
    'generic',
    namespace === '' ? undefined : namespace,
    name,
    undefined,
    undefined,
    undefined,
  ).toString();
}
