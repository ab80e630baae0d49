import { memberOf, objectOf, textOf, type Untyped } from '../../json/untyped';
import type { LockedPackage, Lockfile, PackageHash } from '../locked-package';
import { distinctHashes, hashOf, readIntegrity } from './integrity';
import { scopesOf, unreadNotes, type GraphNode, type GraphRoots } from './package-graph';
import { isName, npmName, sourceQualifiers } from './package-source';

const NO_ROOTS: GraphRoots = { required: [], optional: [], dev: [] };
const WITHOUT_MANIFEST =
  'this version of the format does not say what the project itself needs, and beside it stands no package.json that does';
const WITH_WORKSPACES =
  'this version of the format does not say what members of the workspace need: nothing is known to be for development alone';

/** A package, whatever ranges lead to it. */
interface Entry {
  readonly key: string;
  readonly name: string;
  readonly version: string | null;
  readonly facts: Untyped;
}

/**
 * The format of yarn 1: ranges and what they led to, and nothing of the project itself. What that needs is read from the manifest
 * beside it, where there is one.
 */
export function readClassicLock(lock: Untyped, manifest: Untyped | null): Lockfile {
  const { byRange, entries, unread } = entriesOf(lock);
  const follow = (needs: Untyped): string[] =>
    Object.entries(needs).flatMap(([name, range]) => byRange.get(`${name}@${String(range)}`) ?? []);
  const nodes = new Map(
    Array.from(entries, ([key, { facts }]): [string, GraphNode] => [
      key,
      {
        dependencies: follow(objectOf(memberOf(facts, 'dependencies'))),
        optional: follow(objectOf(memberOf(facts, 'optionalDependencies'))),
      },
    ]),
  );
  const hasWorkspaces = manifest !== null && memberOf(manifest, 'workspaces') !== undefined;
  const roots = manifest === null ? NO_ROOTS : rootsOf(manifest, follow);
  const scope = hasWorkspaces ? () => 'required' as const : scopesOf(nodes, roots);
  return {
    projectName: textOf(memberOf(manifest ?? {}, 'name')),
    projectVersion: textOf(memberOf(manifest ?? {}, 'version')),
    packages: Array.from(entries.values(), (entry) =>
      packageOf(entry, nodes.get(entry.key), scope(entry.key)),
    ),
    direct:
      manifest === null || hasWorkspaces
        ? null
        : [...new Set([...roots.required, ...roots.optional, ...roots.dev])],
    notes: [
      ...(manifest === null ? [WITHOUT_MANIFEST] : []),
      ...(hasWorkspaces ? [WITH_WORKSPACES] : []),
      ...unreadNotes(unread),
    ],
  };
}

function rootsOf(manifest: Untyped, follow: (needs: Untyped) => string[]): GraphRoots {
  const named = (kind: string): string[] => follow(objectOf(memberOf(manifest, kind)));
  return {
    required: named('dependencies'),
    optional: named('optionalDependencies'),
    dev: named('devDependencies'),
  };
}

/** The parser gives each of several ranges of one entry a member of its own. */
function entriesOf(lock: Untyped): {
  readonly byRange: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly unread: number;
} {
  const byRange = new Map<string, string>();
  const entries = new Map<string, Entry>();
  let unread = 0;
  for (const [range, value] of Object.entries(lock)) {
    const facts = objectOf(value);
    const name = nameOfRange(range);
    if (!isName(name)) {
      unread += 1;
      continue;
    }
    const version = textOf(memberOf(facts, 'version'));
    const resolved = textOf(memberOf(facts, 'resolved'));
    const key = JSON.stringify([name, version, resolved]);
    byRange.set(range, key);
    entries.set(key, { key, name, version, facts });
  }
  return { byRange, entries, unread };
}

/** `alias@npm:other@^1.0.0` is `other`. */
function nameOfRange(range: string): string | null {
  const cut = range.indexOf('@', 1);
  if (cut === -1) return null;
  return (
    /^npm:((?:@[^@/]+\/)?[^@/]+)(?:@|$)/u.exec(range.slice(cut + 1))?.[1] ?? range.slice(0, cut)
  );
}

function packageOf(
  { key, name, version, facts }: Entry,
  node: GraphNode | undefined,
  scope: LockedPackage['scope'],
): LockedPackage {
  const resolved = textOf(memberOf(facts, 'resolved'));
  const needs = new Set([...(node?.dependencies ?? []), ...(node?.optional ?? [])]);
  needs.delete(key);
  return {
    key,
    type: 'npm',
    ...npmName(name),
    version,
    qualifiers: sourceQualifiers(withoutHash(resolved)),
    scope,
    license: null,
    hashes: distinctHashes([
      ...hashBehind(resolved),
      ...readIntegrity(textOf(memberOf(facts, 'integrity'))),
    ]),
    dependsOn: [...needs],
  };
}

/** Behind the address of an archive stands its SHA-1; behind that of a repository, a commit of the same length. */
function hashBehind(resolved: string | null): PackageHash[] {
  const hash =
    resolved === null || !isArchive(resolved) ? '' : resolved.slice(resolved.indexOf('#') + 1);
  return hashOf('SHA-1', hash);
}

function withoutHash(resolved: string | null): string | null {
  return resolved !== null && isArchive(resolved) ? (resolved.split('#', 1)[0] ?? null) : resolved;
}

function isArchive(resolved: string): boolean {
  return /^https?:/u.test(resolved) && !/\.git#/u.test(resolved);
}
