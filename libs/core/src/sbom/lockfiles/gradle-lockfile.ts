import type { LockedArchive, LockedPackage, LockfileReader } from '../locked-package';
import { hashOf } from './integrity';
import { LockGraph } from './lock-graph';
import { linesOf, plainText } from './lock-text';
import { childOf, childrenOf, readXml } from './xml-tree';

const ENTRY = /^([^\s:=#]{1,200}):([^\s:=#]{1,200}):([^\s:=#]{1,200})(?:=(.*))?$/u;
/** Configurations of the usual plug-ins that only tests, builds and checks take. */
const FOR_DEVELOPMENT =
  /test|^(?:classpath|annotationProcessor|kapt|ksp|jmh|checkstyle|pmd|spotbugs|jacoco|detekt|ktlint|lint|errorprone|codenarc)|AnnotationProcessor/iu;
const VERIFICATION = 'gradle/verification-metadata.xml';

/** `gradle.lockfile`, and the files of one configuration each that Gradle wrote before 6.4. */
export const gradleLockReader: LockfileReader = readerOf(
  /(?:^|\/)gradle\.lockfile$|(?:^|\/)gradle\/dependency-locks\/(?!buildscript)[^/]{1,200}\.lockfile$/u,
  null,
);

/** The lock file of what builds the project. */
export const gradleBuildscriptLockReader: LockfileReader = readerOf(
  /(?:^|\/)(?:(?:buildscript|settings)-gradle\.lockfile|gradle\/dependency-locks\/buildscript[^/]{0,200}\.lockfile)$/u,
  'dev',
);

/** Lines are `group:name:version=configuration,…`: https://docs.gradle.org/current/userguide/dependency_locking.html */
function readerOf(path: RegExp, scope: LockedPackage['scope'] | null): LockfileReader {
  return {
    tool: 'gradle',
    reads: (name) => path.test(name),
    siblings: [VERIFICATION],
    read: (text, sibling) => {
      const plain = plainText(text);
      if (plain === null) return null;
      const graph = new LockGraph();
      const stated = linesOf(plain, graph.notes)
        .map((line) => line.trim())
        .filter((line) => !/^(?:#|$)/u.test(line));
      const entries = stated.flatMap(readEntry);
      const unread = stated.length - entries.length - stated.filter(isOfNothing).length;
      if (unread > 0 && entries.length === 0) return null;
      const hashes = verifiedHashes(sibling(VERIFICATION));
      for (const { namespace, name, version, configurations } of entries) {
        graph.add({
          type: 'maven',
          namespace,
          name,
          version,
          scope: scope ?? scopeOf(configurations),
          archives: hashes.get(`${namespace}:${name}:${version}`) ?? [],
        });
      }
      for (let count = 0; count < unread; count += 1)
        graph.notes.said('line', 'that cannot be read');
      return graph.lockfile(
        { projectName: null, projectVersion: null },
        { direct: null, tellsNeeds: false },
      );
    },
  };
}

interface Entry {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  /** Empty where the name of the file is the configuration. */
  readonly configurations: readonly string[];
}

function readEntry(line: string): Entry[] {
  const [, namespace, name, version, configurations = ''] = ENTRY.exec(line) ?? [];
  if (namespace === undefined || name === undefined || version === undefined) return [];
  const stated = configurations.split(',').filter((text) => text !== '');
  return [{ namespace, name, version, configurations: stated }];
}

/** The line that names the configurations without any dependency. */
function isOfNothing(line: string): boolean {
  return line.startsWith('empty=');
}

function scopeOf(configurations: readonly string[]): LockedPackage['scope'] {
  const isForDevelopment =
    configurations.length > 0 && configurations.every((name) => FOR_DEVELOPMENT.test(name));
  return isForDevelopment ? 'dev' : 'required';
}

/** By `group:name:version`; of what is installed, not of the files that describe it. */
function verifiedHashes(text: string | null): ReadonlyMap<string, readonly LockedArchive[]> {
  const plain = text === null ? null : plainText(text);
  const components = childOf(plain === null ? null : readXml(plain), 'components');
  return new Map(
    childrenOf(components, 'component').map(({ attributes, children }) => {
      const of = (attribute: string): string => attributes[attribute] ?? '';
      const archives = children
        .filter((artifact) => !/\.(?:pom|module)$/u.test(artifact.attributes['name'] ?? ''))
        .map((artifact) => ({
          file: artifact.attributes['name'] ?? null,
          hashes: [
            ...childrenOf(artifact, 'sha256').flatMap((hash) =>
              hashOf('SHA-256', hash.attributes['value'] ?? ''),
            ),
            ...childrenOf(artifact, 'sha512').flatMap((hash) =>
              hashOf('SHA-512', hash.attributes['value'] ?? ''),
            ),
          ],
        }));
      return [`${of('group')}:${of('name')}:${of('version')}`, archives] as const;
    }),
  );
}
