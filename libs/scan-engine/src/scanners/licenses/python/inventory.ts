import { directoryOf } from '../../paths';
import { compareCodePoints, pypiName } from '@securescan/core';
import {
  readLocks,
  type Inventory,
  type LicensedPackage,
  type PackageList,
  type Place,
} from '../package-list';
import { findEnvironments, type Environment } from './environments';
import { manifestRank, readManifest, type NamedPackage } from './manifests';

interface Manifest {
  readonly path: string;
  readonly directory: string;
  readonly named: readonly NamedPackage[];
}

/**
 * Python's lock files hold no licences: the metadata of what is installed does. Each environment is reported at the manifest that
 * stands beside it, or above; the other manifests say what is missing from it.
 */
export async function pythonInventory(place: Place): Promise<Inventory> {
  const { locks, skipped } = await readLocks(place, (path) =>
    manifestRank(path) === null ? null : (text) => readManifest(path, text),
  );
  const manifests = locks.map(({ path, content }): Manifest => ({
    path,
    directory: directoryOf(path),
    named: content,
  }));
  const directories = new Set([place.target, ...manifests.map(({ directory }) => directory)]);
  const environments = await findEnvironments(place, [...directories]);
  const installed = environments.map((environment) => listOfEnvironment(environment, manifests));
  const named = manifests
    .map((manifest) => listOfManifest(manifest, environments))
    .filter(({ known, unknown }) => known + unknown > 0);
  return { lists: [...installed, ...named], skipped };
}

function listOfEnvironment(environment: Environment, manifests: readonly Manifest[]): PackageList {
  const scopes = scopesOf(environment, manifests);
  const packages = environment.packages.map(({ name, version, statements }): LicensedPackage => ({
    type: 'pypi',
    name,
    version,
    statements,
    scope: scopes.get(pypiName(name)) === true ? 'dev' : null,
  }));
  const file = nearest(environment.directory, manifests)?.path ?? environment.path;
  return { file, packages, known: packages.length, unknown: 0 };
}

/** By name, whether development alone asks for it. What no manifest names, other packages ask for. */
function scopesOf(
  { directory }: Environment,
  manifests: readonly Manifest[],
): ReadonlyMap<string, boolean> {
  const scopes = new Map<string, boolean>();
  for (const manifest of manifests) {
    if (!isWithin(manifest.directory, directory)) continue;
    for (const { name, isDev } of manifest.named) {
      scopes.set(name, isDev && scopes.get(name) !== false);
    }
  }
  return scopes;
}

/** The first manifest of the directory, or of the nearest one above that has any. */
function nearest(start: string, manifests: readonly Manifest[]): Manifest | undefined {
  for (let directory = start; ; directory = directoryOf(directory)) {
    const [first] = manifests
      .filter((manifest) => manifest.directory === directory)
      .sort((a, b) => rankOf(a) - rankOf(b) || compareCodePoints(a.path, b.path));
    if (first !== undefined || directory === '') return first;
  }
}

function rankOf({ path }: Manifest): number {
  return manifestRank(path) ?? Number.MAX_SAFE_INTEGER;
}

/** What a manifest names, held against what is installed beside it or above. */
function listOfManifest(
  { path, directory, named }: Manifest,
  environments: readonly Environment[],
): PackageList {
  const installed = new Set(
    environments
      .filter((environment) => isWithin(directory, environment.directory))
      .flatMap(({ packages }) => packages.map(({ name }) => pypiName(name))),
  );
  const unknown = named.filter(({ name }) => !installed.has(name)).length;
  return { file: path, packages: [], known: named.length - unknown, unknown };
}

function isWithin(directory: string, above: string): boolean {
  return above === '' || directory === above || directory.startsWith(`${above}/`);
}
