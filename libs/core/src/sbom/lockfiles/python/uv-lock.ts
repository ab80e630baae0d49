import { memberOf, type Untyped } from '../../../json/untyped';
import type { LockfileReader } from '../../locked-package';
import { LockGraph, type LockNode, type PackageFacts } from '../lock-graph';
import { objectIn, objectsIn, textIn, tomlObject } from '../lock-object';
import { downloadQualifiers, registryQualifiers, vcsQualifiers } from '../source-address';
import { archivesIn, sourceAndWheels } from './archives';
import { PUBLIC_INDEX } from './pypi';
import { pypiName } from '../../pypi-name';

/** How a package of the workspace is told from one that comes from elsewhere. */
const OWN_SOURCES = ['editable', 'virtual', 'directory'];

/** `uv.lock`. */
export const uvLockReader: LockfileReader = {
  tool: 'uv',
  reads: (path) => /(?:^|\/)uv\.lock$/u.test(path),
  siblings: [],
  read: (text) => {
    const lock = tomlObject(text);
    if (lock === null || !Object.hasOwn(lock, 'version')) return null;
    const graph = new LockGraph();
    const entries = objectsIn(lock, 'package').flatMap((entry) => {
      const node = addEntry(entry, graph);
      return node === null ? [] : [{ entry, node }];
    });
    for (const { entry, node } of entries) linkNeeds(entry, node, graph);
    const own = entries.filter(({ node }) => node.facts.isOwn === true);
    const project = own.find(({ entry }) => isAtRoot(objectIn(entry, 'source')));
    const main = project ?? (own.length === 1 ? own[0] : undefined);
    return graph.lockfile(
      {
        projectName: main?.node.facts.name ?? null,
        projectVersion: main?.node.facts.version ?? null,
      },
      { tellsNeeds: true },
    );
  },
};

function isAtRoot(source: Untyped): boolean {
  return OWN_SOURCES.some((kind) => memberOf(source, kind) === '.');
}

/** Others name it by its name, and by its version and source where the name alone is not enough. */
function addEntry(entry: Untyped, graph: LockGraph): LockNode | null {
  const source = objectIn(entry, 'source');
  const facts: PackageFacts = {
    type: 'pypi',
    name: pypiName(textIn(entry, 'name') ?? ''),
    version: textIn(entry, 'version'),
    qualifiers: qualifiersOf(source),
    archives: archivesIn(sourceAndWheels(entry)),
    isOwn: OWN_SOURCES.some((kind) => Object.hasOwn(source, kind)),
  };
  const node = graph.add(facts);
  if (node !== null) {
    for (const name of preciseNames(entry)) graph.alias(node, name);
  }
  return node;
}

/** By what of its version and source is stated, each form of which is a name. */
function preciseNames(entry: Untyped): string[] {
  const { name, version, place } = statedIn(entry);
  return [`${name} ${place}`, `${name}@${version}`, `${name}@${version} ${place}`];
}

function preciseName(need: Untyped): string {
  const { name, version, place } = statedIn(need);
  return `${name}${version === '' ? '' : `@${version}`}${place === '' ? '' : ` ${place}`}`;
}

function statedIn(entry: Untyped): Readonly<Record<'name' | 'version' | 'place', string>> {
  const source = objectIn(entry, 'source');
  const parts = Object.keys(source).map((kind) => `${kind}=${textIn(source, kind) ?? ''}`);
  return {
    name: pypiName(textIn(entry, 'name') ?? ''),
    version: textIn(entry, 'version') ?? '',
    place: parts.join(' '),
  };
}

function qualifiersOf(source: Untyped): Readonly<Record<string, string>> {
  const git = textIn(source, 'git');
  if (git === null) {
    return {
      ...registryQualifiers(textIn(source, 'registry'), PUBLIC_INDEX),
      ...downloadQualifiers(textIn(source, 'url')),
    };
  }
  const cut = git.lastIndexOf('#');
  return vcsQualifiers('git', git, cut === -1 ? null : git.slice(cut + 1));
}

/** Extras stand with a package only where somebody asks for them; those of the project's own parts are a choice. */
function linkNeeds(entry: Untyped, node: LockNode, graph: LockGraph): void {
  const isOwn = node.facts.isOwn === true;
  link(objectsIn(entry, 'dependencies'), node.needs, graph);
  link(inTables(entry, 'optional-dependencies'), isOwn ? node.optional : node.needs, graph);
  link(inTables(entry, 'dev-dependencies'), node.dev, graph);
}

function inTables(entry: Untyped, name: string): Untyped[] {
  const table = objectIn(entry, name);
  return Object.keys(table).flatMap((group) => objectsIn(table, group));
}

function link(needs: readonly Untyped[], to: Set<LockNode>, graph: LockGraph): void {
  for (const need of needs) {
    for (const needed of graph.needed(preciseName(need))) to.add(needed);
  }
}
