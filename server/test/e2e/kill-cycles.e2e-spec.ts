import { runKillCycles } from './kill-cycles';

jest.setTimeout(120_000);

describe('a server that is killed under load', () => {
  it('comes up again with everything that it had answered for, and nothing half done', async () => {
    const { problems, slowestMs, ...did } = await runKillCycles(2, 7);
    expect(problems).toEqual([]);
    expect(slowestMs).toBeLessThan(2000);
    // Else it would have shown nothing.
    expect(Math.min(did.scans, did.keys)).toBeGreaterThan(0);
  });
});
