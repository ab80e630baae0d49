import type { VerdictReason } from '@securescan/contracts';
import type { JsonReader } from '../json/json-reader';
import { type PackageRef, readPackageUrl } from './package-ref';
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

/** What CycloneDX tells apart and verdicts do not goes to the reason that is nearest. */
const REASONS: ReadonlyMap<string, VerdictReason> = new Map<string, VerdictReason>([
  ['code_not_present', 'code_not_present'],
  ['code_not_reachable', 'code_not_reachable'],
  ['requires_configuration', 'requires_configuration'],
  ['requires_dependency', 'requires_environment'],
  ['requires_environment', 'requires_environment'],
  ['protected_by_compiler', 'protected_by_control'],
  ['protected_at_runtime', 'protected_at_runtime'],
  ['protected_at_perimeter', 'protected_at_perimeter'],
  ['protected_by_mitigating_control', 'protected_by_control'],
]);
const MAX_COMPONENTS = 50_000;
const MAX_VERSION = 1_000_000_000;
const BOM_LINK = /^urn:cdx:[^#]*#/u;

type Components = ReadonlyMap<string, string>;

/**
 * Reads the vulnerabilities of a CycloneDX document, of 1.4 or later. Throws UserError VEX_INVALID.
 * @param digest what names the document where it has no serial number.
 */
export function readCyclonedxVex(top: JsonReader, digest: string): OpenVexClaims {
  const vulnerabilities = top.field('vulnerabilities');
  if (!vulnerabilities.isList) throw vulnerabilities.refusal('a list');
  const version = top.field('version').isAbsent ? 1 : top.field('version').count();
  if (version > MAX_VERSION) throw top.field('version').refusal('a number of a version');
  const metadata = top.field('metadata');
  const source = {
    format: 'cyclonedx' as const,
    documentId: claimName(top.field('serialNumber')) ?? `sha256:${digest}`,
    version,
    author: metadata.isAbsent ? null : authorOf(metadata),
    issuedAt: metadata.isAbsent ? null : claimTime(metadata.field('timestamp')),
  };
  const components = componentsOf(top, metadata);
  return { source, claims: claimsOf(vulnerabilities.itemsUpTo(MAX_STATEMENTS), components) };
}

function authorOf(metadata: JsonReader): string | null {
  const [author] = metadata.field('authors').itemsUpTo(MAX_NAMES);
  const named = author === undefined ? null : claimName(author.field('name'));
  for (const field of ['manufacturer', 'supplier', 'component']) {
    if (named !== null) return named;
    const one = metadata.field(field);
    const name = one.isAbsent ? null : claimName(one.field('name'));
    if (name !== null) return name;
  }
  return named;
}

/** Package URLs by the reference that stands for them. */
function componentsOf(top: JsonReader, metadata: JsonReader): Components {
  const components = new Map<string, string>();
  const left = [...top.field('components').itemsUpTo(MAX_COMPONENTS)];
  if (!metadata.isAbsent && !metadata.field('component').isAbsent) {
    left.push(metadata.field('component'));
  }
  for (let component = left.pop(); component !== undefined; component = left.pop()) {
    const ref = claimName(component.field('bom-ref'));
    const purl = claimName(component.field('purl'));
    if (ref !== null && purl !== null) components.set(ref, purl);
    for (const part of component.field('components').itemsUpTo(MAX_COMPONENTS)) left.push(part);
  }
  return components;
}

function* claimsOf(
  vulnerabilities: readonly JsonReader[],
  components: Components,
): Generator<VexClaim> {
  for (const [index, vulnerability] of vulnerabilities.entries()) {
    const packages: ClaimedPackage[] = [];
    const unread: string[] = [];
    for (const affected of vulnerability.field('affects').itemsUpTo(MAX_PRODUCTS)) {
      const ref = claimName(affected.field('ref')) ?? '';
      const component = componentAt(ref, components);
      const found = component === null ? [] : versionsOf(component, affected.field('versions'));
      if (found.length === 0) unread.push(ref);
      packages.push(...found.map((one) => ({ component: one, product: null })));
    }
    const analysis = vulnerability.field('analysis');
    yield {
      place: `vulnerabilities[${String(index)}]`,
      vulnerabilities: namesOf(vulnerability),
      packages,
      unread,
      proposal: analysis.isAbsent ? null : proposalOf(analysis),
      statedAt: analysis.isAbsent
        ? null
        : (claimTime(analysis.field('lastUpdated')) ?? claimTime(analysis.field('firstIssued'))),
    };
  }
}

/** By reference within the document, or by a link into another, whose references are package URLs in most. */
function componentAt(ref: string, components: Components): PackageRef | null {
  return readPackageUrl(components.get(ref) ?? linked(ref));
}

function linked(ref: string): string {
  if (!BOM_LINK.test(ref)) return ref;
  try {
    return decodeURIComponent(ref.slice(ref.indexOf('#') + 1));
  } catch {
    // Expected: a percent sign that begins no escape.
    return ref;
  }
}

/** Ranges are written in a language of their own for each kind of package: what is said of them is nobody's here. */
function versionsOf(component: PackageRef, versions: JsonReader): PackageRef[] {
  const listed = versions.itemsUpTo(MAX_NAMES);
  if (listed.length === 0) return [component];
  return listed.flatMap((one) => {
    const version = claimName(one.field('version'));
    const isMeant = (one.field('status').optionalString() ?? 'affected') === 'affected';
    return version === null || !isMeant ? [] : [{ ...component, version }];
  });
}

function namesOf(vulnerability: JsonReader): string[] {
  const ids = [
    vulnerability.field('id'),
    ...vulnerability
      .field('references')
      .itemsUpTo(MAX_NAMES)
      .map((reference) => reference.field('id')),
  ].map((id) => spelledId(id.stringUpTo(MAX_VULNERABILITY_ID)));
  return [...new Set(ids)];
}

function proposalOf(analysis: JsonReader): ProposedVerdict | null {
  const state = analysis.field('state').optionalString();
  const justification = analysis.field('justification').optionalString();
  const note = claimNote([analysis.field('detail').optionalString()]);
  switch (state) {
    case 'not_affected': {
      const reason = justification === null ? null : REASONS.get(justification);
      if (reason === undefined) throw analysis.field('justification').refusal('one of CycloneDX');
      return { status: 'false_positive', reason, note };
    }
    case 'false_positive':
      return { status: 'false_positive', reason: null, note };
    case 'exploitable':
      return { status: 'triaged', reason: null, note };
    case 'resolved':
    case 'resolved_with_pedigree':
      return { status: 'fixed', reason: null, note };
    case 'in_triage':
    case null:
      return null;
    default:
      throw analysis.field('state').refusal('one of CycloneDX');
  }
}
