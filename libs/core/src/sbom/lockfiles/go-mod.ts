import type { LockfileReader } from '../locked-package';
import { readGoDirectives, type GoDirectives, type GoModule } from './go-directives';
import { LockGraph, type LockNode, type PackageFacts } from './lock-graph';
import { linesOf, plainText } from './lock-text';

/** As `v1.2.3`, `v0.0.0-20240102030405-abcdefabcdef`, `v2.0.0+incompatible`; others are names of branches, which move. */
const VERSION = /^v\d{1,20}\.\d{1,20}\.\d{1,20}(?:[-+][\w.+-]{1,200})?$/u;
/** What stands for a directory in the place of a module. */
const DIRECTORY = /^(?:\.{0,2}\/|\.{1,2}$|[A-Za-z]:)/u;

/**
 * `go.mod`, which since Go 1.17 names every module that packages of the project need: https://go.dev/ref/mod. `go.sum` says what their
 * files hash to, but names versions that no build takes too, and its `h1` is a hash over a list of hashes of files: no archive has it.
 */
export const goModReader: LockfileReader = {
  tool: 'go',
  reads: (path) => /(?:^|\/)go\.mod$/u.test(path),
  siblings: ['go.sum'],
  read: (text, sibling) => {
    const plain = plainText(text);
    if (plain === null) return null;
    const graph = new LockGraph();
    const directives = readGoDirectives(linesOf(plain, graph.notes));
    if (directives.module === null) return null;
    const direct: LockNode[] = [];
    const contents = hashedContents(sibling('go.sum'));
    for (const required of directives.required) {
      const node = graph.add(factsOf(required, { directives, graph, contents }));
      if (node !== null && !required.isIndirect) direct.push(node);
    }
    if (!namesAll(directives.language)) {
      graph.notes.state(
        'go.mod of a version before 1.17, which need not name what is needed indirectly',
      );
    }
    if (contents !== null) {
      graph.notes.state(
        'go.sum has hashes of lists of files and none of an archive, so none is given',
      );
    }
    return graph.lockfile(
      { projectName: directives.module, projectVersion: null },
      { direct: { required: direct, optional: [], dev: [] }, tellsNeeds: false },
    );
  },
};

function namesAll(language: string | null): boolean {
  const [major = 0, minor = 0] = (language ?? '').split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 17);
}

interface Context {
  readonly directives: GoDirectives;
  readonly graph: LockGraph;
  readonly contents: ReadonlySet<string> | null;
}

function factsOf(required: GoModule, { directives, graph, contents }: Context): PackageFacts {
  const { path, version } = replacementOf(required, directives) ?? required;
  const isOwn = path !== required.path && DIRECTORY.test(path);
  if (isOwn) graph.notes.said('module', 'replaced by a local directory left out', required.path);
  else if (path !== required.path) {
    graph.notes.said('module', 'replaced by another, which is named in its place', required.path);
  }
  const cut = path.lastIndexOf('/');
  return {
    type: 'golang',
    namespace: cut === -1 ? null : path.slice(0, cut),
    name: path.slice(cut + 1),
    version: isOwn ? null : soundVersion({ path, version }, { graph, contents }),
    isOwn,
  };
}

function replacementOf(required: GoModule, { replaced }: GoDirectives): GoModule | undefined {
  const ofVersion = replaced.get(`${required.path} ${required.version ?? ''}`);
  return ofVersion ?? replaced.get(required.path);
}

function soundVersion(
  { path, version }: Pick<GoModule, 'path' | 'version'>,
  { graph, contents }: Pick<Context, 'graph' | 'contents'>,
): string | null {
  const isPinned = version !== null && VERSION.test(version);
  if (!isPinned) graph.notes.said('module', 'without an exact version', path);
  else if (contents?.has(`${path} ${version}`) === false) {
    graph.notes.said('module', 'whose content go.sum does not know', path);
  }
  return isPinned ? version : null;
}

/** Module and version of each hash over the files of a module; those over its `go.mod` alone are left out. */
function hashedContents(text: string | null): ReadonlySet<string> | null {
  const plain = text === null ? null : plainText(text);
  if (plain === null) return null;
  return new Set(
    plain.split('\n').flatMap((line) => {
      const [path = '', version = '', hash = ''] = line.split(' ');
      return hash.startsWith('h1:') && !version.endsWith('/go.mod') ? [`${path} ${version}`] : [];
    }),
  );
}
