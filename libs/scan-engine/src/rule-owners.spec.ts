import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleOwners } from '@securescan/core';
import { SCANNERS } from './registry';

const FIXTURES = join(__dirname, 'scanners/__fixtures__');

/** Ids that the scanners of this name report, from what was captured of them. */
function capturedIds(scanner: string): string[] {
  const files = readdirSync(join(FIXTURES, scanner)).filter((name) =>
    name.endsWith('.findings.json'),
  );
  const ids = files.flatMap((file) => {
    const text = readFileSync(join(FIXTURES, scanner, file), 'utf8');
    return [...text.matchAll(/"ruleId": "([^"]+)"/g)].map(([, id]) => id ?? '');
  });
  return [...new Set(ids)];
}

describe('ruleOwners', () => {
  const names = new Set(SCANNERS.map(({ name }) => name));
  const captured = readdirSync(FIXTURES).filter(
    (name) => names.has(name) && capturedIds(name).length > 0,
  );

  it.each(captured)('names %s for what it reports', (scanner) => {
    for (const id of capturedIds(scanner)) expect([id, ruleOwners(id)]).toEqual([id, [scanner]]);
  });

  it.each(
    SCANNERS.flatMap((scanner) =>
      scanner.kind === 'external'
        ? []
        : scanner.rules.flatMap((rule) =>
            'id' in rule && typeof rule.id === 'string' ? [[scanner.name, rule.id] as const] : [],
          ),
    ),
  )('names %s for its rule %s', (scanner, id) => {
    const prefixed = [id, `${scanner}/${id}`].map((each) => ruleOwners(each));
    expect(prefixed).toContainEqual([scanner]);
  });

  it.each([
    ['secrets/github-token', ['secrets']],
    ['git-hygiene/gitleaks-generic-api-key', ['git-hygiene']],
    ['B602', ['bandit']],
    ['CKV_AWS_20', ['checkov']],
    ['CVE-2021-44906', ['trivy']],
    ['PYSEC-2021-1', ['trivy', 'semgrep']],
    ['ACME-1', ['trivy', 'semgrep']],
    ['safety/39611', ['safety']],
    ['licenses/denied', ['licenses']],
    ['npm-audit/GHSA-1-2-3', ['npm-audit']],
    ['javascript.lang.security.audit.x', ['semgrep']],
    ['B60', ['semgrep']],
    ['missing-header-csp', ['builtin_dast']],
    ['no-https', ['builtin_dast']],
    ['zap-10010', ['zap']],
    ['open-port-22', ['nmap']],
    ['BASELINE-SSH-001', ['baseline']],
  ])('%s: %j', (id, owners) => {
    expect(ruleOwners(id)).toEqual(owners);
  });

  it('knows every scanner, and nobody else', () => {
    expect(new Set(ruleOwners('*'))).toEqual(new Set(SCANNERS.map(({ name }) => name)));
  });
});
