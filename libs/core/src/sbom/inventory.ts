import { compareCodePoints } from '../order/compare-code-points';
import { sortedObject } from '../order/sorted-json';
import { redactSecrets } from '../secrets/redact';
import { sha256Hex } from '../fingerprint/sha256';
import { readDeclaredLicense, type DeclaredLicense } from './declared-license';
import { distinctHashes } from './lockfiles/integrity';
import type { LockedArchive, LockedPackage, Lockfile, PackageHash } from './locked-package';
import { fullNameOf, withPackageUrl, type NamedByUrl } from './package-url';

/** A package as a lock file names it, or as another program lists it: then of any type of package URL. */
export interface ListedPackage extends Omit<LockedPackage, 'type'> {
  readonly type: string;
}

/** A lock file and where it stands. */
export interface FoundLockfile {
  /** Relative to the root, POSIX. */
  readonly path: string;
  readonly lockfile: Omit<Lockfile, 'packages'> & { readonly packages: readonly ListedPackage[] };
}

/** One package at one version, whichever lock files name it. */
export interface Component {
  /** Its package URL, or where it has none a text of its own; unique in its inventory. */
  readonly ref: string;
  readonly purl: string | null;
  readonly type: string;
  readonly namespace: string | null;
  readonly name: string;
  /** As people of the ecosystem write it. */
  readonly fullName: string;
  readonly version: string | null;
  readonly qualifiers: Readonly<Record<string, string>>;
  /** The most that any lock file needs it for. */
  readonly scope: LockedPackage['scope'];
  /** What the lock files say, each once; several where they disagree. */
  readonly licenses: readonly DeclaredLicense[];
  readonly hashes: readonly PackageHash[];
  /** Where lock files list several of which one is installed; each once, sorted. */
  readonly archives: readonly LockedArchive[];
  /** Paths of the lock files, sorted. */
  readonly foundIn: readonly string[];
  /** Refs of what it needs, sorted; `null` where no lock file tells. */
  readonly dependsOn: readonly string[] | null;
}

export interface Inventory {
  /** In the order of their refs. */
  readonly components: readonly Component[];
  /** Refs of what the project itself needs, as far as lock files tell; sorted. */
  readonly direct: readonly string[];
  /** Refs of what stands in lock files that do not tell what the project itself needs; sorted. */
  readonly unplaced: readonly string[];
}

const SCOPES: readonly LockedPackage['scope'][] = ['dev', 'optional', 'required'];

/** What the lock files of a project name together, whatever their order. Pure. */
export function takeInventory(files: readonly FoundLockfile[]): Inventory {
  const drafts = new Map<string, Draft>();
  const licenses = new LicenseMemory();
  const direct = new Set<string>();
  const unplaced = new Set<string>();
  for (const { path, lockfile } of files) {
    const refs = new Map<string, string>();
    const found = lockfile.packages.map((each) => {
      const draft = draftOf(each);
      refs.set(each.key, draft.ref);
      return { each, draft };
    });
    for (const { each, draft } of found) {
      const known = drafts.get(draft.ref) ?? draft;
      drafts.set(draft.ref, known);
      addTo(known, each, { path, refs, license: licenses.read(each.license) });
      if (lockfile.direct === null) unplaced.add(draft.ref);
    }
    for (const key of lockfile.direct ?? []) {
      const ref = refs.get(key);
      if (ref !== undefined) direct.add(ref);
    }
  }
  const components = Array.from(drafts.values(), finished);
  return {
    components: components.sort((a, b) => compareCodePoints(a.ref, b.ref)),
    direct: sorted(direct),
    unplaced: sorted(unplaced),
  };
}

/** A component that lock files still add to. */
interface Draft extends Pick<
  Component,
  'ref' | 'purl' | 'type' | 'namespace' | 'name' | 'fullName' | 'version' | 'qualifiers'
> {
  scope: LockedPackage['scope'];
  readonly licenses: Map<string, DeclaredLicense>;
  readonly hashes: PackageHash[];
  readonly archives: Map<string, LockedArchive>;
  readonly foundIn: Set<string>;
  dependsOn: Set<string> | null;
}

function draftOf(found: ListedPackage): Draft {
  const identity = withPackageUrl({
    type: found.type,
    namespace: found.namespace === null ? null : shown(found.namespace),
    name: shown(found.name),
    version: found.version === null || found.version === '' ? null : shown(found.version),
    qualifiers: Object.fromEntries(
      Object.entries(found.qualifiers).map(([name, value]) => [name, shown(value)]),
    ),
  });
  return {
    ...identity,
    fullName: fullNameOf(identity),
    ref: identity.purl ?? refWithoutUrl(identity),
    scope: 'dev',
    licenses: new Map(),
    hashes: [],
    archives: new Map(),
    foundIn: new Set(),
    dependsOn: null,
  };
}

/** Whoever wrote the file may have left a password in an address, or halves of characters in a name. */
function shown(text: string): string {
  return redactSecrets(text.toWellFormed());
}

function refWithoutUrl({ type, namespace, name, version, qualifiers }: NamedByUrl): string {
  const facts = [type, namespace, name, version, sortedObject(qualifiers)];
  return `package:${sha256Hex(JSON.stringify(facts))}`;
}

/** What is known of a package beside what its entry says. */
interface Circumstances {
  readonly path: string;
  readonly refs: ReadonlyMap<string, string>;
  readonly license: DeclaredLicense | null;
}

/** Thousands of packages say the same of their licences, and to read it takes a tenth of a millisecond. */
class LicenseMemory {
  private readonly known = new Map<string, DeclaredLicense | null>();

  read(text: string | null): DeclaredLicense | null {
    if (text === null) return null;
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const license = readDeclaredLicense(shown(text));
    this.known.set(text, license);
    return license;
  }
}

function addTo(draft: Draft, found: ListedPackage, { path, refs, license }: Circumstances): void {
  draft.scope =
    SCOPES[Math.max(SCOPES.indexOf(draft.scope), SCOPES.indexOf(found.scope))] ?? 'required';
  draft.foundIn.add(path);
  draft.hashes.push(...found.hashes);
  for (const { file, hashes } of found.archives ?? []) {
    const archive = { file: file === null ? null : shown(file), hashes: distinctHashes(hashes) };
    draft.archives.set(JSON.stringify(archive), archive);
  }
  if (license !== null) draft.licenses.set(license.text, license);
  if (found.dependsOn === null) return;
  draft.dependsOn ??= new Set();
  for (const key of found.dependsOn) {
    const ref = refs.get(key);
    // The same package with other peers is the same component.
    if (ref !== undefined && ref !== draft.ref) draft.dependsOn.add(ref);
  }
}

function finished(draft: Draft): Component {
  return {
    ...draft,
    licenses: Array.from(draft.licenses.values()).sort((a, b) => compareCodePoints(a.text, b.text)),
    hashes: distinctHashes(draft.hashes),
    archives: Array.from(draft.archives)
      .sort(([a], [b]) => compareCodePoints(a, b))
      .map(([, archive]) => archive),
    foundIn: sorted(draft.foundIn),
    dependsOn: draft.dependsOn === null ? null : sorted(draft.dependsOn),
  };
}

function sorted(texts: Iterable<string>): string[] {
  return [...texts].sort(compareCodePoints);
}
