import { memberOf, objectOf, parsedJson, type Untyped } from '@securescan/core';
import { baseName, below, directoryOf } from '../../paths';
import {
  MAX_PACKAGES,
  readInstalled,
  readLocks,
  type Inventory,
  type LicensedPackage,
  type PackageList,
  type Place,
} from '../package-list';
import { InstalledNpm } from './installed-npm';
import { readNpmLock, type LockedPackage } from './npm-lock';
import { readBunLock, readPnpmLock, readYarnLock } from './other-locks';

type ReadLock = (text: string) => LockedPackage[] | null;

/** The one that npm prefers stands first. */
const LOCKS: ReadonlyMap<string, ReadLock> = new Map<string, ReadLock>([
  ['npm-shrinkwrap.json', readNpmLock],
  ['package-lock.json', readNpmLock],
  ['pnpm-lock.yaml', readPnpmLock],
  ['yarn.lock', readYarnLock],
  ['bun.lock', readBunLock],
]);
const MANIFEST = 'package.json';
/** npm's own note of what it has installed, in the format of a lock file. */
const HIDDEN_LOCK = 'node_modules/.package-lock.json';

/** Every lock file of JavaScript's package managers, and every `package.json` that no lock file stands beside or above. */
export async function npmInventory(place: Place): Promise<Inventory> {
  const lists: PackageList[] = [];
  const locked = new Set(place.paths.filter((path) => LOCKS.has(baseName(path))).map(directoryOf));
  const { locks, skipped } = await readLocks(place, (path) =>
    isOverruled(path, place) ? null : (LOCKS.get(baseName(path)) ?? null),
  );
  for (const { path, content } of locks) lists.push(await listOfPackages(place, path, content));
  const { locks: manifests, skipped: broken } = await readLocks(place, (path) =>
    baseName(path) !== MANIFEST || isBelow(path, locked) ? null : parsedJson,
  );
  for (const { path, content } of manifests) {
    const packages = await packagesWithoutLock(place, path, content);
    if (packages.length > 0) lists.push(await listOfPackages(place, path, packages));
  }
  return { lists, skipped: [...skipped, ...broken] };
}

/** npm reads no `package-lock.json` beside an `npm-shrinkwrap.json`. */
function isOverruled(path: string, { listed }: Place): boolean {
  const shrinkwrap = below(directoryOf(path), 'npm-shrinkwrap.json');
  return baseName(path) === 'package-lock.json' && listed.has(shrinkwrap);
}

function isBelow(path: string, directories: ReadonlySet<string>): boolean {
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    if (directories.has(directory)) return true;
    if (directory === '') return false;
  }
}

async function listOfPackages(
  place: Place,
  file: string,
  all: readonly LockedPackage[],
): Promise<PackageList> {
  const installed = new InstalledNpm(place, directoryOf(file));
  const packages: LicensedPackage[] = [];
  let unknown = 0;
  for (const locked of all.slice(0, MAX_PACKAGES + 1)) {
    const statements = locked.statements ?? (await installed.statementsOf(locked));
    if (statements === null) unknown += 1;
    else packages.push(toPackage(locked, statements));
  }
  return { file, packages, known: packages.length, unknown };
}

function toPackage(
  { name, version, isDev }: LockedPackage,
  statements: LicensedPackage['statements'],
): LicensedPackage {
  return { type: 'npm', name, version, statements, scope: isDev ? 'dev' : null };
}

/** What npm says it has installed; else what the manifest asks for. */
async function packagesWithoutLock(
  place: Place,
  path: string,
  manifest: Untyped,
): Promise<LockedPackage[]> {
  const hidden = await readInstalled(place, below(directoryOf(path), HIDDEN_LOCK));
  const installed = hidden === null ? null : readNpmLock(hidden);
  if (installed !== null) return installed;
  const namesOf = (member: string): string[] => Object.keys(objectOf(memberOf(manifest, member)));
  const runtime = new Set([...namesOf('dependencies'), ...namesOf('optionalDependencies')]);
  const dev = namesOf('devDependencies').filter((name) => !runtime.has(name));
  return [...runtime, ...dev].map((name) => ({
    name,
    version: null,
    path: `node_modules/${name}`,
    mayBeNested: false,
    isDev: !runtime.has(name),
    statements: null,
  }));
}
