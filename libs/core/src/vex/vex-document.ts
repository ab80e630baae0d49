import type { JsonObject, Verdict, VerdictReason } from '@securescan/contracts';
import { compareCodePoints } from '../order/compare-code-points';
import { DefectError } from '../errors';
import { type PackageRef, projectUrl, readPackageUrl } from './package-ref';
import { idsOfFinding, vulnerabilityNames, type VulnerabilityNames } from './vulnerability-ids';

/** What OpenVEX and CycloneDX tell apart, in the words of OpenVEX. */
export type VexStatus = 'not_affected' | 'affected' | 'fixed' | 'under_investigation';

/** What somebody decided about a finding; times as ISO 8601 in UTC. */
export interface VexVerdict {
  readonly status: Verdict;
  readonly note: string | null;
  readonly reason: VerdictReason | null;
  readonly updatedAt: string;
}

/** What is needed of a finding. */
export interface VexFinding {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly remediation: string | null;
  readonly metadata: JsonObject;
}

/** What is said about one vulnerability in one package. */
export interface VexStatement {
  readonly vulnerability: VulnerabilityNames;
  readonly component: PackageRef;
  readonly status: VexStatus;
  /** `null` where nobody has decided. */
  readonly verdict: VexVerdict | null;
  /** How to be rid of it, as the scanner says. */
  readonly remediation: string | null;
  readonly hasUpdate: boolean;
}

export interface VexFacts {
  readonly toolVersion: string;
  readonly project: string;
  /** When the findings were what they are, as ISO 8601 in UTC: never the clock's time (ADR 0013). */
  readonly asOf: string;
}

export interface VexDocument extends VexFacts {
  /** The project as package URL. */
  readonly product: string;
  /** The latest of the verdicts, or when the findings were made. */
  readonly timestamp: string;
  /** By vulnerability, then by package. */
  readonly statements: readonly VexStatement[];
}

interface Draft extends Omit<VexStatement, 'vulnerability'> {
  readonly ids: readonly string[];
  readonly fingerprint: string;
}

/** Reports of one vulnerability in one package: scanners call it by different names, and each of them may call it by several. */
interface Group {
  readonly drafts: Draft[];
}

/** Where one package has several verdicts on one vulnerability, the one that promises least is told. */
const CAUTION: readonly VexStatus[] = ['affected', 'under_investigation', 'fixed', 'not_affected'];

/**
 * Collects what verdicts say about vulnerabilities in packages. Findings may come in any order and many at a time; of each no
 * more is kept than its statement needs.
 */
export class VexStatements {
  private readonly groups = new Map<string, Group>();
  /** Findings that VEX has no words for: they are not about a known vulnerability in a package. */
  leftOut = 0;

  add(finding: VexFinding, verdict: VexVerdict | null): void {
    const ids = idsOfFinding(finding.ruleId, finding.metadata['advisories']);
    const { purl } = finding.metadata;
    const component = typeof purl === 'string' ? readPackageUrl(purl) : null;
    if (ids.length === 0 || component === null) {
      this.leftOut += 1;
      return;
    }
    const { fixed_version: fixedVersion } = finding.metadata;
    this.join({
      ids,
      component,
      fingerprint: finding.fingerprint,
      status: statusOf(verdict),
      verdict,
      remediation: finding.remediation,
      hasUpdate: typeof fixedVersion === 'string' && fixedVersion !== '',
    });
  }

  /** Puts a draft where others of its names are, and brings together what it shows to be one. */
  private join(draft: Draft): void {
    const known = new Set(keysOf(draft).flatMap((key) => this.groups.get(key) ?? []));
    const [group = { drafts: [] }, ...others] = known;
    for (const moved of [draft, ...others.flatMap(({ drafts }) => drafts)]) {
      group.drafts.push(moved);
      for (const key of keysOf(moved)) this.groups.set(key, group);
    }
  }

  /** The document, whose statements depend on no order. */
  document(facts: VexFacts): VexDocument {
    const statements = [...new Set(this.groups.values())].map(statementOf).sort(byVulnerability);
    const times = statements.flatMap(({ verdict }) => verdict?.updatedAt ?? []);
    return {
      ...facts,
      product: projectUrl(facts.project),
      timestamp: times.reduce((latest, time) => (time > latest ? time : latest), facts.asOf),
      statements,
    };
  }
}

/** What a verdict says in the words of VEX. A reason is what makes `not_affected` of a risk that somebody lives with. */
function statusOf(verdict: Pick<VexVerdict, 'status' | 'reason'> | null): VexStatus {
  switch (verdict?.status) {
    case undefined:
    case 'new':
      return 'under_investigation';
    case 'triaged':
      return 'affected';
    case 'fixed':
      return 'fixed';
    case 'false_positive':
      return 'not_affected';
    case 'accepted_risk':
    case 'wont_fix':
      return verdict.reason === null ? 'affected' : 'not_affected';
  }
}

function keysOf({ component, ids }: Draft): string[] {
  return ids.map((id) => JSON.stringify([component.purl, id]));
}

function statementOf({ drafts }: Group): VexStatement {
  const [told] = [...drafts].sort(
    (a, b) =>
      CAUTION.indexOf(a.status) - CAUTION.indexOf(b.status) ||
      compareCodePoints(b.verdict?.updatedAt ?? '', a.verdict?.updatedAt ?? '') ||
      compareCodePoints(a.fingerprint, b.fingerprint) ||
      compareCodePoints(a.remediation ?? '', b.remediation ?? ''),
  );
  const vulnerability = vulnerabilityNames(drafts.flatMap(({ ids }) => ids));
  if (told === undefined || vulnerability === null) {
    throw new DefectError('INVARIANT_BROKEN', 'A statement about nothing.');
  }
  const { component, status, verdict, remediation, hasUpdate } = told;
  return { vulnerability, component, status, verdict, remediation, hasUpdate };
}

function byVulnerability(a: VexStatement, b: VexStatement): number {
  return (
    compareCodePoints(a.vulnerability.id, b.vulnerability.id) ||
    compareCodePoints(a.component.purl, b.component.purl)
  );
}
