import type { ScanType } from '@securescan/contracts';

type RuleClass = 'secret' | 'code' | 'dependency' | 'iac' | 'other';

/** Hard-coded credentials, keys and tokens. */
const SECRET_WEAKNESSES: ReadonlySet<string> = new Set(['CWE-259', 'CWE-321', 'CWE-798']);

/** Who knows most about a class of rules, best first: the specialist before the generalist. */
const AUTHORITIES: Readonly<Record<RuleClass, readonly string[]>> = {
  secret: ['secrets', 'semgrep', 'bandit', 'git-hygiene'],
  code: ['semgrep', 'bandit'],
  dependency: ['trivy', 'npm-audit', 'safety', 'licenses'],
  iac: ['dockerfile', 'checkov', 'trivy'],
  other: [],
};

/** The place of a scanner among those that know a class of rules; the lower, the more its words count. */
export function authorityRank(finding: {
  readonly scanner: string;
  readonly scanType: ScanType;
  readonly cwe: string | null;
}): number {
  const authorities = AUTHORITIES[ruleClassOf(finding)];
  const rank = authorities.indexOf(finding.scanner);
  return rank === -1 ? authorities.length : rank;
}

function ruleClassOf(finding: {
  readonly scanType: ScanType;
  readonly cwe: string | null;
}): RuleClass {
  if (finding.cwe !== null && SECRET_WEAKNESSES.has(finding.cwe)) return 'secret';
  const { scanType } = finding;
  return scanType === 'code' || scanType === 'dependency' || scanType === 'iac'
    ? scanType
    : 'other';
}
