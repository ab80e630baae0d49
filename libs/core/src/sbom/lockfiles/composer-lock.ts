import { listOf, memberOf, textOf, type Untyped } from '../../json/untyped';
import type { LockedPackage, LockfileReader } from '../locked-package';
import { hashOf } from './integrity';
import { LockGraph, type DirectNeeds, type LockNode } from './lock-graph';
import { jsonObject, objectIn, objectsIn, textIn } from './lock-object';
import { vcsQualifiers } from './source-address';

/** `composer.lock`. PHP itself, its extensions and composer's own interfaces are no packages. */
export const composerLockReader: LockfileReader = {
  tool: 'composer',
  reads: (path) => /(?:^|\/)composer\.lock$/u.test(path),
  siblings: ['composer.json'],
  read: (text, sibling) => {
    const lock = jsonObject(text);
    if (lock === null || !Array.isArray(memberOf(lock, 'packages'))) return null;
    const graph = new LockGraph();
    const entries = [
      ...addAll(objectsIn(lock, 'packages'), 'required', graph),
      ...addAll(objectsIn(lock, 'packages-dev'), 'dev', graph),
    ];
    for (const { entry, node } of entries) {
      for (const needed of found(objectIn(entry, 'require'), graph)) node.needs.add(needed);
    }
    const manifest = jsonObject(sibling('composer.json'));
    return graph.lockfile(
      {
        projectName: textIn(manifest ?? {}, 'name'),
        projectVersion: textIn(manifest ?? {}, 'version'),
      },
      { direct: manifest === null ? null : directIn(manifest, graph), tellsNeeds: true },
    );
  },
};

function addAll(
  entries: readonly Untyped[],
  scope: LockedPackage['scope'],
  graph: LockGraph,
): { readonly entry: Untyped; readonly node: LockNode }[] {
  return entries.flatMap((entry) => {
    const node = addEntry(entry, scope, graph);
    return node === null ? [] : [{ entry, node }];
  });
}

function addEntry(
  entry: Untyped,
  scope: LockedPackage['scope'],
  graph: LockGraph,
): LockNode | null {
  const whole = (textIn(entry, 'name') ?? '').toLowerCase();
  const cut = whole.indexOf('/');
  const dist = objectIn(entry, 'dist');
  const isOwn = textIn(dist, 'type') === 'path';
  if (isOwn) graph.notes.said('package', 'of a directory of the project left out', whole);
  const node = graph.add(
    {
      type: 'composer',
      namespace: cut === -1 ? null : whole.slice(0, cut),
      name: whole.slice(cut + 1),
      // What a tag has in front of its version is no part of it.
      version: textIn(entry, 'version')?.replace(/^v(?=\d)/u, '') ?? null,
      qualifiers: qualifiersOf(entry),
      scope,
      license: licenseIn(entry),
      archives: [{ file: null, hashes: hashOf('SHA-1', textIn(dist, 'shasum') ?? '') }],
      isOwn,
    },
    whole,
  );
  if (node !== null) {
    for (const name of namesIn(entry, 'replace', 'provide')) graph.alias(node, standIn(name));
  }
  return node;
}

/** A branch moves, so that its commit is what tells what is installed. */
function qualifiersOf(entry: Untyped): Readonly<Record<string, string>> {
  const version = textIn(entry, 'version') ?? '';
  const source = objectIn(entry, 'source');
  if (!/^dev-|-dev$/u.test(version)) return {};
  return vcsQualifiers(
    textIn(source, 'type') ?? 'git',
    textIn(source, 'url'),
    textIn(source, 'reference'),
  );
}

/** Of several licences in a list one may be chosen: https://getcomposer.org/doc/04-schema.md#license */
function licenseIn(entry: Untyped): string | null {
  const stated = memberOf(entry, 'license');
  const texts = (Array.isArray(stated) ? listOf(stated) : [stated]).flatMap(
    (value) => textOf(value) ?? [],
  );
  if (texts.length < 2) return texts[0] ?? null;
  const parts = texts.map((text) => (/^[^\s()]+$|^\(.*\)$/u.test(text) ? text : `(${text})`));
  return `(${parts.join(' OR ')})`;
}

function namesIn(entry: Untyped, ...members: readonly string[]): string[] {
  return members
    .flatMap((member) => Object.keys(objectIn(entry, member)))
    .map((name) => name.toLowerCase());
}

/** A name that a package answers to without having it. */
function standIn(name: string): string {
  return `for ${name}`;
}

/** The packages of these names, or else those that replace or provide them. */
function found(needs: Untyped, graph: LockGraph): LockNode[] {
  return Object.keys(needs).flatMap((stated) => {
    const name = stated.toLowerCase();
    if (!name.includes('/')) return [];
    return graph.named(name).length > 0 || graph.named(standIn(name)).length === 0
      ? graph.needed(name)
      : graph.named(standIn(name));
  });
}

function directIn(manifest: Untyped, graph: LockGraph): DirectNeeds {
  return {
    required: found(objectIn(manifest, 'require'), graph),
    optional: [],
    dev: found(objectIn(manifest, 'require-dev'), graph),
  };
}
