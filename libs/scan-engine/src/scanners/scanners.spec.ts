import { SECRET_PATTERNS } from '@securescan/core';
import { SCANNERS } from '../registry';
import { BASELINE_RULES } from './baseline/rules';
import { DOCKERFILE_RULES } from './dockerfile/rules';
import { LICENSE_RULES } from './licenses/rules';
import { missingIgnoreRuleId, SENSITIVE_KINDS, trackedRuleId } from './git-hygiene/rules';
import { describeScannerContract, RULE_ID } from './scanner.contract';

for (const scanner of SCANNERS) describeScannerContract(scanner);

describe('the scanners together', () => {
  it('have different names', () => {
    expect(new Set(SCANNERS.map(({ name }) => name)).size).toBe(SCANNERS.length);
  });

  it('have rule ids that an inline directive can name, none twice', () => {
    const ids = [
      ...BASELINE_RULES.map(({ id }) => id),
      ...DOCKERFILE_RULES.map(({ id }) => `dockerfile/${id}`),
      ...SENSITIVE_KINDS.flatMap((kind) => [trackedRuleId(kind), missingIgnoreRuleId(kind)]),
      ...SECRET_PATTERNS.flatMap(({ id }) => [`secrets/${id}`, `secrets/git-history-${id}`]),
      'secrets/env-file-secret',
      'secrets/git-history-env-file-secret',
      'git-hygiene/no-gitignore',
      ...Object.keys(LICENSE_RULES).map((name) => `licenses/${name}`),
      'licenses/copyleft-npm',
    ];
    for (const id of ids) expect(id).toMatch(RULE_ID);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
