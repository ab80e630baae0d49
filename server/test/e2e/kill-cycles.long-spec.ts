import { runKillCycles } from './kill-cycles';

jest.setTimeout(1_800_000);

const CYCLES = 50;

describe('fifty kills under load', () => {
  it('leave nothing half done and lose nothing that was answered', async () => {
    const { problems, slowestMs, ...did } = await runKillCycles(CYCLES, 11);
    process.stdout.write(
      `${CYCLES} kills: ${did.answers} answers, ${did.scans} scans, ${did.keys} keys; all ended within ${Math.round(slowestMs)} ms\n`,
    );
    expect(problems).toEqual([]);
    expect(slowestMs).toBeLessThan(2000);
    expect(Math.min(did.scans, did.keys)).toBeGreaterThan(CYCLES);
  });
});
