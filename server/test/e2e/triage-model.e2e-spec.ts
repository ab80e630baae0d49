import { endRuns, expectRuns, startRuns } from './triage-runs';

beforeAll(startRuns);
afterAll(endRuns);

// `npm run test:long` has 10 000 of them, and some with a restart.
it('loses and moves no verdict, and the history tells all of it', async () => {
  await expectRuns({ count: 60, isRestarted: false });
}, 120_000);
