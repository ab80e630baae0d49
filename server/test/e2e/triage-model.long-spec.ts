import { endRuns, expectRuns, startRuns } from './triage-runs';

// Half an hour of processor time; a machine that does other things too takes its time.
jest.setTimeout(4 * 3_600_000);

beforeAll(startRuns);
afterAll(endRuns);

it('loses and moves no verdict over ten thousand sequences', async () => {
  await expectRuns({ count: 10_000, isRestarted: false });
});

it('loses and moves no verdict where the server is restarted in the middle', async () => {
  await expectRuns({ count: 50, isRestarted: true });
});
