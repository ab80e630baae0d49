import { CrashingServer } from './commit-crashes';

jest.setTimeout(120_000);

describe('a crash in the unit that completes a scan', () => {
  it('leaves the status, its event, its notification and its delivery together, or none of them', async () => {
    const server = await CrashingServer.make();
    try {
      for (const statement of [0, 12]) {
        expect([statement, await server.diesAt(statement)]).toEqual([statement, true]);
        expect([statement, await server.problems()]).toEqual([statement, []]);
      }
    } finally {
      await server.remove();
    }
  });
});
