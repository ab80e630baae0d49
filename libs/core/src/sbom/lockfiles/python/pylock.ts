import { memberOf, type Untyped } from '../../../json/untyped';
import type { LockedPackage, LockfileReader } from '../../locked-package';
import { LockGraph, type LockNode } from '../lock-graph';
import { objectIn, objectsIn, textIn, textsIn, tomlObject } from '../lock-object';
import { downloadQualifiers, registryQualifiers, vcsQualifiers } from '../source-address';
import { archivesByTable, sourceAndWheels } from './archives';
import { PUBLIC_INDEX } from './pypi';
import { pypiName } from '../../pypi-name';

const NAMED_GROUP = /["']([\w.-]{1,100})["']\s{1,8}in\s{1,8}(extras|dependency_groups)/gu;

/** `pylock.toml` and `pylock.<name>.toml` (PEP 751). */
export const pylockReader: LockfileReader = {
  tool: 'pylock',
  reads: (path) => /(?:^|\/)pylock(?:\.[^./]{1,100})?\.toml$/u.test(path),
  siblings: [],
  read: (text) => {
    const lock = tomlObject(text);
    if (lock === null || !Object.hasOwn(lock, 'lock-version')) return null;
    const graph = new LockGraph();
    const defaults = new Set(['default', ...textsIn(lock, 'default-groups')]);
    const entries = objectsIn(lock, 'packages').flatMap((entry) => {
      const node = addEntry(entry, defaults, graph);
      return node === null ? [] : [{ entry, node }];
    });
    // Optional, and left out by most tools; then a package without any says nothing.
    const tellsNeeds = entries.some(({ entry }) => Object.hasOwn(entry, 'dependencies'));
    for (const { entry, node } of entries) {
      for (const need of objectsIn(entry, 'dependencies')) {
        for (const needed of graph.needed(preciseName(need))) node.needs.add(needed);
      }
    }
    return graph.lockfile(
      { projectName: null, projectVersion: null },
      { direct: null, tellsNeeds },
    );
  },
};

function addEntry(
  entry: Untyped,
  defaults: ReadonlySet<string>,
  graph: LockGraph,
): LockNode | null {
  const name = pypiName(textIn(entry, 'name') ?? '');
  const isOwn = Object.hasOwn(entry, 'directory');
  if (isOwn) graph.notes.said('package', 'of a directory of the project left out', name);
  const archive = objectIn(entry, 'archive');
  const node = graph.add({
    type: 'pypi',
    name,
    version: textIn(entry, 'version'),
    qualifiers: qualifiersOf(entry, archive),
    scope: scopeOf(textIn(entry, 'marker') ?? '', defaults),
    archives: archivesByTable(
      Object.keys(archive).length === 0 ? sourceAndWheels(entry) : [archive],
    ),
    isOwn,
  });
  if (node !== null) graph.alias(node, preciseName(entry));
  return node;
}

function qualifiersOf(entry: Untyped, archive: Untyped): Readonly<Record<string, string>> {
  const vcs = objectIn(entry, 'vcs');
  const kind = textIn(vcs, 'type');
  if (kind !== null) return vcsQualifiers(kind, textIn(vcs, 'url'), textIn(vcs, 'commit-id'));
  return {
    ...registryQualifiers(textIn(entry, 'index'), PUBLIC_INDEX),
    ...downloadQualifiers(textIn(archive, 'url')),
  };
}

/** Markers say in which groups and extras a package is: `'test' in dependency_groups`. */
function scopeOf(marker: string, defaults: ReadonlySet<string>): LockedPackage['scope'] | null {
  const named = Array.from(marker.slice(0, 10_000).matchAll(NAMED_GROUP), ([, name = '', kind]) =>
    scopeOfGroup(name, kind === 'extras', defaults),
  );
  return (['required', 'optional', 'dev'] as const).find((scope) => named.includes(scope)) ?? null;
}

function scopeOfGroup(
  name: string,
  isExtra: boolean,
  defaults: ReadonlySet<string>,
): LockedPackage['scope'] {
  if (isExtra) return 'optional';
  return defaults.has(name) ? 'required' : 'dev';
}

/** A dependency repeats as much of the entry of a package as tells it apart. */
function preciseName(entry: Untyped): string {
  const version = memberOf(entry, 'version');
  const name = pypiName(textIn(entry, 'name') ?? '');
  return typeof version === 'string' ? `${name}@${version}` : name;
}
