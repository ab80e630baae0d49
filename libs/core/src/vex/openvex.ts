import { VEX_JUSTIFICATIONS } from '@securescan/contracts';
import { objectChunks } from '../sbom/json-chunks';
import { contentUuid } from '../sbom/sbom-document';
import { sourceOf, type VulnerabilityNames } from './vulnerability-ids';
import type { VexDocument, VexStatement, VexVerdict } from './vex-document';
import { actionOf, impactOf, writtenBy } from './words';

const OPENVEX_CONTEXT = 'https://openvex.dev/ns/v0.2.0';

/** OpenVEX 0.2.0 as JSON, in pieces: fields in a fixed order, two spaces, one newline at the end. */
export function openvexChunks(document: VexDocument): Generator<string> {
  return chunksWith(`urn:uuid:${contentUuid(chunksWith('', document))}`, document);
}

function chunksWith(id: string, document: VexDocument): Generator<string> {
  const { project, timestamp, toolVersion } = document;
  return objectChunks([
    ['@context', OPENVEX_CONTEXT],
    ['@id', id],
    ['author', project],
    ['role', 'project'],
    ['timestamp', timestamp],
    // What says anything else is another document with another id.
    ['version', 1],
    ['tooling', `SecureScan ${toolVersion}`],
    ['statements', { items: statementsOf(document) }],
  ]);
}

function* statementsOf(document: VexDocument): Generator<object> {
  for (const statement of document.statements) yield statementJson(statement, document);
}

function statementJson(
  statement: VexStatement,
  { product, asOf }: Pick<VexDocument, 'product' | 'asOf'>,
): object {
  const { vulnerability, component, status, verdict } = statement;
  const { purl } = component;
  return {
    vulnerability: vulnerabilityJson(vulnerability),
    // That nobody has decided has been so since it was found.
    timestamp: verdict?.updatedAt ?? asOf,
    products: [{ '@id': product, subcomponents: [{ '@id': purl, identifiers: { purl } }] }],
    status,
    ...explanation(statement),
  };
}

function vulnerabilityJson({ id, aliases }: VulnerabilityNames): object {
  const { url } = sourceOf(id);
  return {
    ...(url === null ? {} : { '@id': url }),
    name: id,
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

/** What the status must be explained with, and the note where nothing else says it. */
function explanation(statement: VexStatement): object {
  const { status, verdict } = statement;
  const note = writtenBy(verdict);
  switch (status) {
    case 'not_affected':
      return notAffected(verdict);
    case 'affected':
      return { action_statement: actionOf(statement) };
    case 'fixed':
    case 'under_investigation':
      return note === null ? {} : { status_notes: note };
  }
}

function notAffected(verdict: VexVerdict | null): object {
  const reason = verdict?.reason ?? null;
  return {
    ...(reason === null ? {} : { justification: VEX_JUSTIFICATIONS[reason].openvex }),
    impact_statement: impactOf(verdict),
  };
}
