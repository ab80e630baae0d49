import { ruleOwners } from './rule-owners';

describe('ruleOwners', () => {
  it.each([
    ['secrets/github-token', 'secrets'],
    ['dockerfile/DL001', 'dockerfile'],
    ['git-hygiene/no-gitignore', 'git-hygiene'],
    ['licenses/copyleft-npm', 'licenses'],
    ['npm-audit/GHSA-1', 'npm-audit'],
    ['safety/1', 'safety'],
    ['BASELINE-SSH-001', 'baseline'],
    ['zap-10021', 'zap'],
    ['open-port-22', 'nmap'],
    ['B101', 'bandit'],
    ['CKV2_AWS_1', 'checkov'],
    ['CVE-2024-1', 'trivy'],
    ['DS-0002', 'trivy'],
    ['python.lang.eval', 'semgrep'],
  ])('%s is a rule of %s', (rule, owner) => {
    expect(ruleOwners(rule)).toEqual([owner]);
  });

  it('does not know whose a plain word is', () => {
    expect(ruleOwners('cors-null-origin')).toContain('builtin_dast');
    expect(ruleOwners('cors-null-origin')).toContain('semgrep');
  });
});
