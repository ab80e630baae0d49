import { listOf, memberOf, objectOf, type Untyped } from '../../../json/untyped';
import type { LockedArchive, LockedPackage, LockfileReader } from '../../locked-package';
import { LockGraph, type LockNode, type PackageFacts } from '../lock-graph';
import { objectIn, objectsIn, textIn, textsIn, tomlObject } from '../lock-object';
import { downloadQualifiers, registryQualifiers, vcsQualifiers } from '../source-address';
import { archivesByHash, archivesIn } from './archives';
import { PUBLIC_INDEX } from './pypi';
import { directNeeds, projectOf, readPyproject, type PythonProject } from './pyproject';
import { pypiName } from '../../pypi-name';
import { parseRequirement } from './requirement';

/** `poetry.lock` of all versions of the format, from 0.12 to 2. */
export const poetryLockReader: LockfileReader = {
  tool: 'poetry',
  reads: (path) => /(?:^|\/)poetry\.lock$/u.test(path),
  siblings: ['pyproject.toml'],
  read: (text, sibling) => {
    const lock = tomlObject(text);
    if (lock === null || !Object.hasOwn(lock, 'metadata')) return null;
    const graph = new LockGraph();
    const project = readPyproject(sibling('pyproject.toml'));
    const entries = objectsIn(lock, 'package').flatMap((entry) => {
      const node = graph.add(factsOf(entry, objectIn(lock, 'metadata'), graph));
      return node === null ? [] : [{ entry, node }];
    });
    const asked = askedExtras(entries, project);
    for (const { entry, node } of entries) linkNeeds({ entry, node }, graph, asked);
    return graph.lockfile(projectOf(project), {
      direct: directNeeds(project, graph),
      tellsNeeds: true,
    });
  },
};

interface Entry {
  readonly entry: Untyped;
  readonly node: LockNode;
}

function factsOf(entry: Untyped, metadata: Untyped, graph: LockGraph): PackageFacts {
  const name = pypiName(textIn(entry, 'name') ?? '');
  const source = objectIn(entry, 'source');
  const isOwn = textIn(source, 'type') === 'directory';
  if (isOwn) graph.notes.said('package', 'of a directory of the project left out', name);
  return {
    type: 'pypi',
    name,
    version: textIn(entry, 'version'),
    qualifiers: qualifiersOf(source),
    scope: scopeOf(entry),
    archives: Object.hasOwn(entry, 'files')
      ? archivesIn(objectsIn(entry, 'files'))
      : archivesOfOld(textIn(entry, 'name') ?? '', metadata),
    isOwn,
  };
}

function qualifiersOf(source: Untyped): Readonly<Record<string, string>> {
  const url = textIn(source, 'url');
  switch (textIn(source, 'type')) {
    case 'git': {
      const revision = textIn(source, 'resolved_reference') ?? textIn(source, 'reference');
      return vcsQualifiers('git', url, revision);
    }
    case 'url':
      return downloadQualifiers(url);
    case 'legacy':
      return registryQualifiers(url, PUBLIC_INDEX);
    default:
      return {};
  }
}

/** Groups since version 2.1 of the format, categories before 2.0; 2.0 itself says nothing but what is optional. */
function scopeOf(entry: Untyped): LockedPackage['scope'] | null {
  const category = textIn(entry, 'category');
  const groups = category === null ? textsIn(entry, 'groups') : [category];
  if (groups.length > 0 && !groups.includes('main')) return 'dev';
  if (memberOf(entry, 'optional') === true) return 'optional';
  return groups.length > 0 ? 'required' : null;
}

/** `metadata.files` before version 2 of the format, `metadata.hashes` before version 1. */
function archivesOfOld(name: string, metadata: Untyped): LockedArchive[] {
  const files = objectsIn(objectIn(metadata, 'files'), name);
  if (files.length > 0) return archivesIn(files);
  return archivesByHash(textsIn(objectIn(metadata, 'hashes'), name).map((hex) => `sha256:${hex}`));
}

/** All `name[extra]` that somebody asks for; `null` where the project may ask for more that nothing tells. */
function askedExtras(
  entries: readonly Entry[],
  project: PythonProject | null,
): ReadonlySet<string> | null {
  if (project === null) return null;
  const ofProject = [...project.required, ...project.optional, ...project.dev].flatMap(
    ({ name, extras }) => extras.map((extra) => `${name}[${extra}]`),
  );
  const ofOthers = entries.flatMap(({ entry }) =>
    needsOf(entry).flatMap(({ name, value }) =>
      textsIn(value, 'extras').map((extra) => `${name}[${pypiName(extra)}]`),
    ),
  );
  return new Set([...ofProject, ...ofOthers]);
}

function linkNeeds(
  { entry, node }: Entry,
  graph: LockGraph,
  asked: ReadonlySet<string> | null,
): void {
  const chosen = asked === null ? null : chosenByExtras(entry, node.facts.name, asked);
  for (const { name, value } of needsOf(entry)) {
    const isOptional = memberOf(value, 'optional') === true;
    if (isOptional && chosen !== null && !chosen.has(name)) continue;
    // What needs another platform or version of Python is rightly absent.
    const mayBeAbsent = isOptional || textIn(value, 'markers') !== null;
    const found = mayBeAbsent ? graph.named(name) : graph.needed(name);
    const needs = isOptional && chosen === null ? node.optional : node.needs;
    for (const needed of found) needs.add(needed);
  }
}

/** Names of what the asked extras of a package bring with them. */
function chosenByExtras(
  entry: Untyped,
  name: string,
  asked: ReadonlySet<string>,
): ReadonlySet<string> {
  const extras = objectIn(entry, 'extras');
  const lists = Object.keys(extras)
    .filter((extra) => asked.has(`${name}[${pypiName(extra)}]`))
    .flatMap((extra) => textsIn(extras, extra));
  return new Set(lists.flatMap((text) => parseRequirement(text)?.name ?? []));
}

/** A dependency is a version, a table, or a list of tables for different platforms. */
function needsOf(entry: Untyped): { readonly name: string; readonly value: Untyped }[] {
  const table = objectIn(entry, 'dependencies');
  return Object.keys(table).flatMap((name) => {
    const stated = memberOf(table, name);
    const values = Array.isArray(stated) ? listOf(stated) : [stated];
    return values.map((value) => ({ name: pypiName(name), value: objectOf(value) }));
  });
}
