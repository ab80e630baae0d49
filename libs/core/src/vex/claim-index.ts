import type { VexFinding } from './vex-document';
import { readPackageUrl } from './package-ref';
import { type ClaimedPackage, MAX_CLAIMED_PACKAGES, refuseVex, type VexClaim } from './vex-claims';
import { idsOfFinding } from './vulnerability-ids';

interface Entry {
  readonly claim: VexClaim;
  readonly claimed: ClaimedPackage;
  readonly order: number;
}

/** What a document says about one vulnerability in one package. */
interface Place {
  /** Of several statements the latest. */
  told: Entry;
  readonly claims: VexClaim[];
  isMatched: boolean;
}

/** What a statement says about a finding. */
export interface ClaimMatch extends ClaimedPackage {
  readonly claim: VexClaim;
  /** The name by which both know the vulnerability. */
  readonly vulnerability: string;
  /** The package of the finding. */
  readonly purl: string;
}

/** The statements of a document by what they are about, so that each finding costs a few looks whatever is said. */
export class ClaimIndex {
  private readonly places = new Map<string, Place>();
  private packages = 0;
  readonly claims: VexClaim[] = [];

  /** Throws UserError VEX_INVALID where the document names more packages than one may. */
  add(claim: VexClaim): void {
    const order = this.claims.push(claim);
    this.packages += claim.packages.length * claim.vulnerabilities.length;
    if (this.packages > MAX_CLAIMED_PACKAGES) {
      throw refuseVex(`it names more than ${String(MAX_CLAIMED_PACKAGES)} packages`);
    }
    if (claim.proposal === null) return;
    for (const claimed of claim.packages) {
      for (const id of claim.vulnerabilities) this.put(id, { claim, claimed, order });
    }
  }

  /** What is said about a finding; `null` for nothing. What names its version comes before what means all of them. */
  match({ ruleId, metadata }: Pick<VexFinding, 'ruleId' | 'metadata'>): ClaimMatch | null {
    const { purl } = metadata;
    const found = typeof purl === 'string' ? readPackageUrl(purl) : null;
    if (found === null) return null;
    const ids = idsOfFinding(ruleId, metadata['advisories']);
    const keys = [...new Set([found.version, null])].flatMap((version) =>
      ids.map((id) => [id, keyOf(id, found.name, version)] as const),
    );
    const places = keys.flatMap(([vulnerability, key]) => {
      const place = this.places.get(key);
      return place === undefined ? [] : [{ place, vulnerability }];
    });
    for (const { place } of places) place.isMatched = true;
    const [first] = places;
    if (first === undefined) return null;
    const { claim, claimed } = first.place.told;
    return { ...claimed, claim, vulnerability: first.vulnerability, purl: found.purl };
  }

  /** Statements that propose something and fit no finding that was asked about. */
  unmatched(): VexClaim[] {
    const matched = new Set<VexClaim>();
    for (const { claims, isMatched } of this.places.values()) {
      if (isMatched) for (const claim of claims) matched.add(claim);
    }
    return this.claims.filter((claim) => claim.proposal !== null && !matched.has(claim));
  }

  private put(id: string, entry: Entry): void {
    const { name, version } = entry.claimed.component;
    const key = keyOf(id, name, version);
    const known = this.places.get(key);
    if (known === undefined) {
      this.places.set(key, { told: entry, claims: [entry.claim], isMatched: false });
      return;
    }
    known.claims.push(entry.claim);
    if (!isLater(known.told, entry)) known.told = entry;
  }
}

/** Whether a statement counts before another: by its time, then by its place. */
function isLater(one: Entry, other: Entry): boolean {
  const [a, b] = [one.claim.statedAt ?? '', other.claim.statedAt ?? ''];
  return a === b ? one.order > other.order : a > b;
}

function keyOf(id: string, name: string, version: string | null): string {
  return JSON.stringify([id, name, version]);
}
