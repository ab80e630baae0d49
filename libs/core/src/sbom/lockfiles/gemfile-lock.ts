import type { LockedArchive, LockfileReader } from '../locked-package';
import { readGemfileSections, type GemSource, type GemSpec } from './gemfile-sections';
import { hashOf } from './integrity';
import { LockGraph, type DirectNeeds, type LockNode } from './lock-graph';
import { linesOf, plainText } from './lock-text';
import { registryQualifiers, vcsQualifiers } from './source-address';

const PUBLIC_REGISTRY = /^https?:\/\/(?:index\.)?rubygems\.[a-z]{2,10}\/?$/u;
/** Which bundler it is that reads a lock file, no lock file says. */
const TOOL_ITSELF = 'bundler';

/** `Gemfile.lock`, `gems.locked`. A gem that is built for several platforms is there once for each. */
export const gemfileLockReader: LockfileReader = {
  tool: 'bundler',
  reads: (path) => /(?:^|\/)(?:[\w.-]{0,60}Gemfile[\w.-]{0,60}\.lock|gems\.locked)$/u.test(path),
  siblings: [],
  read: (text) => {
    const plain = plainText(text);
    if (plain === null) return null;
    const graph = new LockGraph();
    const { sources, dependencies, checksums, unread } = readGemfileSections(
      linesOf(plain, graph.notes),
    );
    if (sources.length === 0 && dependencies === null) return null;
    for (let count = 0; count < unread; count += 1) graph.notes.said('line', 'that cannot be read');
    const entries = sources.flatMap((source) =>
      source.specs.flatMap((spec) => {
        const node = addGem(spec, source, { checksums, graph });
        return node === null ? [] : [{ spec, node }];
      }),
    );
    for (const { spec, node } of entries) {
      for (const needed of found(spec.needs, graph)) node.needs.add(needed);
    }
    const project = projectOf(sources);
    const direct: DirectNeeds | null =
      dependencies === null
        ? null
        : { required: found(dependencies, graph), optional: [], dev: [] };
    return graph.lockfile(
      { projectName: project?.name ?? null, projectVersion: project?.version ?? null },
      { direct, tellsNeeds: true },
    );
  },
};

interface Context {
  readonly checksums: ReadonlyMap<string, string>;
  readonly graph: LockGraph;
}

function addGem(spec: GemSpec, source: GemSource, { checksums, graph }: Context): LockNode | null {
  const { name, version, platform } = spec;
  const isOwn = source.kind === 'PATH';
  if (isOwn) graph.notes.said('gem', 'of a directory of the project left out', name);
  const full = platform === null ? version : `${version}-${platform}`;
  const archive: LockedArchive = {
    file: `${name}-${full}.gem`,
    hashes: readChecksum(checksums.get(`${name} (${full})`)),
  };
  return graph.add({
    type: 'gem',
    name,
    version,
    qualifiers: { ...qualifiersOf(source), ...(platform === null ? {} : { platform }) },
    archives: [archive],
    isOwn,
  });
}

/** Of several remotes a section does not say which one has a gem. */
function qualifiersOf({ kind, remotes, revision }: GemSource): Readonly<Record<string, string>> {
  const [remote = null] = remotes;
  if (kind === 'GIT') return vcsQualifiers('git', remote, revision);
  return remotes.length === 1 ? registryQualifiers(remote, PUBLIC_REGISTRY) : {};
}

/** `sha256=…`, several with commas between them. */
function readChecksum(text = ''): LockedArchive['hashes'] {
  return text.split(',').flatMap((part) => {
    const [algorithm, hex = ''] = part.split('=', 2);
    if (algorithm === 'sha512') return hashOf('SHA-512', hex);
    return algorithm === 'sha256' ? hashOf('SHA-256', hex) : [];
  });
}

function found(names: readonly string[], graph: LockGraph): LockNode[] {
  return names
    .filter((name) => name !== TOOL_ITSELF || graph.named(name).length > 0)
    .flatMap((name) => graph.needed(name));
}

/** The gem that the directory of the lock file itself is, if it is one. */
function projectOf(sources: readonly GemSource[]): GemSpec | null {
  const here = sources.filter(({ kind, remotes }) => kind === 'PATH' && remotes[0] === '.');
  const specs = here.flatMap((source) => source.specs);
  return specs.length === 1 ? (specs[0] ?? null) : null;
}
