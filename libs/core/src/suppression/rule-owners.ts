/** Stands for every rule. */
const ANY_RULE = '*';

/** By the look of a rule's id, who reports it. The first that fits counts. */
const OWNERS: readonly (readonly [pattern: RegExp, ...scanners: string[]])[] = [
  [/^secrets\//, 'secrets'],
  [/^dockerfile\//, 'dockerfile'],
  [/^git-hygiene\//, 'git-hygiene'],
  [/^licenses\//, 'licenses'],
  [/^npm-audit\//, 'npm-audit'],
  [/^safety\//, 'safety'],
  [/^B\d{3}$/, 'bandit'],
  [/^(?:CKV\d?|BC|CUSTOM)_/, 'checkov'],
  [/^BASELINE-/, 'baseline'],
  [/^zap-/, 'zap'],
  [/^open-port-/, 'nmap'],
  [
    /^(?:(?:missing-header|weak-header|info-disclosure|tls|cookie|cors|mixed-content)-|(?:redirect-downgrade|no-https)$)/,
    'builtin_dast',
  ],
  [/^(?:CVE|GHSA)-/, 'trivy'],
  // Advisories have the names of many databases, and a team's rules for semgrep may look the same.
  [/^[A-Z][A-Z0-9]{1,11}-[\w-]{0,100}\d/, 'trivy', 'semgrep'],
];

const FALLBACK = ['semgrep'];
const EVERYBODY = [...new Set([...FALLBACK, ...OWNERS.flatMap(([, ...scanners]) => scanners)])];

/**
 * Names of the scanners that could report a rule of this id, told by its look alone; `*` could be anybody's. A rule is known not
 * to be found only where all of them completed.
 */
export function ruleOwners(ruleId: string): readonly string[] {
  if (ruleId === ANY_RULE) return EVERYBODY;
  const [, ...owners] = OWNERS.find(([pattern]) => pattern.test(ruleId)) ?? [];
  return owners.length > 0 ? owners : FALLBACK;
}
