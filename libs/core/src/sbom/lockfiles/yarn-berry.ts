import { memberOf, objectOf, textOf, type Untyped } from '../../json/untyped';
import type { LockedPackage, Lockfile } from '../locked-package';
import { scopesOf, unreadNotes, type GraphNode } from './package-graph';
import { isName, npmName, sourceQualifiers, type SourceQualifiers } from './package-source';

/** Protocols behind which the project's own directories stand. */
const OWN = /^(?:workspace|link|portal):/u;
const MAX_NESTING = 8;

/** A package, or one of the project's own. */
interface Entry {
  /** What yarn calls its locator: `name@npm:1.0.0`. */
  readonly key: string;
  readonly name: string;
  /** What stands behind the name: `npm:1.0.0`, `workspace:.`. */
  readonly reference: string;
  readonly facts: Untyped;
}

interface Entries {
  readonly byRange: ReadonlyMap<string, string>;
  readonly byKey: ReadonlyMap<string, Entry>;
  readonly unread: number;
}

/**
 * The format of yarn since version 2. It lists the project and the members of its workspace, with what they need, but does not tell
 * needs of development from others: the manifest of the root does, which stands beside it.
 */
export function readBerryLock(lock: Untyped, manifest: Untyped): Lockfile {
  const entries = entriesOf(lock);
  const nodes = new Map(
    Array.from(entries.byKey, ([key, entry]): [string, GraphNode] => [key, nodeOf(entry, entries)]),
  );
  const own = [...entries.byKey.values()].filter(isOwn);
  const others = [...entries.byKey.values()].filter((entry) => !isOwn(entry));
  const roots = rootsOf(own, nodes, manifest, entries.byKey);
  const scope = scopesOf(nodes, roots);
  const known = (keys: readonly string[]): string[] =>
    [...new Set(keys)].filter((key) => {
      const entry = entries.byKey.get(key);
      return entry !== undefined && !isOwn(entry);
    });
  const root = own.find(({ reference }) => reference === 'workspace:.');
  return {
    projectName: root?.name ?? textOf(memberOf(manifest, 'name')),
    projectVersion: textOf(memberOf(manifest, 'version')),
    packages: others.map((entry) => {
      const node = nodes.get(entry.key);
      const needs = known([...(node?.dependencies ?? []), ...(node?.optional ?? [])]);
      return packageOf(entry, scope(entry.key), needs);
    }),
    direct: known([...roots.required, ...roots.optional, ...roots.dev]),
    notes: notesOf(own, manifest, entries.unread),
  };
}

function notesOf(own: readonly Entry[], manifest: Untyped, unread: number): string[] {
  const notes: string[] = [];
  if (own.length > 1 || Object.keys(manifest).length === 0) {
    notes.push(
      'this format does not say what members of the workspace need for development alone: only what the package.json beside it says counts so',
    );
  }
  return [...notes, ...unreadNotes(unread)];
}

function entriesOf(lock: Untyped): Entries {
  const byRange = new Map<string, string>();
  const byKey = new Map<string, Entry>();
  let unread = 0;
  for (const [ranges, value] of Object.entries(lock)) {
    if (ranges === '__metadata') continue;
    const facts = objectOf(value);
    const key = textOf(memberOf(facts, 'resolution'));
    const cut = key?.indexOf('@', 1) ?? -1;
    if (key === null || !isName(key.slice(0, Math.max(0, cut)))) {
      unread += 1;
      continue;
    }
    byKey.set(key, { key, name: key.slice(0, cut), reference: key.slice(cut + 1), facts });
    for (const range of ranges.split(', ')) byRange.set(range, key);
  }
  return { byRange, byKey, unread };
}

