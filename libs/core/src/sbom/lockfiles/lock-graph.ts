import { compareCodePoints } from '../../order/compare-code-points';
import type { LockedArchive, LockedPackage, Lockfile, PackageHash } from '../locked-package';
import { distinctHashes } from './integrity';
import { LockNotes } from './lock-notes';
import { scopesOf } from './package-graph';

/** More than any project has; what a file names beyond is counted in its notes. */
const MAX_PACKAGES = 50_000;
const MAX_NAME = 300;
const MAX_VERSION = 200;
const MAX_LICENSE = 1_000;
/** Of one name, as variants for platforms; more of them would let edges grow with the square of the packages. */
const MAX_NAMESAKES = 32;
const NOT_PRINTED = /[\s\p{Cc}\p{Cs}]/u;

/** What a lock file says of one package. */
export interface PackageFacts {
  readonly type: LockedPackage['type'];
  readonly namespace?: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** `null` where it follows from who needs the package. */
  readonly scope?: LockedPackage['scope'] | null;
  readonly license?: string | null;
  readonly archives?: readonly LockedArchive[];
  /** Of the project itself or its workspace: no package, but what it needs is needed directly. */
  readonly isOwn?: boolean;
}

/** A package among the others of its lock file. */
export interface LockNode {
  readonly facts: PackageFacts;
  scope: LockedPackage['scope'] | null;
  archives: readonly LockedArchive[];
  readonly needs: Set<LockNode>;
  /** What it needs and may lack. */
  readonly optional: Set<LockNode>;
  /** What one of the project's own parts needs for development. */
  readonly dev: Set<LockNode>;
}

/** What the project needs itself; what its own parts among them need in turn counts with them. */
export interface DirectNeeds {
  readonly required: readonly LockNode[];
  readonly optional: readonly LockNode[];
  readonly dev: readonly LockNode[];
}

/** Collects what a lock file names, and who of them needs whom. Each package is there once, whatever the file repeats. */
export class LockGraph {
  readonly notes = new LockNotes();
  private readonly nodes = new Map<string, LockNode>();
  private readonly byName = new Map<string, LockNode[]>();

  /** `null` for what is left out. `foundAs` is how others name it; its own name if it has no other. */
  add(facts: PackageFacts, foundAs: string = facts.name): LockNode | null {
    const sound = this.soundFacts(facts);
    if (sound === null) return null;
    const key = keyOf(sound);
    const known = this.nodes.get(key);
    if (known !== undefined) return joined(known, sound);
    if (this.nodes.size >= MAX_PACKAGES) {
      this.notes.said('package', `beyond the first ${String(MAX_PACKAGES)} left out`);
      return null;
    }
    const node = newNode(sound);
    this.nodes.set(key, node);
    this.alias(node, foundAs);
    return node;
  }

  /** Another name by which others may need it. */
  alias(node: LockNode, name: string): void {
    const namesakes = this.byName.get(name);
    if (namesakes === undefined) this.byName.set(name, [node]);
    else if (!namesakes.includes(node)) namesakes.push(node);
    if (namesakes === undefined || namesakes.length <= MAX_NAMESAKES) return;
    namesakes.pop();
    this.notes.said(
      'package',
      'of too many with one name, of which nothing tells who needs them',
      name,
    );
  }

  /** All that others may mean by a name. */
  named(name: string): readonly LockNode[] {
    return this.byName.get(name) ?? [];
  }

  /** As `named`, of something that the file should hold. */
  needed(name: string): readonly LockNode[] {
    const found = this.named(name);
    if (found.length === 0) this.notes.said('dependency', 'that the file does not hold', name);
    return found;
  }

  get size(): number {
    return this.nodes.size;
  }

  /**
   * In the order of the keys. Without `direct` it is what the project's own parts need, where there are any; without `tellsNeeds` no
   * package says what it needs.
   */
  lockfile(
    project: Pick<Lockfile, 'projectName' | 'projectVersion'>,
    {
      direct = this.needsOfOwn(),
      tellsNeeds,
    }: { direct?: DirectNeeds | null; tellsNeeds: boolean },
  ): Lockfile {
    const keys = new Map(
      Array.from(this.nodes, ([key, node]) => [node, key] as const).filter(
        ([{ facts }]) => facts.isOwn !== true,
      ),
    );
    const outward = direct === null ? null : beyondOwn(direct);
    const scopeOf = this.scopes(outward, keys);
    const packages = Array.from(keys, ([node, key]) =>
      packageOf(node, key, scopeOf(key), tellsNeeds ? keysOf(allNeeds(node), keys) : null),
    ).sort((a, b) => compareCodePoints(a.key, b.key));
    const all = outward && [...outward.required, ...outward.optional, ...outward.dev];
    return {
      ...project,
      packages,
      direct: all === null ? null : keysOf(all, keys),
      notes: this.notes.texts(),
    };
  }

