import { VEX_JUSTIFICATIONS } from '@securescan/contracts';
import { objectChunks } from '../sbom/json-chunks';
import { contentUuid } from '../sbom/sbom-document';
import type { PackageRef } from './package-ref';
import { sourceOf } from './vulnerability-ids';
import type { VexDocument, VexStatement } from './vex-document';
import { actionOf, impactOf, writtenBy } from './words';

/** Where the project itself stands among the references; package URLs begin with `pkg:`. */
const PROJECT_REF = 'securescan:project';

/** A CycloneDX 1.6 document of vulnerabilities and the components that they are in, as JSON in pieces. */
export function cyclonedxVexChunks(document: VexDocument): Generator<string> {
  return chunksWith(`urn:uuid:${contentUuid(chunksWith('', document))}`, document);
}

function chunksWith(serialNumber: string, document: VexDocument): Generator<string> {
  return objectChunks([
    ['$schema', 'http://cyclonedx.org/schema/bom-1.6.schema.json'],
    ['bomFormat', 'CycloneDX'],
    ['specVersion', '1.6'],
    ['serialNumber', serialNumber],
    ['version', 1],
    ['metadata', metadataOf(document)],
    ['components', { items: componentsOf(document) }],
    ['vulnerabilities', { items: vulnerabilitiesOf(document) }],
  ]);
}

function metadataOf({ timestamp, toolVersion, project, product }: VexDocument): object {
  const tool = { type: 'application', name: 'SecureScan', version: toolVersion };
  return {
    timestamp,
    tools: { components: [tool] },
    component: { type: 'application', 'bom-ref': PROJECT_REF, name: project, purl: product },
  };
}

/** Every package that a vulnerability refers to, once: references resolve within the document. */
function* componentsOf({ statements }: VexDocument): Generator<object> {
  const seen = new Set<string>();
  for (const { component } of statements) {
    if (seen.has(component.purl)) continue;
    seen.add(component.purl);
    yield componentJson(component);
  }
}

function componentJson({ purl, namespace, shortName, version }: PackageRef): object {
  return {
    type: 'library',
    'bom-ref': purl,
    ...(namespace === null ? {} : { group: namespace }),
    name: shortName,
    ...(version === null ? {} : { version }),
    purl,
  };
}

function* vulnerabilitiesOf({ statements }: VexDocument): Generator<object> {
  for (const statement of statements) yield vulnerabilityJson(statement);
}

function vulnerabilityJson(statement: VexStatement): object {
  const { id, aliases } = statement.vulnerability;
  const { purl } = statement.component;
  return {
    'bom-ref': `${id}/${purl}`,
    id,
    source: sourceJson(id),
    ...(aliases.length === 0
      ? {}
      : { references: aliases.map((alias) => ({ id: alias, source: sourceJson(alias) })) }),
    analysis: analysisOf(statement),
    affects: [{ ref: purl }],
  };
}

function sourceJson(id: string): object {
  const { name, url } = sourceOf(id);
  return { name, ...(url === null ? {} : { url }) };
}

function analysisOf(statement: VexStatement): object {
  const { verdict } = statement;
  return {
    ...judgementOf(statement),
    ...(verdict === null ? {} : { lastUpdated: verdict.updatedAt }),
  };
}

function judgementOf(statement: VexStatement): object {
  const { status, verdict } = statement;
  const reason = verdict?.reason ?? null;
  const note = writtenBy(verdict);
  switch (status) {
    case 'not_affected':
      return reason === null
        ? { state: 'false_positive', detail: impactOf(verdict) }
        : {
            state: 'not_affected',
            justification: VEX_JUSTIFICATIONS[reason].cyclonedx,
            detail: impactOf(verdict),
          };
    case 'affected':
      return { state: 'exploitable', ...responseOf(statement), detail: actionOf(statement) };
    case 'fixed':
      return { state: 'resolved', ...(note === null ? {} : { detail: note }) };
    case 'under_investigation':
      return { state: 'in_triage', ...(note === null ? {} : { detail: note }) };
  }
}

function responseOf({ verdict, hasUpdate }: VexStatement): object {
  if (verdict?.status !== 'triaged') return { response: ['will_not_fix'] };
  return hasUpdate ? { response: ['update'] } : {};
}
