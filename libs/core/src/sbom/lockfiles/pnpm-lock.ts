import { parseSyml } from '@yarnpkg/parsers';
import { memberOf, objectOf, parsedObject, textOf, type Untyped } from '../../json/untyped';
import type { LockedPackage, Lockfile, LockfileReader } from '../locked-package';
import { readIntegrity } from './integrity';
import { jsonObject } from './lock-object';
import { plainText } from './lock-text';
import { scopesOf, unreadNotes, type GraphNode } from './package-graph';
import {
  gitQualifiers,
  isName,
  npmName,
  sourceQualifiers,
  type SourceQualifiers,
} from './package-source';
import {
  keyOfReference,
  splitPnpmKey,
  styleOf,
  withoutBrackets,
  type PnpmKey,
  type PnpmStyle,
} from './pnpm-paths';

const FILE_NAME = /(?:^|\/)pnpm-lock\.yaml$/u;
const ADDRESS = /^(?:https?|git(?:\+[a-z]+)?|file|link):|\//u;
/** A file of several YAML documents describes what pnpm itself needs first. */
const DOCUMENT_END = /^---[ \t]*$/mu;

interface Entry {
  readonly key: string;
  readonly id: PnpmKey;
  /** The package by itself, and as it is installed with its peers. */
  readonly facts: Untyped;
  readonly node: GraphNode;
}

/** `pnpm-lock.yaml` of the versions 5 to 9 of the format. */
export const pnpmLockReader: LockfileReader = {
  tool: 'pnpm',
  reads: (path) => FILE_NAME.test(path),
  siblings: ['package.json'],
  read: (text, sibling) => {
    const documents = (plainText(text) ?? '')
      .split(DOCUMENT_END)
      .filter((part) => part.trim() !== '');
    // As texts alone, and quickly: the format uses nothing of YAML beyond that.
    const lock = parsedObject(() => parseSyml(documents.at(-1) ?? ''));
    const version = Number.parseFloat(textOf(memberOf(lock ?? {}, 'lockfileVersion')) ?? '');
    if (lock === null || Number.isNaN(version)) return null;
    return lockfileOf(lock, styleOf(version), jsonObject(sibling('package.json')) ?? {});
  },
};

function lockfileOf(lock: Untyped, style: PnpmStyle, manifest: Untyped): Lockfile {
  const { entries, unread } = entriesOf(lock, style);
  const isOwn = (key: string): boolean => {
    const entry = entries.get(key);
    return entry !== undefined && isDirectory(entry.facts);
  };
  const nodes = new Map(Array.from(entries, ([key, { node }]) => [key, node]));
  const roots = rootsOf(lock, style);
  const scope = scopesOf(nodes, roots);
  const known = (keys: readonly string[]): string[] =>
    throughOwn(keys, entries).filter((key) => entries.has(key));
  return {
    projectName: textOf(memberOf(manifest, 'name')),
    projectVersion: textOf(memberOf(manifest, 'version')),
    packages: [...entries.values()]
      .filter(({ key }) => !isOwn(key))
      .map((entry) =>
        packageOf(entry, scope(entry.key), [
          ...known([...entry.node.dependencies, ...entry.node.optional]),
        ]),
      ),
    direct: [...new Set(known([...roots.required, ...roots.optional, ...roots.dev]))],
    notes: unreadNotes(unread),
  };
}

/** Since version 9 what a package is and what it needs stand apart: the same package is installed once for each set of peers. */
function entriesOf(
  lock: Untyped,
  style: PnpmStyle,
): { readonly entries: ReadonlyMap<string, Entry>; readonly unread: number } {
  const packages = objectOf(memberOf(lock, 'packages'));
  const installed = style === 'at' ? objectOf(memberOf(lock, 'snapshots')) : packages;
  const entries = new Map<string, Entry>();
  let unread = 0;
  for (const [key, value] of Object.entries(installed)) {
    const facts = objectOf(memberOf(packages, style === 'at' ? withoutBrackets(key) : key));
    const split = splitPnpmKey(key, style);
    const id = idOf(facts, split);
    if (id === null) {
      unread += 1;
      continue;
    }
    const node = {
      dependencies: referencesIn(objectOf(value), 'dependencies', style),
      optional: referencesIn(objectOf(value), 'optionalDependencies', style),
    };
    entries.set(key, { key, id, facts, node });
  }
  return { entries, unread };
}

function idOf(facts: Untyped, split: PnpmKey | null): PnpmKey | null {
  const name = textOf(memberOf(facts, 'name')) ?? split?.name;
  if (!isName(name)) return null;
  return { name, version: textOf(memberOf(facts, 'version')) ?? split?.version ?? '' };
}

/** Of the project itself, or of all members of its workspace. */
function rootsOf(
  lock: Untyped,
  style: PnpmStyle,
): { required: string[]; optional: string[]; dev: string[] } {
  const importers = memberOf(lock, 'importers');
  const own = importers === undefined ? [lock] : Object.values(objectOf(importers)).map(objectOf);
  const named = (kind: string): string[] => own.flatMap((each) => referencesIn(each, kind, style));
  return {
    required: named('dependencies'),
    optional: named('optionalDependencies'),
    dev: named('devDependencies'),
  };
}

/** A reference is a text, or since version 6, for what the project itself needs, an object with the range beside it. */
function referencesIn(entry: Untyped, kind: string, style: PnpmStyle): string[] {
  return Object.entries(objectOf(memberOf(entry, kind))).flatMap(([name, value]) => {
    const reference = textOf(value) ?? textOf(memberOf(objectOf(value), 'version'));
    return (reference === null ? null : keyOfReference(name, reference, style)) ?? [];
  });
}

/** A directory of the project that is copied into place: what it needs is needed in its stead. */
function throughOwn(
  keys: readonly string[],
  entries: ReadonlyMap<string, Entry>,
): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const pending = [...keys].reverse();
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const entry = entries.get(key);
    if (entry === undefined || !isDirectory(entry.facts)) {
      found.add(key);
      continue;
    }
    if (seen.has(key)) continue;
    seen.add(key);
    pending.push(...entry.node.dependencies, ...entry.node.optional);
  }
  return [...found];
}

function isDirectory(facts: Untyped): boolean {
  return textOf(memberOf(objectOf(memberOf(facts, 'resolution')), 'type')) === 'directory';
}

function packageOf(
  { key, id, facts }: Entry,
  scope: LockedPackage['scope'],
  dependsOn: readonly string[],
): LockedPackage {
  const resolution = objectOf(memberOf(facts, 'resolution'));
  return {
    key,
    type: 'npm',
    ...npmName(id.name),
    version: id.version === '' || ADDRESS.test(id.version) ? null : id.version,
    qualifiers: sourceOf(resolution),
    scope,
    license: null,
    hashes: readIntegrity(textOf(memberOf(resolution, 'integrity'))),
    dependsOn: dependsOn.filter((other) => other !== key),
  };
}

function sourceOf(resolution: Untyped): SourceQualifiers {
  const repository = textOf(memberOf(resolution, 'repo'));
  if (repository !== null) {
    return gitQualifiers(repository, textOf(memberOf(resolution, 'commit')) ?? undefined);
  }
  return sourceQualifiers(textOf(memberOf(resolution, 'tarball')));
}
