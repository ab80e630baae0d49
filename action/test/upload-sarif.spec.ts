import { GitHubApi } from '../src/github/github-api';
import { uploadSarif } from '../src/upload-sarif';
import { GitHubServer, HEAD, REPOSITORY } from './github-server';
import { FakeClock } from './fake-clock';

let github: GitHubServer;
let clock: FakeClock;
beforeEach(async () => {
  github = new GitHubServer();
  await github.start();
  clock = new FakeClock();
});
afterEach(async () => {
  await github.stop();
});

function upload(): Promise<string | null> {
  const api = new GitHubApi({ apiUrl: github.url, token: 't', clock });
  const place = { repository: REPOSITORY, ref: 'refs/pull/7/head', commit: HEAD };
  return uploadSarif(api, { ...place, sarif: '{"runs":[]}' }, clock);
}

it('uploads the log and waits until it was read', async () => {
  github.uploadStates = [{ processing_status: 'pending' }, { processing_status: 'complete' }];
  expect(await upload()).toBeNull();
  expect(github.uploads).toEqual([{ ref: 'refs/pull/7/head', commit: HEAD, sarif: { runs: [] } }]);
  expect(clock.waits).toEqual([5_000]);
});

it('knows that an upload is not known at once', async () => {
  github.faults.push({ on: /upload-1/, status: 404, times: 1 });
  expect(await upload()).toBeNull();
});

it('stops waiting after two minutes', async () => {
  github.uploadStates = [{ processing_status: 'pending' }];
  expect(await upload()).toContain('will show up later');
});

it('says what code scanning could not read', async () => {
  github.uploadStates = [{ processing_status: 'failed', errors: ['rule 1 is odd'] }];
  expect(await upload()).toContain('could not read the log: rule 1 is odd');
});

it.each([
  [403, 'Advanced Security must be enabled for this repository', 'is not switched on'],
  [403, 'Resource not accessible by integration', 'security-events: write'],
  [404, 'Not Found', 'does not know this repository'],
  [413, 'Too large', 'larger than code scanning takes'],
  [422, 'commit not found', 'GitHub answered 422: commit not found'],
])('puts %i %s into plain words', async (status, message, words) => {
  github.faults.push({ on: /^POST/, status, message, times: 1 });
  expect(await upload()).toContain(words);
});