/** A range without a protocol is one of the registry; older versions of yarn leave it away among the needs of a package. */
function nodeOf({ facts }: Entry, { byRange }: Entries): GraphNode {
  const meta = objectOf(memberOf(facts, 'dependenciesMeta'));
  const dependencies: string[] = [];
  const optional: string[] = [];
  for (const [name, range] of Object.entries(objectOf(memberOf(facts, 'dependencies')))) {
    const written = String(range);
    const key = byRange.get(`${name}@${written}`) ?? byRange.get(`${name}@npm:${written}`);
    if (key === undefined) continue;
    const mayBeMissing = memberOf(objectOf(memberOf(meta, name)), 'optional') === 'true';
    (mayBeMissing ? optional : dependencies).push(key);
  }
  return { dependencies, optional };
}

/** What the root's manifest names for development alone, and no other member of the workspace needs. */
function rootsOf(
  own: readonly Entry[],
  nodes: ReadonlyMap<string, GraphNode>,
  manifest: Untyped,
  byKey: ReadonlyMap<string, Entry>,
): { required: string[]; optional: string[]; dev: string[] } {
  const roots = { required: [] as string[], optional: [] as string[], dev: [] as string[] };
  const forUse = ['dependencies', 'optionalDependencies', 'peerDependencies'].map((kind) =>
    objectOf(memberOf(manifest, kind)),
  );
  const dev = objectOf(memberOf(manifest, 'devDependencies'));
  for (const { key, reference, facts } of own) {
    const node = nodes.get(key) ?? { dependencies: [], optional: [] };
    const names = new Set(Object.keys(objectOf(memberOf(facts, 'dependencies'))));
    const isForDevelopment = (needed: string): boolean => {
      const name = byKey.get(needed)?.name ?? '';
      if (reference !== 'workspace:.' || !names.has(name)) return false;
      return Object.hasOwn(dev, name) && !forUse.some((kind) => Object.hasOwn(kind, name));
    };
    roots.optional.push(...node.optional);
    for (const needed of node.dependencies) {
      (isForDevelopment(needed) ? roots.dev : roots.required).push(needed);
    }
  }
  return roots;
}

function isOwn({ reference }: Entry): boolean {
  return OWN.test(innermost(reference).reference);
}

function packageOf(
  { key, name, reference, facts }: Entry,
  scope: LockedPackage['scope'],
  dependsOn: readonly string[],
): LockedPackage {
  const inner = innermost(reference);
  return {
    key,
    type: 'npm',
    ...npmName(isName(inner.name) ? inner.name : name),
    version: textOf(memberOf(facts, 'version')),
    qualifiers: sourceOf(inner.reference),
    scope,
    license: null,
    // Its checksum is of the archive that yarn itself makes of the package, and of no use to anybody else.
    hashes: [],
    dependsOn: dependsOn.filter((other) => other !== key),
  };
}

function sourceOf(reference: string): SourceQualifiers {
  const archive = /^npm:[^:]+::__archiveUrl=([^&]+)/u.exec(reference)?.[1];
  if (archive !== undefined) return sourceQualifiers(decoded(archive));
  return reference.startsWith('npm:') ? {} : sourceQualifiers(reference.split('::', 1)[0] ?? null);
}

/** `patch:name@npm%3A1.0.0#patches/x` is a package with changes, `virtual:…#npm:1.0.0` one with its peers. */
function innermost(reference: string): {
  readonly name: string | null;
  readonly reference: string;
} {
  let current: { name: string | null; reference: string } = { name: null, reference };
  for (let level = 0; level < MAX_NESTING; level += 1) {
    if (current.reference.startsWith('virtual:')) {
      const inner = current.reference.slice(current.reference.indexOf('#') + 1);
      current = { ...current, reference: inner };
      continue;
    }
    const patched = /^patch:([^#]+)/u.exec(current.reference)?.[1];
    if (patched === undefined) return current;
    const cut = patched.indexOf('@', 1);
    current = { name: patched.slice(0, cut), reference: decoded(patched.slice(cut + 1)) };
  }
  return current;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Expected: a percent sign that begins no escape.
    return text;
  }
}
