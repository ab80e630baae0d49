import type { DeclaredLicense } from './declared-license';
import type { Component } from './inventory';
import { objectChunks } from './json-chunks';
import type { PackageHash } from './locked-package';
import { contentUuid, type SbomDocument } from './sbom-document';
import { isAddress } from './source-address';

/** Where the project itself stands among the references; package URLs begin with `pkg:`. */
const PROJECT_REF = 'securescan:project';
const SCOPES: Readonly<Record<Component['scope'], string>> = {
  required: 'required',
  optional: 'optional',
  // What no running program can reach.
  dev: 'excluded',
};

/** CycloneDX 1.6 as JSON, in pieces: fields in a fixed order, two spaces, one newline at the end. */
export function cyclonedxChunks(document: SbomDocument): Generator<string> {
  const id = contentUuid(chunksWith('', document));
  return chunksWith(`urn:uuid:${id}`, document);
}

function chunksWith(serialNumber: string, document: SbomDocument): Generator<string> {
  const { components } = document;
  return objectChunks([
    ['$schema', 'http://cyclonedx.org/schema/bom-1.6.schema.json'],
    ['bomFormat', 'CycloneDX'],
    ['specVersion', '1.6'],
    ['serialNumber', serialNumber],
    ['version', 1],
    ['metadata', metadataOf(document)],
    ['components', { items: mapped(components, componentJson) }],
    ['dependencies', { items: dependenciesOf(document) }],
    ['compositions', compositionsOf(document)],
  ]);
}

function* mapped<T>(items: readonly T[], change: (item: T) => object): Generator<object> {
  for (const item of items) yield change(item);
}

function metadataOf(document: SbomDocument): object {
  const { created, toolVersion, lister, projectName, projectVersion, notes } = document;
  const tools = [
    { type: 'application', name: 'SecureScan', version: toolVersion },
    ...(lister === null
      ? []
      : [
          {
            type: 'application',
            name: lister.name,
            ...(lister.version === null ? {} : { version: lister.version }),
          },
        ]),
  ];
  return {
    ...(created === null ? {} : { timestamp: created }),
    lifecycles: [{ phase: 'pre-build' }],
    tools: { components: tools },
    component: {
      type: 'application',
      'bom-ref': PROJECT_REF,
      name: projectName,
      ...(projectVersion === null ? {} : { version: projectVersion }),
    },
    ...(notes.length === 0
      ? {}
      : { properties: notes.map((value) => ({ name: 'securescan:note', value })) }),
  };
}

function componentJson(component: Component): object {
  const { purl, hashes, licenses, foundIn, scope } = component;
  const references = referencesOf(component);
  return {
    type: 'library',
    'bom-ref': component.ref,
    ...namesOf(component),
    ...(component.version === null ? {} : { version: component.version }),
    scope: SCOPES[scope],
    ...(hashes.length === 0 ? {} : { hashes: hashes.map(hashJson) }),
    ...(licenses.length === 0 ? {} : { licenses: licensesJson(licenses) }),
    ...(purl === null ? {} : { purl }),
    ...(references.length === 0 ? {} : { externalReferences: references }),
    ...(scope === 'dev' ? { properties: [{ name: 'securescan:development', value: 'true' }] } : {}),
    evidence: { occurrences: foundIn.map((location) => ({ location })) },
  };
}

/** Modules of Go have one name, however many parts it has. */
function namesOf({ type, namespace, name, fullName }: Component): object {
  return namespace === null || type === 'golang' ? { name: fullName } : { group: namespace, name };
}

/** One expression stands alone, by the schema; beside others it is but the words that were declared. */
function licensesJson(licenses: readonly DeclaredLicense[]): object[] {
  const [first] = licenses;
  if (licenses.length === 1 && first?.kind === 'expression') {
    return [{ expression: first.text, acknowledgement: 'declared' }];
  }
  return licenses.map(({ kind, text }) => ({
    license: { ...(kind === 'id' ? { id: text } : { name: text }), acknowledgement: 'declared' },
  }));
}

function hashJson({ algorithm, hex }: PackageHash): object {
  return { alg: algorithm, content: hex };
}

function referencesOf(component: Component): object[] {
  return [...placesOf(component), ...archivesOf(component)];
}

/** Wherever an archive lies, its name is what people find it by; without one, the package is. */
function archivesOf({ archives, purl }: Component): object[] {
  return archives.flatMap(({ file, hashes }) => {
    const url = file !== null && /^[\w.+!~-]{1,300}$/u.test(file) ? file : purl;
    return url === null ? [] : [{ type: 'distribution', url, hashes: hashes.map(hashJson) }];
  });
}

function placesOf({ qualifiers }: Component): object[] {
  const kinds = [
    ['vcs', qualifiers['vcs_url']],
    ['distribution', qualifiers['download_url']],
  ] as const;
  return kinds.flatMap(([type, url]) =>
    url !== undefined && isAddress(url) ? [{ type, url }] : [],
  );
}

/** What is not known of a component is left out rather than shown as nothing. */
function* dependenciesOf({ direct, components }: SbomDocument): Generator<object> {
  yield { ref: PROJECT_REF, dependsOn: direct };
  for (const { ref, dependsOn } of components) {
    if (dependsOn !== null) yield dependsOn.length === 0 ? { ref } : { ref, dependsOn };
  }
}

function compositionsOf({ components, unplaced, isComplete }: SbomDocument): object[] {
  const unknown = [
    ...(unplaced.length === 0 ? [] : [PROJECT_REF]),
    ...components.filter(({ dependsOn }) => dependsOn === null).map(({ ref }) => ref),
  ];
  return [
    ...(isComplete ? [] : [{ aggregate: 'incomplete', assemblies: [PROJECT_REF] }]),
    ...(unknown.length === 0 ? [] : [{ aggregate: 'unknown', dependencies: unknown }]),
  ];
}
