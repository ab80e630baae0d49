import { runManyScans } from './many-scans';

jest.setTimeout(600_000);

/** What the process may still grow once forty scans have passed through its eight threads. */
const MOST_GROWTH_MB = 100;

describe('two hundred scans at once', () => {
  it('all complete, with never more tools running than there are slots, and memory stays flat', async () => {
    const result = await runManyScans(200);
    process.stdout.write(
      `200 scans: ${result.earlyMb} MB after 40, ${result.lateMb} MB at the end\n`,
    );
    expect([...result.statuses]).toEqual(['completed']);
    expect(result.started).toBe(400);
    expect(result.mostAtOnce).toBe(result.slots);
    expect(result.lateMb - result.earlyMb).toBeLessThan(MOST_GROWTH_MB);
  });
});
