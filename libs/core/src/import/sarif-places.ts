import type { JsonReader } from '../json/json-reader';
import {
  decodedPath,
  isAbsolute,
  placeOfArtifact,
  prefixBelow,
  type ArtifactPlace,
} from './artifact-path';

/** A base may stand on a base (SARIF 3.14.14), but no log needs more of them. */
const MAX_BASES = 10;
/** What tools call the root of the sources. */
const ROOT_NAMES = ['%SRCROOT%', 'SRCROOT', 'ROOTPATH', 'PROJECTROOT', 'REPOROOT', '%WORKDIR%'];

interface Base {
  readonly uri: string | null;
  readonly parent: string | null;
}

/** Where the artifacts of a run lie. */
export class SarifPlaces {
  private readonly bases: ReadonlyMap<string, Base>;
  private readonly artifacts: readonly JsonReader[];
  private readonly root: string | null;

  constructor(run: JsonReader, sourceRoot: string | null) {
    this.bases = readBases(run.field('originalUriBaseIds'));
    this.artifacts = run.field('artifacts').optionalItems();
    this.root = sourceRoot ?? this.namedRoot() ?? workingDirectoryOf(run);
  }

  /** Where an artifactLocation (SARIF 3.4) points to; `null` where it names nothing. */
  of(location: JsonReader): ArtifactPlace | null {
    if (location.isAbsent) return null;
    const uri = location.field('uri');
    if (uri.isAbsent) return this.ofArtifact(location.field('index'));
    return placeOfArtifact(uri.string(), this.prefixOf(location), this.root);
  }

  private ofArtifact(index: JsonReader): ArtifactPlace | null {
    const artifact = index.isAbsent ? undefined : this.artifacts[index.integer()];
    if (artifact === undefined) return null;
    const location = artifact.field('location');
    if (location.isAbsent || location.field('uri').isAbsent) return null;
    return placeOfArtifact(location.field('uri').string(), this.prefixOf(location), this.root);
  }

  /** What the bases of a relative URI put before it, relative to the root. */
  private prefixOf(location: JsonReader): string {
    let name = location.field('uriBaseId').optionalString();
    let prefix = '';
    for (let steps = 0; name !== null && steps < MAX_BASES; steps += 1) {
      const base = this.bases.get(name);
      if (base?.uri === undefined || base.uri === null) return prefix;
      const path = decodedPath(base.uri);
      if (isAbsolute(path)) {
        return `${this.root === null ? '' : (prefixBelow(base.uri, this.root) ?? '')}${prefix}`;
      }
      prefix = `${path === '' || path.endsWith('/') ? path : `${path}/`}${prefix}`;
      name = base.parent;
    }
    return prefix;
  }

  private namedRoot(): string | null {
    const absolute = [...this.bases].filter(
      ([, { uri }]) => uri !== null && isAbsolute(decodedPath(uri)),
    );
    const named = ROOT_NAMES.map((name) => absolute.find(([base]) => base === name));
    const found = named.find((base) => base !== undefined) ?? absolute[0];
    return found?.[1].uri ?? null;
  }
}

function readBases(bases: JsonReader): ReadonlyMap<string, Base> {
  if (bases.isAbsent) return new Map();
  return new Map(
    bases.fieldNames().map((name) => {
      const base = bases.field(name);
      const uri = base.field('uri').optionalString();
      return [name, { uri, parent: base.field('uriBaseId').optionalString() }];
    }),
  );
}

function workingDirectoryOf(run: JsonReader): string | null {
  const [invocation] = run.field('invocations').optionalItems();
  const directory = invocation?.field('workingDirectory');
  if (directory === undefined || directory.isAbsent) return null;
  const uri = directory.field('uri').optionalString();
  return uri !== null && isAbsolute(decodedPath(uri)) ? uri : null;
}
