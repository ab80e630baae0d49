import { describeWithTool } from '@securescan/testing';
import { fuzzContract } from './contract-fuzz';

const SEEDS = [101, 102, 103, 104, 105];

describeWithTool(['schemathesis'], 'the API, tried by schemathesis for ten minutes', () => {
  it.each(SEEDS)(
    'answers as its description says with seed %d',
    async (seed) => {
      const { code, report } = await fuzzContract([
        '--seed',
        String(seed),
        '--max-examples',
        '150',
      ]);
      expect([code, code === 0 ? '' : report]).toEqual([0, '']);
    },
    600_000,
  );
});
