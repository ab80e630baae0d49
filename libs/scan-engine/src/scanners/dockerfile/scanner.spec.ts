import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeTreeContract } from '../tree.contract';
import { DOCKERFILE_RULES } from './rules';
import { dockerfileScanner } from './scanner';

describeTreeContract(dockerfileScanner);

describe('the tree for dockerfile', () => {
  const golden = readFileSync(join(__dirname, '../__fixtures__/dockerfile/findings.json'), 'utf8');
  const findings = JSON.parse(golden) as readonly { ruleId: string; filePath: string }[];

  it('has an example of every rule', () => {
    const ids = new Set(findings.map(({ ruleId }) => ruleId));
    expect(ids).toEqual(new Set(DOCKERFILE_RULES.map(({ id }) => `dockerfile/${id}`)));
  });

  it('has images that give no cause for complaint', () => {
    expect(findings.filter(({ filePath }) => filePath.startsWith('web/'))).toEqual([]);
  });
});
