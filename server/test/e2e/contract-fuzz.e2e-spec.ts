import { describeWithTool } from '@securescan/testing';
import { fuzzContract } from './contract-fuzz';

describeWithTool(['schemathesis'], 'the API, tried by schemathesis with a fixed seed', () => {
  it('answers as its description says, and never with 5xx', async () => {
    const { code, report } = await fuzzContract(['--seed', '7', '--max-examples', '4']);
    expect(report).toContain('Selected: ');
    expect([code, code === 0 ? '' : report]).toEqual([0, '']);
  }, 300_000);
});
