import { memberOf, objectOf, parsedJson } from '@securescan/core';
import { baseName, below, directoryOf } from '../../paths';
import { listInstalled, MAX_PACKAGES, readInstalled, type Place } from '../package-list';
import { readMetadata, type PythonMetadata } from './metadata';

/** A virtual environment in the tree, with the packages that are installed in it. */
export interface Environment {
  /** The directory that it stands in. */
  readonly directory: string;
  /** Where its packages are. */
  readonly path: string;
  readonly packages: readonly PythonMetadata[];
}

const USUAL_NAMES = ['.venv', 'venv', 'env', '.env', 'virtualenv'];
/** What every environment that Python makes has at its top. */
const MARK = 'pyvenv.cfg';
const MAX_ENVIRONMENTS = 100;

/**
 * The environments that stand in one of the directories under a usual name (the walk of the tree leaves most of those out), and
 * those that the walk has come through.
 */
export async function findEnvironments(
  place: Place,
  directories: readonly string[],
): Promise<Environment[]> {
  const usual = directories.flatMap((directory) =>
    USUAL_NAMES.map((name) => below(directory, name)),
  );
  const walked = place.files.files
    .filter(({ path }) => baseName(path) === MARK)
    .map(({ path }) => directoryOf(path));
  const environments: Environment[] = [];
  for (const root of new Set([...usual, ...walked])) {
    for (const path of await sitePackages(place, root)) {
      if (environments.length >= MAX_ENVIRONMENTS) return environments;
      const packages = await packagesIn(place, path);
      environments.push({ directory: directoryOf(root), path, packages });
    }
  }
  return environments;
}

/** `lib/python3.12/site-packages`, or `Lib/site-packages` where Windows made it. */
async function sitePackages(place: Place, root: string): Promise<string[]> {
  const paths: string[] = [];
  for (const version of await listInstalled(place, below(root, 'lib'))) {
    if (!/^(?:python|pypy)\d/u.test(version)) continue;
    paths.push(below(root, `lib/${version}/site-packages`));
  }
  paths.push(below(root, 'Lib/site-packages'));
  const found: string[] = [];
  for (const path of paths) if ((await listInstalled(place, path)).length > 0) found.push(path);
  return found;
}

async function packagesIn(place: Place, path: string): Promise<PythonMetadata[]> {
  const packages: PythonMetadata[] = [];
  const names = await listInstalled(place, path);
  for (const name of names.slice(0, MAX_PACKAGES)) {
    const metadata = await metadataIn(place, `${path}/${name}`);
    if (metadata !== null) packages.push(metadata);
  }
  return packages;
}

async function metadataIn(place: Place, path: string): Promise<PythonMetadata | null> {
  if (path.endsWith('.egg-info')) {
    const text =
      (await readInstalled(place, `${path}/PKG-INFO`)) ?? (await readInstalled(place, path));
    return text === null ? null : readMetadata(text);
  }
  if (!path.endsWith('.dist-info')) return null;
  const text = await readInstalled(place, `${path}/METADATA`);
  if (text === null || (await isOwn(place, path))) return null;
  return readMetadata(text);
}

/** The project itself is installed such that its sources can be edited (PEP 610). */
async function isOwn(place: Place, path: string): Promise<boolean> {
  const origin = parsedJson((await readInstalled(place, `${path}/direct_url.json`)) ?? '');
  return origin !== null && objectOf(memberOf(origin, 'dir_info'))['editable'] === true;
}
