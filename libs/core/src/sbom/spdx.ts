import { sha256Hex } from '../fingerprint/sha256';
import { compareCodePoints } from '../order/compare-code-points';
import type { DeclaredLicense } from './declared-license';
import type { Component } from './inventory';
import { objectChunks } from './json-chunks';
import { contentUuid, type SbomDocument } from './sbom-document';
import { isAddress } from './source-address';

const DOCUMENT_ID = 'SPDXRef-DOCUMENT';
const PROJECT_ID = 'SPDXRef-Project';
const UNKNOWN = 'NOASSERTION';
/** Of a document that nobody gave a time: the field is required (SPDX 2.3, 6.9), and a clock would make each document another. */
const NO_TIME = '1970-01-01T00:00:00Z';
/** The validator of the SPDX project takes no other hosts; the package URL has the address in any case. */
const PUBLIC_HOST =
  /^(?:git\+)?(?:https?|ssh|git):\/\/(?:git@)?[a-z0-9]+(?:[-.][a-z0-9]+){0,50}\.[a-z]{2,5}(?::\d{1,5})?(?:\/|$)/iu;
const ID_DIGITS = 16;
const MAX_ID_WORDS = 80;

/** SPDX 2.3 as JSON, in pieces: fields in a fixed order, two spaces, one newline at the end. */
export function spdxChunks(document: SbomDocument): Generator<string> {
  const id = contentUuid(chunksWith('', document));
  return chunksWith(`urn:uuid:${id}`, document);
}

function chunksWith(namespace: string, document: SbomDocument): Generator<string> {
  const { projectName, projectVersion, notes } = document;
  const extracted = extractedLicenses(document);
  return objectChunks([
    ['spdxVersion', 'SPDX-2.3'],
    ['dataLicense', 'CC0-1.0'],
    ['SPDXID', DOCUMENT_ID],
    ['name', projectVersion === null ? projectName : `${projectName}-${projectVersion}`],
    ['documentNamespace', namespace],
    ['creationInfo', creationInfo(document)],
    ...(notes.length === 0 ? [] : [['comment', notes.join('\n')] as const]),
    ...(extracted.length === 0 ? [] : [['hasExtractedLicensingInfos', extracted] as const]),
    ['packages', { items: packagesOf(document) }],
    ['relationships', { items: relationshipsOf(document) }],
  ]);
}

function creationInfo({ created, toolVersion, lister }: SbomDocument): object {
  const tools = [`SecureScan-${toolVersion}`];
  if (lister !== null) tools.push([lister.name, lister.version ?? []].flat().join('-'));
  return { created: created ?? NO_TIME, creators: tools.map((tool) => `Tool: ${tool}`) };
}

function* packagesOf(document: SbomDocument): Generator<object> {
  const { projectName, projectVersion } = document;
  yield {
    SPDXID: PROJECT_ID,
    name: projectName,
    ...(projectVersion === null ? {} : { versionInfo: projectVersion }),
    downloadLocation: UNKNOWN,
    filesAnalyzed: false,
    licenseConcluded: UNKNOWN,
    licenseDeclared: UNKNOWN,
    copyrightText: UNKNOWN,
    primaryPackagePurpose: 'APPLICATION',
  };
  for (const component of document.components) yield packageJson(component);
}

function packageJson(component: Component): object {
  const { purl, hashes, scope, foundIn } = component;
  return {
    SPDXID: idOf(component),
    name: component.fullName,
    ...(component.version === null ? {} : { versionInfo: component.version }),
    downloadLocation: downloadLocation(component),
    filesAnalyzed: false,
    ...(hashes.length === 0
      ? {}
      : {
          checksums: hashes.map(({ algorithm, hex }) => ({
            algorithm: algorithm.replace('-', ''),
            checksumValue: hex,
          })),
        }),
    sourceInfo: `found in ${foundIn.join(', ')}`,
    licenseConcluded: UNKNOWN,
    licenseDeclared: licenseDeclared(component),
    copyrightText: UNKNOWN,
    ...(scope === 'required' ? {} : { comment: `scope: ${scope}` }),
    ...(purl === null
      ? {}
      : {
          externalRefs: [
            {
              referenceCategory: 'PACKAGE-MANAGER',
              referenceType: 'purl',
              referenceLocator: purl,
            },
          ],
        }),
    primaryPackagePurpose: 'LIBRARY',
  };
}

