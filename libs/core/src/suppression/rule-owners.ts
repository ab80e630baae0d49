/** How the ids of a scanner's rules begin, as its parser gives them. */
const OWNERS: readonly (readonly [scanner: string, ids: RegExp])[] = [
  ['secrets', /^secrets\//u],
  ['dockerfile', /^dockerfile\//u],
  ['git-hygiene', /^git-hygiene\//u],
  ['licenses', /^licenses?[-/]/u],
  ['npm-audit', /^npm-audit\//u],
  ['safety', /^safety\//u],
  ['baseline', /^BASELINE-/u],
  ['zap', /^zap-/u],
  ['nmap', /^open-port-/u],
  ['bandit', /^B\d{3}$/u],
  ['checkov', /^CKV/u],
  ['trivy', /^(?:CVE-|GHSA-|DS-?\d|AVD-|KSV|AWS-|NSWG-|DLA-|DSA-)/u],
];

/** Whose ids have no form of their own: semgrep's rules are named by paths with dots, or just by a word. */
const OTHERS: readonly string[] = ['semgrep', 'builtin_dast', 'trivy'];

/** The scanners that a rule may belong to, by the form of its id. */
export function ruleOwners(ruleId: string): readonly string[] {
  const owners = OWNERS.filter(([, ids]) => ids.test(ruleId)).map(([scanner]) => scanner);
  if (owners.length > 0) return owners;
  return ruleId.includes('.') ? ['semgrep'] : OTHERS;
}
