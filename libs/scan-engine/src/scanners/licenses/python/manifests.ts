import {
  listOf,
  memberOf,
  objectOf,
  parsedJson,
  textOf,
  type Untyped,
  pypiName,
} from '@securescan/core';
import { baseName } from '../../paths';

import { parseToml } from '../parse-toml';

/** A package that a manifest or lock file of Python names, by its normalised name. */
export interface NamedPackage {
  readonly name: string;
  readonly isDev: boolean;
}

type ReadManifest = (text: string) => readonly NamedPackage[] | null;

/** What people look at first stands first: what a finding about an installed package is shown at. */
const MANIFESTS: readonly {
  readonly isNamed: (path: string) => boolean;
  readonly read: ReadManifest;
}[] = [
  { isNamed: called('poetry.lock'), read: readPoetryLock },
  { isNamed: called('uv.lock'), read: readTomlLock },
  { isNamed: called('pdm.lock'), read: readPoetryLock },
  { isNamed: called('Pipfile.lock'), read: readPipfileLock },
  { isNamed: isRequirements, read: readRequirements },
  { isNamed: called('pyproject.toml'), read: readPyproject },
];
const DEV_GROUP = /^(?:dev|development|test|tests|testing|lint|docs?|typing|ci)$/u;
const DEV_REQUIREMENTS =
  /(?:^|[-_./])(?:dev|develop|development|test|tests|testing|lint|docs?|ci)(?:[-_.]|$)/u;

function called(name: string): (path: string) => boolean {
  return (path) => baseName(path) === name;
}

/** `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`, `requirements/base.txt`. */
function isRequirements(path: string): boolean {
  return (
    /^(?:[\w-]{1,40}[-_.])?requirements[\w.-]{0,60}\.(?:txt|in)$/u.test(baseName(path)) ||
    /(?:^|\/)requirements\/[^/]{1,100}\.txt$/u.test(path)
  );
}

/** Its place in the order; `null` for a file that names no packages of Python. */
export function manifestRank(path: string): number | null {
  const rank = MANIFESTS.findIndex(({ isNamed }) => isNamed(path));
  return rank === -1 ? null : rank;
}

/** The packages that a manifest names, each once; `null` for what cannot be understood. Pure and total. */
export function readManifest(path: string, text: string): readonly NamedPackage[] | null {
  const named = MANIFESTS[manifestRank(path) ?? MANIFESTS.length]?.read(text) ?? null;
  if (named === null) return null;
  const isForDevelopment = isRequirements(path) && DEV_REQUIREMENTS.test(baseName(path));
  const packages = new Map<string, NamedPackage>();
  for (const { name, isDev } of named) {
    const before = packages.get(name);
    const stays = before === undefined || before.isDev;
    packages.set(name, { name, isDev: stays && (isDev || isForDevelopment) });
  }
  return [...packages.values()];
}

/** poetry notes groups, or a category of old; pdm notes groups. Both call what is always needed `main` or `default`. */
function readPoetryLock(text: string): NamedPackage[] | null {
  return packagesOfLock(text, (entry) => {
    const groups = [...listOf(entry['groups']), entry['category']].flatMap(
      (group) => textOf(group) ?? [],
    );
    return groups.length > 0 && groups.every((group) => DEV_GROUP.test(group));
  });
}

/** uv does not say what a package is needed for. */
function readTomlLock(text: string): NamedPackage[] | null {
  return packagesOfLock(text, () => false);
}

function packagesOfLock(text: string, isDev: (entry: Untyped) => boolean): NamedPackage[] | null {
  const lock = parseToml(text);
  if (lock === null) return null;
  return listOf(memberOf(lock, 'package')).flatMap((value) => {
    const entry = objectOf(value);
    const name = textOf(memberOf(entry, 'name'));
    return name === null || isOwn(entry) ? [] : [{ name: pypiName(name), isDev: isDev(entry) }];
  });
}

/** The project itself and other parts of its tree. */
function isOwn(entry: Untyped): boolean {
  const source = objectOf(memberOf(entry, 'source'));
  const members = ['editable', 'virtual', 'directory', 'workspace'];
  return members.some((name) => Object.hasOwn(source, name)) || source['type'] === 'directory';
}

function readPipfileLock(text: string): NamedPackage[] | null {
  const lock = parsedJson(text);
  if (lock === null) return null;
  const named = (section: string, isDev: boolean): NamedPackage[] =>
    Object.keys(objectOf(memberOf(lock, section))).map((name) => ({
      name: pypiName(name),
      isDev,
    }));
  return [...named('default', false), ...named('develop', true)];
}

function readRequirements(text: string): NamedPackage[] {
  return text.split(/\r?\n/u).flatMap((line) => nameOfRequirement(line, false));
}

/** PEP 621, dependency groups (PEP 735) and poetry's own table. */
function readPyproject(text: string): NamedPackage[] | null {
  const file = parseToml(text);
  if (file === null) return null;
  const groups = Object.values(objectOf(memberOf(file, 'dependency-groups')));
  const poetry = objectOf(memberOf(objectOf(memberOf(file, 'tool')), 'poetry'));
  const ofPoetry = Object.keys(objectOf(memberOf(poetry, 'dependencies')));
  return [
    ...requirementsIn(memberOf(objectOf(memberOf(file, 'project')), 'dependencies'), false),
    ...groups.flatMap((group) => requirementsIn(group, true)),
    ...ofPoetry
      .filter((name) => name !== 'python')
      .map((name) => ({ name: pypiName(name), isDev: false })),
  ];
}

function requirementsIn(value: unknown, isDev: boolean): NamedPackage[] {
  return listOf(value).flatMap((item) => nameOfRequirement(textOf(item) ?? '', isDev));
}

/** The name in front of extras, versions and markers; options and addresses have none. */
function nameOfRequirement(line: string, isDev: boolean): NamedPackage[] {
  const found = /^\s{0,20}([A-Za-z0-9][\w.-]{0,200})\s{0,20}(?:$|[[<>=!~;@#,( \\])/u.exec(
    line,
  )?.[1];
  return found === undefined ? [] : [{ name: pypiName(found), isDev }];
}
