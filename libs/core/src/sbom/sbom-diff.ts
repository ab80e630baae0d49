import type { SbomLicenseChangeBody, SbomVersionChangeBody } from '@securescan/contracts';

/** What two bills are compared by. */
interface ComparedComponent {
  /** Unique in its bill. */
  readonly ref: string;
  readonly purl: string | null;
  readonly type: string;
  readonly name: string;
  readonly version: string | null;
  readonly licenses: readonly string[];
}

/** What lies between two bills, each list by package in the order of the bill that it is about. */
export interface SbomDifference<T extends ComparedComponent> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  /** Packages of which versions came and others went. */
  readonly changed: readonly SbomVersionChangeBody[];
  /** The same packages at the same versions, of which another licence is told. */
  readonly licenseChanged: readonly SbomLicenseChangeBody[];
  readonly unchanged: number;
}

/**
 * Compares two bills. A package at a version is the same in both where its ref is; of the others, versions of one package (its package
 * URL without version and qualifiers) are a change where some went and some came. Pure; linear in what both list.
 */
export function diffSboms<T extends ComparedComponent>(
  base: readonly T[],
  head: readonly T[],
): SbomDifference<T> {
  const before = new Map(base.map((component) => [component.ref, component]));
  const came: T[] = [];
  const licenseChanged: SbomLicenseChangeBody[] = [];
  let unchanged = 0;
  for (const component of head) {
    const known = before.get(component.ref);
    before.delete(component.ref);
    if (known === undefined) came.push(component);
    else if (saysTheSame(known, component)) unchanged += 1;
    else licenseChanged.push(licenseChange(known, component));
  }
  return { ...pairedByPackage(came, [...before.values()]), licenseChanged, unchanged };
}

function pairedByPackage<T extends ComparedComponent>(
  came: readonly T[],
  went: readonly T[],
): Pick<SbomDifference<T>, 'added' | 'removed' | 'changed'> {
  const gone = byPackage(went);
  const added: T[] = [];
  const changed: SbomVersionChangeBody[] = [];
  for (const [name, to] of byPackage(came)) {
    const from = gone.get(name);
    gone.delete(name);
    if (from === undefined) added.push(...to);
    else changed.push(versionChange(name, from, to));
  }
  return { added, removed: [...gone.values()].flat(), changed };
}

/** A slash, an at sign and a hash within a part of a package URL are percent-encoded. */
function packageOf({ purl, type, name }: ComparedComponent): string {
  if (purl === null) return `${type}:${name}`;
  const end = purl.search(/[@?#]/u);
  return end < 0 ? purl : purl.slice(0, end);
}

function byPackage<T extends ComparedComponent>(components: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const component of components) {
    const name = packageOf(component);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [component]);
    else group.push(component);
  }
  return groups;
}

function saysTheSame(a: ComparedComponent, b: ComparedComponent): boolean {
  return (
    a.licenses.length === b.licenses.length &&
    a.licenses.every((license, index) => license === b.licenses[index])
  );
}

function licenseChange(a: ComparedComponent, b: ComparedComponent): SbomLicenseChangeBody {
  const { ref, name, version, licenses } = b;
  return { ref, name, version, from: [...a.licenses], to: [...licenses] };
}

function versionChange(
  name: string,
  from: readonly ComparedComponent[],
  to: readonly ComparedComponent[],
): SbomVersionChangeBody {
  return {
    package: name,
    name: to[0]?.name ?? name,
    type: to[0]?.type ?? '',
    from: from.map(versionOf),
    to: to.map(versionOf),
  };
}

/** Where none is told, what tells it from others of its package. */
function versionOf({ version, ref }: ComparedComponent): string {
  return version ?? ref;
}