  private needsOfOwn(): DirectNeeds | null {
    const own = [...this.nodes.values()].filter(({ facts }) => facts.isOwn === true);
    if (own.length === 0) return null;
    return {
      required: own.flatMap(({ needs }) => [...needs]),
      optional: own.flatMap(({ optional }) => [...optional]),
      dev: own.flatMap(({ dev }) => [...dev]),
    };
  }

  private scopes(
    direct: DirectNeeds | null,
    keys: ReadonlyMap<LockNode, string>,
  ): (key: string) => LockedPackage['scope'] {
    if (direct === null) return () => 'required';
    const nodes = new Map(
      Array.from(keys, ([node, key]) => [
        key,
        { dependencies: keysOf([...node.needs], keys), optional: keysOf([...node.optional], keys) },
      ]),
    );
    return scopesOf(nodes, {
      required: keysOf(direct.required, keys),
      optional: keysOf(direct.optional, keys),
      dev: keysOf(direct.dev, keys),
    });
  }

  private soundFacts(facts: PackageFacts): PackageFacts | null {
    const { namespace = null, name, version } = facts;
    const whole = namespace === null ? name : `${namespace}/${name}`;
    if (name === '' || whole.length > MAX_NAME || NOT_PRINTED.test(whole)) {
      this.notes.said('package', 'with an impossible name left out', whole);
      return null;
    }
    if (version === null || (version.length <= MAX_VERSION && !NOT_PRINTED.test(version)))
      return facts;
    this.notes.said('package', 'with an impossible version, which is left out', whole);
    return { ...facts, version: null };
  }
}

function beyondOwn({ required, optional, dev }: DirectNeeds): DirectNeeds {
  return {
    required: throughOwn(required, ({ needs }) => needs),
    optional: throughOwn([...required, ...optional], allNeeds),
    dev: throughOwn(dev, allNeeds),
  };
}

function newNode(facts: PackageFacts): LockNode {
  const { scope = null, archives = [] } = facts;
  return { facts, scope, archives, needs: new Set(), optional: new Set(), dev: new Set() };
}

const STRENGTH = { required: 2, optional: 1, dev: 0 } as const;

function joined(node: LockNode, { scope = null, archives = [] }: PackageFacts): LockNode {
  if (scope !== null && (node.scope === null || STRENGTH[scope] > STRENGTH[node.scope]))
    node.scope = scope;
  if (node.archives.length === 0) node.archives = archives;
  return node;
}

/** As a package URL without its type, so that whoever reads a key knows what it names. */
function keyOf({
  namespace = null,
  name,
  version,
  qualifiers = {},
  isOwn = false,
}: PackageFacts): string {
  const path = [...(namespace === null ? [] : [namespace]), name].map(escaped).join('/');
  const at = version === null ? '' : `@${escaped(version)}`;
  const details = Object.keys(qualifiers)
    .sort(compareCodePoints)
    .map((word) => `${word}=${escaped(qualifiers[word] ?? '')}`)
    .join('&');
  // Two parts of a workspace may have the name of a package.
  return `${isOwn ? './' : ''}${path}${at}${details === '' ? '' : `?${details}`}`;
}

function escaped(part: string): string {
  return part.replace(/[%@?&]/gu, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`);
}

function allNeeds({ needs, optional }: LockNode): LockNode[] {
  return [...needs, ...optional];
}

function keysOf(nodes: readonly LockNode[], keys: ReadonlyMap<LockNode, string>): string[] {
  const found = new Set(nodes.flatMap((node) => keys.get(node) ?? []));
  return [...found].sort(compareCodePoints);
}

function packageOf(
  { facts, scope, archives }: LockNode,
  key: string,
  scopeByNeed: LockedPackage['scope'],
  dependsOn: readonly string[] | null,
): LockedPackage {
  const { type, namespace = null, name, version, qualifiers = {}, license = null } = facts;
  const several = archives.filter(({ hashes }) => hashes.length > 0);
  return {
    key,
    type,
    namespace,
    name,
    version,
    qualifiers,
    scope: scope ?? scopeByNeed,
    license: license !== null && license.length > MAX_LICENSE ? null : license,
    hashes: several.length === 1 ? onlyHashes(several) : [],
    ...(several.length > 1 ? { archives: several } : {}),
    dependsOn: dependsOn?.filter((needed) => needed !== key) ?? null,
  };
}

function onlyHashes(archives: readonly LockedArchive[]): readonly PackageHash[] {
  return distinctHashes(archives.flatMap(({ hashes }) => hashes));
}

/** The packages among the nodes, and those that the project's own parts among them lead to. */
function throughOwn(
  nodes: readonly LockNode[],
  needsOf: (node: LockNode) => Iterable<LockNode>,
): LockNode[] {
  const seen = new Set(nodes);
  // A set gives what is added while one walks along it.
  for (const node of seen) {
    if (node.facts.isOwn !== true) continue;
    for (const needed of needsOf(node)) seen.add(needed);
  }
  return [...seen].filter(({ facts }) => facts.isOwn !== true);
}
