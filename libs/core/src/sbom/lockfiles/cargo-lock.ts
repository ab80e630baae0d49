import { memberOf, objectOf, type Untyped } from '../../json/untyped';
import type { LockedArchive, Lockfile, LockfileReader } from '../locked-package';
import { hashOf } from './integrity';
import { LockGraph, type DirectNeeds, type LockNode } from './lock-graph';
import { objectIn, objectsIn, textIn, textsIn, tomlObject } from './lock-object';
import { registryQualifiers, vcsQualifiers } from './source-address';

/** Cargo's own registry, by the repository of its index, which lock files name whichever way it is asked. */
const PUBLIC_REGISTRY =
  /^https:\/\/[\w.]{1,60}\/rust-lang\/crates\.io-index$|^https:\/\/index\.crates\.[a-z]{1,10}\/$/u;

/** `Cargo.lock` of the versions 1 to 4 of its format. What has no source is of the project itself. */
export const cargoLockReader: LockfileReader = {
  tool: 'cargo',
  reads: (path) => /(?:^|\/)Cargo\.lock$/u.test(path),
  siblings: ['Cargo.toml'],
  read: (text, sibling) => {
    const lock = tomlObject(text);
    if (lock === null || !isLock(lock)) return null;
    const graph = new LockGraph();
    const entries = entriesIn(lock).flatMap((entry) => {
      const node = addEntry(entry, objectIn(lock, 'metadata'), graph);
      return node === null ? [] : [{ entry, node }];
    });
    for (const { entry, node } of entries) {
      const needs = textsIn(entry, 'dependencies').flatMap((text) => graph.needed(text));
      for (const needed of needs) node.needs.add(needed);
    }
    const own = entries.map(({ node }) => node).filter(({ facts }) => facts.isOwn === true);
    const manifest = tomlObject(sibling('Cargo.toml'));
    const main = mainOf(own, objectIn(manifest ?? {}, 'package'));
    const isAlone = manifest !== null && main !== null && own.length === 1;
    return graph.lockfile(projectOf(main), {
      ...(isAlone ? { direct: directIn(manifest, main) } : {}),
      tellsNeeds: true,
    });
  },
};

/** A lock file of a project without dependencies has no version before the third. */
function isLock(lock: Untyped): boolean {
  return Array.isArray(memberOf(lock, 'package')) || Object.hasOwn(lock, 'root');
}

/** Before version 1 the project's own package stood apart. */
function entriesIn(lock: Untyped): Untyped[] {
  const root = objectIn(lock, 'root');
  return [...(Object.keys(root).length === 0 ? [] : [root]), ...objectsIn(lock, 'package')];
}

function projectOf(main: LockNode | null): Pick<Lockfile, 'projectName' | 'projectVersion'> {
  return { projectName: main?.facts.name ?? null, projectVersion: main?.facts.version ?? null };
}

/** A dependency is `name`, `name version` or `name version (source)`: as much as tells it apart. */
function addEntry(entry: Untyped, metadata: Untyped, graph: LockGraph): LockNode | null {
  const name = textIn(entry, 'name') ?? '';
  const version = textIn(entry, 'version') ?? '';
  const source = textIn(entry, 'source');
  const node = graph.add({
    type: 'cargo',
    name,
    version: version === '' ? null : version,
    qualifiers: qualifiersOf(source),
    archives: archivesOf(entry, metadata),
    isOwn: source === null,
  });
  if (node !== null) {
    graph.alias(node, `${name} ${version}`);
    if (source !== null) graph.alias(node, `${name} ${version} (${source})`);
  }
  return node;
}

function qualifiersOf(source: string | null): Readonly<Record<string, string>> {
  const found = /^(?<kind>registry|sparse|git)\+(?<url>.*)$/u.exec(source ?? '')?.groups;
  const url = found?.['url'] ?? null;
  if (url === null || found?.['kind'] !== 'git') return registryQualifiers(url, PUBLIC_REGISTRY);
  const cut = url.lastIndexOf('#');
  return vcsQualifiers('git', url, cut === -1 ? null : url.slice(cut + 1));
}

/** In version 1 of the format the checksums stand in a table of their own. */
function archivesOf(entry: Untyped, metadata: Untyped): LockedArchive[] {
  const [name, version, source] = ['name', 'version', 'source'].map(
    (key) => textIn(entry, key) ?? '',
  );
  const id = `checksum ${name ?? ''} ${version ?? ''} (${source ?? ''})`;
  const hex = textIn(entry, 'checksum') ?? textIn(metadata, id) ?? '';
  return [{ file: `${name ?? ''}-${version ?? ''}.crate`, hashes: hashOf('SHA-256', hex) }];
}

/** The package of the manifest beside the lock file, or the only one of the project. */
function mainOf(own: readonly LockNode[], manifest: Untyped): LockNode | null {
  const name = textIn(manifest, 'name');
  const named = own.find(({ facts }) => facts.name === name);
  return named ?? (own.length === 1 ? (own[0] ?? null) : null);
}

type Kind = 'required' | 'optional' | 'dev';

/** What the lock file does not tell: for what the only package of the project needs each of the others. */
function directIn(manifest: Untyped, main: LockNode): DirectNeeds {
  const targets = objectIn(manifest, 'target');
  const tables = [manifest, ...Object.keys(targets).map((name) => objectIn(targets, name))];
  const kinds = new Map<string, Kind>();
  const note = (name: string, kind: Kind): void => {
    if (kinds.get(name) !== 'required') kinds.set(name, kind);
  };
  for (const table of tables) {
    for (const [name] of dependenciesIn(table, 'dev-dependencies', 'dev_dependencies'))
      note(name, 'dev');
    for (const [name] of dependenciesIn(table, 'build-dependencies', 'build_dependencies'))
      note(name, 'dev');
  }
  for (const table of tables) {
    for (const [name, isOptional] of dependenciesIn(table, 'dependencies')) {
      note(name, isOptional ? 'optional' : 'required');
    }
  }
  const needs = [...main.needs];
  const of = (kind: Kind): LockNode[] =>
    needs.filter(({ facts }) => (kinds.get(facts.name) ?? 'required') === kind);
  return { required: of('required'), optional: of('optional'), dev: of('dev') };
}

/** The names of packages, which a manifest may call otherwise, and whether they are optional. */
function dependenciesIn(table: Untyped, ...names: readonly string[]): [string, boolean][] {
  return names.flatMap((name) => {
    const dependencies = objectIn(table, name);
    return Object.keys(dependencies).map((called): [string, boolean] => {
      const value = objectOf(memberOf(dependencies, called));
      return [textIn(value, 'package') ?? called, memberOf(value, 'optional') === true];
    });
  });
}
