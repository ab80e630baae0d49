import { listOf, memberOf, objectOf, textOf, type Untyped } from '../../../json/untyped';
import type { Lockfile } from '../../locked-package';
import type { DirectNeeds, LockGraph } from '../lock-graph';
import { objectIn, textIn, tomlObject } from '../lock-object';
import { pypiName } from '../../pypi-name';
import { parseRequirement } from './requirement';

interface Need {
  readonly name: string;
  readonly extras: readonly string[];
}

/** What a `pyproject.toml` says that the lock file beside it does not. */
export interface PythonProject {
  readonly name: string | null;
  readonly version: string | null;
  readonly required: readonly Need[];
  readonly optional: readonly Need[];
  readonly dev: readonly Need[];
  /** Groups that users of the project may choose. */
  readonly optionalGroups: ReadonlySet<string>;
}

/** PEP 621, dependency groups (PEP 735), and the tables of poetry and pdm. `null` for what is none. */
export function readPyproject(text: string | null): PythonProject | null {
  const file = tomlObject(text);
  if (file === null) return null;
  const project = objectIn(file, 'project');
  const tools = objectIn(file, 'tool');
  const poetry = objectIn(tools, 'poetry');
  const ofPoetry = needsOfPoetry(objectIn(poetry, 'dependencies'));
  const extras = objectIn(project, 'optional-dependencies');
  const groups = Object.values(objectIn(poetry, 'group')).map(objectOf);
  return {
    name: textIn(project, 'name') ?? textIn(poetry, 'name'),
    version: textIn(project, 'version') ?? textIn(poetry, 'version'),
    required: [
      ...needsIn(memberOf(project, 'dependencies')),
      ...ofPoetry.filter(({ isOptional }) => !isOptional),
    ],
    optional: [
      ...Object.values(extras).flatMap(needsIn),
      ...ofPoetry.filter(({ isOptional }) => isOptional),
    ],
    dev: [
      ...Object.values(objectIn(file, 'dependency-groups')).flatMap(needsIn),
      ...Object.values(objectIn(objectIn(tools, 'pdm'), 'dev-dependencies')).flatMap(needsIn),
      ...needsOfPoetry(objectIn(poetry, 'dev-dependencies')),
      ...groups.flatMap((group) => needsOfPoetry(objectIn(group, 'dependencies'))),
    ],
    optionalGroups: new Set(Object.keys(extras).map(pypiName)),
  };
}

export function projectOf(
  project: PythonProject | null,
): Pick<Lockfile, 'projectName' | 'projectVersion'> {
  return { projectName: project?.name ?? null, projectVersion: project?.version ?? null };
}

/** What of the lock file a project needs itself; `null` where nothing tells. */
export function directNeeds(project: PythonProject | null, graph: LockGraph): DirectNeeds | null {
  if (project === null) return null;
  const found = (needs: readonly Need[]): DirectNeeds['required'] =>
    needs.flatMap(({ name }) => graph.named(name));
  return {
    required: found(project.required),
    optional: found(project.optional),
    dev: found(project.dev),
  };
}

function needsIn(value: unknown): Need[] {
  return listOf(value).flatMap((item) => parseRequirement(textOf(item) ?? '') ?? []);
}

function needsOfPoetry(table: Untyped): (Need & { readonly isOptional: boolean })[] {
  return Object.keys(table)
    .filter((name) => name !== 'python')
    .map((name) => {
      const value = objectOf(memberOf(table, name));
      const extras = listOf(memberOf(value, 'extras')).flatMap((extra) => textOf(extra) ?? []);
      const isOptional = memberOf(value, 'optional') === true;
      return { name: pypiName(name), extras: extras.map(pypiName), isOptional };
    });
}
