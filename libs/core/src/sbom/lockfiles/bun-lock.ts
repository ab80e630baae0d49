import { listOf, memberOf, objectOf, textOf, type Untyped } from '../../json/untyped';
import type { LockedPackage, Lockfile, LockfileReader } from '../locked-package';
import { readIntegrity } from './integrity';
import { withoutTrailingCommas } from './json-with-commas';
import { jsonObject } from './lock-object';
import { scopesOf, unreadNotes, type GraphNode, type GraphRoots } from './package-graph';
import { isName, npmName, sourceQualifiers } from './package-source';

const FILE_NAME = /(?:^|\/)bun\.lock$/u;
const OWN = /^(?:workspace|link):/u;
const FROM_ELSEWHERE =
  /^(?:github|gitlab|bitbucket|git(?:\+[a-z]+)?|https?|file):|\.tgz$|^\.{0,2}\//u;
/** Names that are put together make a place. */
const MAX_NESTING = 64;
const MAX_PLACE = 2_000;

interface Entry {
  /** Where it is put, as names one behind the other: `a/b` is the `b` of `a`. */
  readonly place: string;
  readonly name: string;
  readonly reference: string;
  readonly facts: Untyped;
  readonly integrity: string | null;
}

/** `bun.lock`, the text that bun has written since version 1.2. */
export const bunLockReader: LockfileReader = {
  tool: 'bun',
  reads: (path) => FILE_NAME.test(path),
  siblings: ['package.json'],
  read: (text, sibling) => {
    const lock = jsonObject(withoutTrailingCommas(text));
    if (lock === null || typeof memberOf(lock, 'lockfileVersion') !== 'number') return null;
    const manifest = jsonObject(sibling('package.json')) ?? {};
    return lockfileOf(lock, textOf(memberOf(manifest, 'version')));
  },
};

function lockfileOf(lock: Untyped, projectVersion: string | null): Lockfile {
  const { entries, unread } = entriesOf(objectOf(memberOf(lock, 'packages')));
  const find = (place: string, name: string): string | null => {
    const found = findFrom(entries, place, name);
    return found === null || OWN.test(found.reference) ? null : found.place;
  };
  const others = [...entries.values()].filter(({ reference }) => !OWN.test(reference));
  const nodes = new Map(
    others.map(({ place, facts }): [string, GraphNode] => [
      place,
      {
        dependencies: placesOf(place, namesIn(facts, ['dependencies', 'peerDependencies']), find),
        optional: placesOf(place, namesIn(facts, ['optionalDependencies']), find),
      },
    ]),
  );
  const workspaces = Object.values(objectOf(memberOf(lock, 'workspaces'))).map(objectOf);
  const roots = rootsOf(workspaces, find);
  const scope = scopesOf(nodes, roots);
  return {
    projectName: textOf(
      memberOf(objectOf(memberOf(objectOf(memberOf(lock, 'workspaces')), '')), 'name'),
    ),
    projectVersion,
    packages: others.map((entry) => packageOf(entry, scope(entry.place), nodes.get(entry.place))),
    direct: [...new Set([...roots.required, ...roots.optional, ...roots.dev])],
    notes: unreadNotes(unread),
  };
}

function entriesOf(packages: Untyped): {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly unread: number;
} {
  const entries = new Map<string, Entry>();
  let unread = 0;
  for (const [place, value] of Object.entries(packages)) {
    const parts = listOf(value);
    const resolution = textOf(parts[0]);
    const cut = resolution?.indexOf('@', 1) ?? -1;
    if (
      resolution === null ||
      !isName(resolution.slice(0, Math.max(0, cut))) ||
      place.length > MAX_PLACE
    ) {
      unread += 1;
      continue;
    }
    entries.set(place, {
      place,
      name: resolution.slice(0, cut),
      reference: resolution.slice(cut + 1),
      facts: objectOf(parts.find((part) => Object.keys(objectOf(part)).length > 0)),
      integrity: textOf(parts.slice(1).find((part) => /^sha\d/u.test(textOf(part) ?? ''))),
    });
  }
  return { entries, unread };
}

function rootsOf(
  workspaces: readonly Untyped[],
  find: (place: string, name: string) => string | null,
): GraphRoots {
  const named = (kinds: readonly string[]): string[] =>
    workspaces.flatMap((workspace) =>
      // A member's own packages are put behind its name, the others at the top.
      placesOf(textOf(memberOf(workspace, 'name')) ?? '', namesIn(workspace, kinds), find),
    );
  return {
    required: named(['dependencies', 'peerDependencies']),
    optional: named(['optionalDependencies']),
    dev: named(['devDependencies']),
  };
}

function namesIn(facts: Untyped, kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) => Object.keys(objectOf(memberOf(facts, kind))));
}

function placesOf(
  place: string,
  names: readonly string[],
  find: (place: string, name: string) => string | null,
): string[] {
  return names.flatMap((name) => find(place, name) ?? []).filter((found) => found !== place);
}

/** In the place itself, else in those above it. */
function findFrom(entries: ReadonlyMap<string, Entry>, start: string, name: string): Entry | null {
  let place = start;
  for (let level = 0; level < MAX_NESTING && place !== ''; level += 1) {
    const found = entries.get(`${place}/${name}`);
    if (found !== undefined) return found;
    place = placeAbove(place);
  }
  return entries.get(name) ?? null;
}

/** A scope and what follows it are one name. */
function placeAbove(place: string): string {
  const cut = place.lastIndexOf('/');
  if (cut === -1) return '';
  const above = place.slice(0, cut);
  const scope = above.lastIndexOf('/');
  return above.charAt(scope + 1) === '@' ? above.slice(0, Math.max(0, scope)) : above;
}

function packageOf(
  { place, name, reference, integrity }: Entry,
  scope: LockedPackage['scope'],
  node: GraphNode | undefined,
): LockedPackage {
  const isElsewhere = FROM_ELSEWHERE.test(reference);
  return {
    key: place,
    type: 'npm',
    ...npmName(name),
    version: isElsewhere ? null : reference,
    qualifiers: isElsewhere ? sourceQualifiers(addressOf(reference)) : {},
    scope,
    license: null,
    hashes: readIntegrity(integrity),
    dependsOn: [...new Set([...(node?.dependencies ?? []), ...(node?.optional ?? [])])],
  };
}

/** A path to an archive has no protocol in front. */
function addressOf(reference: string): string {
  return /^[a-z+]{2,20}:/u.test(reference) ? reference : `file:${reference}`;
}
