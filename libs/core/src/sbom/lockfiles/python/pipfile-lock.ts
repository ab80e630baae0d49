import { memberOf, objectOf, type Untyped } from '../../../json/untyped';
import type { LockedPackage, LockfileReader } from '../../locked-package';
import { LockGraph, type DirectNeeds, type PackageFacts } from '../lock-graph';
import { jsonObject, objectIn, objectsIn, textIn, textsIn, tomlObject } from '../lock-object';
import { downloadQualifiers, registryQualifiers, vcsQualifiers } from '../source-address';
import { archivesByHash } from './archives';
import { PUBLIC_INDEX } from './pypi';
import { pypiName } from '../../pypi-name';
import { exactVersion } from './requirement';

type Indexes = ReadonlyMap<string, string>;

/** `Pipfile.lock`. It does not say who needs whom; what the project needs itself stands in the `Pipfile`. */
export const pipfileLockReader: LockfileReader = {
  tool: 'pipenv',
  reads: (path) => /(?:^|\/)Pipfile\.lock$/u.test(path),
  siblings: ['Pipfile'],
  read: (text, sibling) => {
    const lock = jsonObject(text);
    if (lock === null || !Object.hasOwn(lock, '_meta')) return null;
    const graph = new LockGraph();
    const indexes = new Map(
      objectsIn(objectIn(lock, '_meta'), 'sources').map((source) => [
        textIn(source, 'name') ?? '',
        textIn(source, 'url') ?? '',
      ]),
    );
    for (const category of Object.keys(lock).filter((name) => name !== '_meta')) {
      const packages = objectIn(lock, category);
      for (const name of Object.keys(packages)) {
        const entry = objectOf(memberOf(packages, name));
        graph.add({ ...factsOf(name, entry, { graph, indexes }), scope: scopeOf(category) });
      }
    }
    const direct = directIn(tomlObject(sibling('Pipfile')), graph);
    return graph.lockfile(
      { projectName: null, projectVersion: null },
      { direct, tellsNeeds: false },
    );
  },
};

/** Other categories than these two are installed when somebody asks for them. */
function scopeOf(category: string): LockedPackage['scope'] {
  if (category === 'default') return 'required';
  return category === 'develop' ? 'dev' : 'optional';
}

function factsOf(
  stated: string,
  entry: Untyped,
  { graph, indexes }: { readonly graph: LockGraph; readonly indexes: Indexes },
): PackageFacts {
  const name = pypiName(stated);
  const version = exactVersion(textIn(entry, 'version') ?? '');
  const isOwn = textIn(entry, 'path') !== null;
  if (isOwn) graph.notes.said('package', 'of a directory of the project left out', name);
  else if (version === null) graph.notes.said('package', 'without an exact version', name);
  return {
    type: 'pypi',
    name,
    version,
    qualifiers: qualifiersOf(entry, indexes),
    archives: archivesByHash(textsIn(entry, 'hashes')),
    isOwn,
  };
}

function qualifiersOf(entry: Untyped, indexes: Indexes): Readonly<Record<string, string>> {
  const kind = ['git', 'hg', 'svn', 'bzr'].find((name) => textIn(entry, name) !== null);
  if (kind !== undefined) return vcsQualifiers(kind, textIn(entry, kind), textIn(entry, 'ref'));
  const file = textIn(entry, 'file');
  if (file !== null) return downloadQualifiers(file);
  return registryQualifiers(indexes.get(textIn(entry, 'index') ?? '') ?? null, PUBLIC_INDEX);
}

function directIn(pipfile: Untyped | null, graph: LockGraph): DirectNeeds | null {
  if (pipfile === null) return null;
  const found = (category: string): DirectNeeds['required'] =>
    Object.keys(objectIn(pipfile, category)).flatMap((name) => graph.named(pypiName(name)));
  return { required: found('packages'), optional: [], dev: found('dev-packages') };
}
