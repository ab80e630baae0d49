import { memberOf, type Untyped } from '../../../json/untyped';
import type { LockedPackage, LockfileReader } from '../../locked-package';
import { LockGraph, type LockNode, type PackageFacts } from '../lock-graph';
import { objectIn, objectsIn, textIn, textsIn, tomlObject } from '../lock-object';
import { downloadQualifiers, vcsQualifiers } from '../source-address';
import { archivesIn } from './archives';
import { directNeeds, projectOf, readPyproject, type PythonProject } from './pyproject';
import { pypiName } from '../../pypi-name';
import { parseRequirement, type Requirement } from './requirement';

/** `pdm.lock`. An entry for a package with extras stands beside the one for the package itself; they are one package. */
export const pdmLockReader: LockfileReader = {
  tool: 'pdm',
  reads: (path) => /(?:^|\/)pdm(?:\.[\w-]{1,60})?\.lock$/u.test(path),
  siblings: ['pyproject.toml'],
  read: (text, sibling) => {
    const lock = tomlObject(text);
    if (lock === null || !Object.hasOwn(lock, 'metadata')) return null;
    const graph = new LockGraph();
    const project = readPyproject(sibling('pyproject.toml'));
    const oldFiles = objectIn(objectIn(lock, 'metadata'), 'files');
    const entries = objectsIn(lock, 'package').flatMap((entry) => {
      const node = graph.add(factsOf(entry, { oldFiles, project, graph }));
      return node === null ? [] : [{ entry, node }];
    });
    for (const { entry, node } of entries) {
      for (const needed of needsOf(entry, graph)) node.needs.add(needed);
    }
    return graph.lockfile(projectOf(project), {
      direct: directNeeds(project, graph),
      tellsNeeds: true,
    });
  },
};

interface Context {
  readonly oldFiles: Untyped;
  readonly project: PythonProject | null;
  readonly graph: LockGraph;
}

function factsOf(entry: Untyped, { oldFiles, project, graph }: Context): PackageFacts {
  const stated = textIn(entry, 'name') ?? '';
  const name = pypiName(stated);
  const version = textIn(entry, 'version');
  const path = textIn(entry, 'path');
  const isOwn = path !== null && (memberOf(entry, 'editable') === true || !isArchive(path));
  if (isOwn) graph.notes.said('package', 'of a directory of the project left out', name);
  const files = Object.hasOwn(entry, 'files')
    ? objectsIn(entry, 'files')
    : objectsIn(oldFiles, `${stated} ${version ?? ''}`);
  return {
    type: 'pypi',
    name,
    version,
    qualifiers: qualifiersOf(entry),
    // Sections are what groups were called before version 4 of the format.
    scope: scopeOf([...textsIn(entry, 'groups'), ...textsIn(entry, 'sections')], project),
    archives: archivesIn(files),
    isOwn,
  };
}

/** What needs another platform or version of Python may rightly be absent. */
function needsOf(entry: Untyped, graph: LockGraph): readonly LockNode[] {
  return [...statedNeeds(entry), ...oldNeeds(objectIn(entry, 'dependencies'))].flatMap(
    ({ name, marker }) => (marker === null ? graph.needed(name) : graph.named(name)),
  );
}

type Need = Pick<Requirement, 'name' | 'marker'>;

function statedNeeds(entry: Untyped): Need[] {
  return textsIn(entry, 'dependencies').flatMap((text) => parseRequirement(text) ?? []);
}

/** A table before version 3 of the format, of versions or of tables with a marker. */
function oldNeeds(table: Untyped): Need[] {
  return Object.keys(table).map((name) => ({
    name: pypiName(name),
    marker: textIn(objectIn(table, name), 'marker'),
  }));
}

function isArchive(path: string): boolean {
  return /\.(?:whl|zip|gz|bz2|xz)$/u.test(path);
}

function qualifiersOf(entry: Untyped): Readonly<Record<string, string>> {
  const kind = ['git', 'hg', 'svn', 'bzr'].find((name) => textIn(entry, name) !== null);
  if (kind === undefined) return downloadQualifiers(textIn(entry, 'url'));
  return vcsQualifiers(
    kind,
    textIn(entry, kind),
    textIn(entry, 'revision') ?? textIn(entry, 'ref'),
  );
}

/** Which groups users may choose only the project file says; the others are for development. */
function scopeOf(
  groups: readonly string[],
  project: PythonProject | null,
): LockedPackage['scope'] | null {
  if (groups.length === 0) return null;
  if (groups.includes('default')) return 'required';
  const isForUsers = groups.some((group) => project?.optionalGroups.has(pypiName(group)));
  return isForUsers ? 'optional' : 'dev';
}
