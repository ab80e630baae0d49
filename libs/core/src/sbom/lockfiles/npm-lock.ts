import { listOf, memberOf, objectOf, textOf, type Untyped } from '../../json/untyped';
import type { LockedPackage, Lockfile, LockfileReader } from '../locked-package';
import { readIntegrity } from './integrity';
import { jsonObject } from './lock-object';
import {
  findFrom,
  isOwn,
  nestedPlaces,
  placesByPath,
  publishedName,
  type Place,
  type Places,
} from './npm-places';
import { counted } from './package-graph';
import { isName, npmName, sourceQualifiers } from './package-source';

const FILE_NAME = /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/u;
const NEEDS = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;
const OWN_NEEDS = [...NEEDS, 'devDependencies'] as const;
/** In version 1, where `dependencies` are what is nested in a package. */
const FIRST_NEEDS = ['requires'] as const;

type Need = (typeof OWN_NEEDS | typeof FIRST_NEEDS)[number];

/** `package-lock.json` and `npm-shrinkwrap.json`, of all versions of the format. */
export const npmLockReader: LockfileReader = {
  tool: 'npm',
  reads: (path) => FILE_NAME.test(path),
  siblings: ['package.json'],
  read: (text, sibling) => {
    const lock = jsonObject(text);
    if (lock === null) return null;
    const packages = memberOf(lock, 'packages');
    if (packages !== undefined) return lockfileOf(lock, placesByPath(objectOf(packages)), NEEDS);
    const isFirstVersion =
      memberOf(lock, 'dependencies') !== undefined ||
      memberOf(lock, 'lockfileVersion') !== undefined;
    return isFirstVersion ? firstVersion(lock, sibling('package.json')) : null;
  },
};

/** Version 1 keeps what the project itself needs in its manifest alone, and no names of needs before npm 5.1. */
function firstVersion(lock: Untyped, manifest: string | null): Lockfile {
  const places = nestedPlaces(lock);
  const own = jsonObject(manifest);
  const root = places.all[0];
  if (root !== undefined) root.entry = own;
  const lockfile = lockfileOf(
    lock,
    places,
    memberOf(lock, 'requires') === true ? FIRST_NEEDS : null,
  );
  const note = 'its version of the format does not say what the project itself needs';
  return own === null ? { ...lockfile, direct: null, notes: [...lockfile.notes, note] } : lockfile;
}

/** `needs` are the members in which a package names what it needs; `null` where it does not. */
function lockfileOf(
  lock: Untyped,
  { all, tooDeep }: Places,
  needs: readonly Need[] | null,
): Lockfile {
  const root = all[0]?.entry ?? {};
  const own = all.filter(isOwn);
  const others = all.filter((place) => !isOwn(place));
  const installed = others.filter(isInstalled);
  const lost = { count: 0 };
  const direct = own.flatMap((place) => needsOf(place, OWN_NEEDS, lost));
  return {
    projectName: textOf(memberOf(lock, 'name')) ?? textOf(memberOf(root, 'name')),
    projectVersion: textOf(memberOf(lock, 'version')) ?? textOf(memberOf(root, 'version')),
    packages: installed.map((place) =>
      packageAt(place, needs === null ? null : needsOf(place, needs, lost)),
    ),
    direct: [...new Set(direct)],
    notes: notesOf({ tooDeep, absent: others.length - installed.length, lost: lost.count }),
  };
}

/** npm leaves a place without a version for an optional package that it did not install. */
function isInstalled(place: Place): boolean {
  const entry = place.entry ?? {};
  const isThere = ['version', 'resolved'].some((name) => textOf(memberOf(entry, name)) !== null);
  return isThere && isName(realName(place));
}

/** In version 1, `npm:other@1.0.0` stands in place of a version where a package has been given another name. */
function aliasOf({ entry }: Place): RegExpExecArray | null {
  return /^npm:(.+)@([^@]*)$/u.exec(textOf(memberOf(entry ?? {}, 'version')) ?? '');
}

function realName(place: Place): string {
  return aliasOf(place)?.[1] ?? publishedName(place);
}

function packageAt(place: Place, dependsOn: readonly string[] | null): LockedPackage {
  const entry = place.entry ?? {};
  const version = textOf(memberOf(entry, 'version'));
  const alias = aliasOf(place);
  const isElsewhere =
    version !== null && /^(?:git|https?|file|github|gitlab|bitbucket)\b.*:/u.test(version);
  const resolved = textOf(memberOf(entry, 'resolved')) ?? (isElsewhere ? version : null);
  return {
    key: place.path,
    type: 'npm',
    ...npmName(realName(place)),
    version: isElsewhere ? null : (alias?.[2] ?? version),
    qualifiers: sourceQualifiers(resolved),
    scope: scopeOf(entry),
    license: licenseIn(entry),
    hashes: readIntegrity(textOf(memberOf(entry, 'integrity'))),
    dependsOn,
  };
}

/** `devOptional` says: for development, and where it may be missing also otherwise. */
function scopeOf(entry: Untyped): LockedPackage['scope'] {
  if (memberOf(entry, 'dev') === true) return 'dev';
  const isOptional =
    memberOf(entry, 'optional') === true || memberOf(entry, 'devOptional') === true;
  return isOptional ? 'optional' : 'required';
}

/** As in `package.json`; before 2015 an object with `type`, or a list of such, among which one may choose. */
function licenseIn(entry: Untyped): string | null {
  const stated = memberOf(entry, 'license') ?? memberOf(entry, 'licenses');
  const values = Array.isArray(stated) ? listOf(stated) : [stated];
  const texts = values.flatMap(
    (value) => textOf(value) ?? textOf(memberOf(objectOf(value), 'type')) ?? [],
  );
  if (texts.length === 0) return null;
  return texts.length === 1 ? (texts[0] ?? null) : `(${texts.join(' OR ')})`;
}

/** Keys of what is found there. What must be there and is not is counted. */
function needsOf(place: Place, kinds: readonly Need[], lost: { count: number }): string[] {
  const entry = place.entry ?? {};
  const keys = new Set<string>();
  for (const kind of kinds) {
    for (const name of Object.keys(objectOf(memberOf(entry, kind)))) {
      const found = findFrom(place, name);
      if (found === null || (!isOwn(found) && !isInstalled(found))) {
        if (kind === 'dependencies' && !mayBeMissing(entry, name)) lost.count += 1;
      } else if (!isOwn(found)) keys.add(found.path);
    }
  }
  keys.delete(place.path);
  return [...keys];
}

function mayBeMissing(entry: Untyped, name: string): boolean {
  return memberOf(objectOf(memberOf(entry, 'optionalDependencies')), name) !== undefined;
}

function notesOf(counts: {
  readonly tooDeep: number;
  readonly absent: number;
  readonly lost: number;
}): string[] {
  const notes: string[] = [];
  if (counts.tooDeep > 0) {
    notes.push(`${counted(counts.tooDeep, 'package')} nested too deeply to be read`);
  }
  if (counts.absent > 0) {
    notes.push(
      `${counted(counts.absent, 'optional package')} named but not installed, and left out`,
    );
  }
  if (counts.lost > 0) {
    notes.push(`${counted(counts.lost, 'dependency').replace('ys', 'ies')} named but not locked`);
  }
  return notes;
}
