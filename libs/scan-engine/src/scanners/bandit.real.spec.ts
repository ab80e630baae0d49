import { spawnSync } from 'node:child_process';
import { describeWithTool, findOnPath } from '@securescan/testing';
import { BANDIT_REMEDIATIONS } from './bandit-remediations';

describeWithTool(['bandit'], 'the tests of bandit', () => {
  it('each have a remediation', () => {
    const { stdout } = spawnSync(findOnPath('bandit') ?? '', ['--help'], { encoding: 'utf8' });
    const ids = stdout.match(/\bB\d{3}\b/gu) ?? [];
    expect(ids.length).toBeGreaterThan(50);
    expect(ids.filter((id) => !BANDIT_REMEDIATIONS.has(id))).toEqual([]);
  });
});
