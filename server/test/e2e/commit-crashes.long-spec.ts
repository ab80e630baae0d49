import { CrashingServer } from './commit-crashes';

jest.setTimeout(1_800_000);

/** Fewer would mean that they are no longer those of the commit. */
const LEAST = 12;

describe('a crash before each statement of the unit that completes a scan', () => {
  it('leaves the status, its event, its notification and its delivery together, or none of them', async () => {
    const server = await CrashingServer.make();
    let statement = 0;
    try {
      while (await server.diesAt(statement)) {
        expect([statement, await server.problems()]).toEqual([statement, []]);
        statement += 1;
      }
    } finally {
      await server.remove();
    }
    process.stdout.write(
      `${String(statement)} crashes, one before each statement: nothing half done\n`,
    );
    expect(statement).toBeGreaterThan(LEAST);
  });
});
