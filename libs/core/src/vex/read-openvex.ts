import type { VerdictReason } from '@securescan/contracts';
import type { JsonReader } from '../json/json-reader';
import { readPackageUrl } from './package-ref';
import {
  type ClaimedPackage,
  claimName,
  claimNote,
  claimTime,
  MAX_NAMES,
  MAX_PRODUCTS,
  MAX_STATEMENTS,
  type OpenVexClaims,
  type ProposedVerdict,
  type VexClaim,
} from './vex-claims';
import { MAX_VULNERABILITY_ID, spelledId } from './vulnerability-ids';

/** Of several reasons that are one to OpenVEX, the one that claims least. */
const REASONS: ReadonlyMap<string, VerdictReason> = new Map<string, VerdictReason>([
  ['component_not_present', 'component_not_present'],
  ['vulnerable_code_not_present', 'code_not_present'],
  ['vulnerable_code_not_in_execute_path', 'code_not_reachable'],
  ['vulnerable_code_cannot_be_controlled_by_adversary', 'requires_environment'],
  ['inline_mitigations_already_exist', 'protected_by_control'],
]);
const MAX_VERSION = 1_000_000_000;

/** What a statement names: packages, and texts that name none that we could find. */
interface Named {
  readonly packages: ClaimedPackage[];
  readonly unread: string[];
}

/** Reads OpenVEX, of version 0.2.0 or before. Throws UserError VEX_INVALID. */
export function readOpenvex(top: JsonReader): OpenVexClaims {
  const version = top.field('version').isAbsent ? 1 : top.field('version').count();
  if (version > MAX_VERSION) throw top.field('version').refusal('a number of a version');
  const documentId = claimName(top.field('@id'));
  if (documentId === null) throw top.field('@id').refusal('the id of the document');
  const issuedAt = claimTime(top.field('last_updated')) ?? claimTime(top.field('timestamp'));
  const source = {
    format: 'openvex' as const,
    documentId,
    version,
    author: claimName(top.field('author')),
    issuedAt,
  };
  const statements = top.field('statements');
  if (!statements.isList) throw statements.refusal('a list');
  return { source, claims: claimsOf(statements.itemsUpTo(MAX_STATEMENTS)) };
}

function* claimsOf(statements: readonly JsonReader[]): Generator<VexClaim> {
  for (const [index, statement] of statements.entries()) {
    const named: Named = { packages: [], unread: [] };
    for (const product of statement.field('products').itemsUpTo(MAX_PRODUCTS)) {
      readProduct(product, named);
    }
    yield {
      place: `statements[${String(index)}]`,
      vulnerabilities: namesOf(statement.field('vulnerability')),
      ...named,
      proposal: proposalOf(statement),
      statedAt:
        claimTime(statement.field('last_updated')) ?? claimTime(statement.field('timestamp')),
    };
  }
}

function namesOf(vulnerability: JsonReader): string[] {
  if (vulnerability.isText) return [spelledId(vulnerability.stringUpTo(MAX_VULNERABILITY_ID))];
  const names = [
    vulnerability.field('name'),
    ...vulnerability.field('aliases').itemsUpTo(MAX_NAMES),
  ].map((name) => spelledId(name.stringUpTo(MAX_VULNERABILITY_ID)));
  return [...new Set(names)];
}

/** With subcomponents it is about those, within the product; without, about the product itself. */
function readProduct(product: JsonReader, { packages, unread }: Named): void {
  const subcomponents = product.isText ? [] : product.field('subcomponents').itemsUpTo(MAX_NAMES);
  const within = subcomponents.length === 0 ? null : (urlsOf(product)[0] ?? null);
  for (const component of subcomponents.length === 0 ? [product] : subcomponents) {
    const urls = urlsOf(component);
    const found = urls.flatMap((url) => readPackageUrl(url) ?? []);
    if (found.length === 0) unread.push(urls[0] ?? 'a product without an id');
    const [first] = found;
    if (first !== undefined) packages.push({ component: first, product: within });
  }
}

/** The package URL first, where there is one beside the id. */
function urlsOf(component: JsonReader): string[] {
  if (component.isText) return [claimName(component) ?? ''];
  const identifiers = component.field('identifiers');
  const purl = identifiers.isAbsent ? null : claimName(identifiers.field('purl'));
  return [purl, claimName(component.field('@id'))].flatMap((one) => one ?? []);
}

function proposalOf(statement: JsonReader): ProposedVerdict | null {
  const status = statement.field('status').string();
  const said = (name: string): string | null => statement.field(name).optionalString();
  const justification = said('justification');
  switch (status) {
    case 'not_affected': {
      const reason = justification === null ? null : REASONS.get(justification);
      if (reason === undefined) throw statement.field('justification').refusal('one of OpenVEX');
      const note = claimNote([said('impact_statement'), said('status_notes')]);
      return { status: 'false_positive', reason, note };
    }
    case 'affected': {
      const note = claimNote([said('action_statement'), said('status_notes')]);
      return { status: 'triaged', reason: null, note };
    }
    case 'fixed':
      return { status: 'fixed', reason: null, note: claimNote([said('status_notes')]) };
    case 'under_investigation':
      return null;
    default:
      throw statement.field('status').refusal('one of OpenVEX');
  }
}