/** Letters, digits, full stops and hyphens (SPDX 2.3, 7.2); the digits at the end make it unique. */
function idOf({ ref, type, fullName, version }: Component): string {
  const words = [type, fullName, version ?? ''].join('-').replace(/[^A-Za-z0-9.]+/gu, '-');
  const short = words.slice(0, MAX_ID_WORDS).replace(/^-|-$/gu, '');
  return `SPDXRef-Package-${short}-${sha256Hex(ref).slice(0, ID_DIGITS)}`;
}

function downloadLocation({ qualifiers }: Component): string {
  const { vcs_url: repository, download_url: archive } = qualifiers;
  const candidates = [
    repository?.startsWith('git+') === true && !repository.includes('#') ? repository : '',
    archive?.startsWith('http') === true ? archive : '',
  ];
  return candidates.find((text) => isAddress(text) && PUBLIC_HOST.test(text)) ?? UNKNOWN;
}

/** Where lock files disagree, whoever uses the package has to mind all of it. */
function licenseDeclared({ licenses }: Component): string {
  const parts = licenses.map((license) =>
    isForeign(license) ? referenceTo(license.text) : license.text,
  );
  if (parts.length === 0) return UNKNOWN;
  return parts.length === 1 ? parts.join('') : parts.map((part) => `(${part})`).join(' AND ');
}

/** Words, and expressions that refer to licences of another document, stand in this one as licences of its own. */
function isForeign(license: DeclaredLicense): boolean {
  return license.kind === 'name' || (license.kind === 'expression' && license.namesOthers);
}

function referenceTo(text: string): string {
  return `LicenseRef-${sha256Hex(text).slice(0, ID_DIGITS)}`;
}

function extractedLicenses({ components }: SbomDocument): object[] {
  const texts = components.flatMap(({ licenses }) =>
    licenses.filter(isForeign).map(({ text }) => text),
  );
  return [...new Set(texts)].sort(compareCodePoints).map((text) => ({
    licenseId: referenceTo(text),
    extractedText: text,
    name: text,
    comment: 'What a lock file says of the licence, where that is none of the SPDX list.',
  }));
}

/**
 * What the project needs itself comes first, then what packages need. What nobody is known to need is contained: of a lock file that
 * does not tell what the project needs, every package.
 */
function* relationshipsOf({ components, direct, unplaced }: SbomDocument): Generator<object> {
  const ids = new Map(components.map((component) => [component.ref, idOf(component)]));
  const idFor = (ref: string): string => ids.get(ref) ?? PROJECT_ID;
  const isDirect = new Set(direct);
  const isUnplaced = new Set(unplaced);
  const needed = new Set(components.flatMap(({ dependsOn }) => dependsOn ?? []));
  yield relationship(DOCUMENT_ID, 'DESCRIBES', PROJECT_ID);
  for (const { ref, scope } of components) {
    if (isDirect.has(ref)) yield needOfProject(idFor(ref), scope);
    else if (isUnplaced.has(ref) || !needed.has(ref)) {
      yield relationship(PROJECT_ID, 'CONTAINS', idFor(ref));
    }
  }
  for (const { ref, dependsOn } of components) {
    for (const other of dependsOn ?? []) {
      yield relationship(idFor(ref), 'DEPENDS_ON', idFor(other));
    }
  }
}

function needOfProject(id: string, scope: Component['scope']): object {
  if (scope === 'required') return relationship(PROJECT_ID, 'DEPENDS_ON', id);
  return scope === 'dev'
    ? relationship(id, 'DEV_DEPENDENCY_OF', PROJECT_ID)
    : relationship(id, 'OPTIONAL_DEPENDENCY_OF', PROJECT_ID);
}

function relationship(from: string, relationshipType: string, to: string): object {
  return { spdxElementId: from, relationshipType, relatedSpdxElement: to };
}
