import type { FindingWithStateBody, ScanBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import {
  addressOf,
  spawnServer,
  stopServer,
  type ServerProcess,
} from '../../server/test/e2e/built-server';
import { GitHubServer, PULL } from './github-server';
import { PullRequests } from './pull-requests';
import { Runner, type Ended } from './runner';

// A server starts, and a comparison is made, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const KEY = randomToken(40, 23);
const PROJECT = 'git.example/shop';

let runner: Runner;
let pulls: PullRequests;
let github: GitHubServer;
let server: ServerProcess;
let url: string;
beforeAll(async () => {
  runner = new Runner({ node: process.execPath, remembers: true });
  pulls = new PullRequests(runner.place('shop'));
  github = new GitHubServer();
  await github.start();
  server = spawnServer({ HOME: runner.place('server'), SECURESCAN_API_KEY: KEY });
  url = await addressOf(server);
});
afterAll(async () => {
  await stopServer(server);
  await github.stop();
  runner.dispose();
});

function run(inputs: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const sha = pulls.idOf('several');
  github.head = sha;
  return runner.run({
    eventName: 'pull_request',
    event: { pull_request: { number: PULL, base: { sha: pulls.idOf('base') }, head: { sha } } },
    workspace: pulls.project.directory,
    sha,
    apiUrl: github.url,
    inputs: {
      'scan-types': 'iac',
      'pr-mode': 'both',
      'upload-sarif': 'false',
      'server-url': `${url}/`,
      'api-key': KEY,
      project: PROJECT,
      ...inputs,
    },
  });
}

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { 'X-API-Key': KEY } });
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as T;
}

it('gives a server what it found, and leads to it', async () => {
  const { code, log, outputs, summary } = await run();
  expect({ code, log }).toEqual({ code: 0, log: expect.not.stringContaining('::warning') });

  const [scan, ...others] = await ask<ScanBody[]>('/scans');
  expect(others).toEqual([]);
  expect(scan).toMatchObject({ project: PROJECT, status: 'completed' });
  const page = `${url}/scan/${scan?.id ?? ''}`;
  expect(outputs['scan-url']).toBe(page);
  for (const text of [summary, github.issueComments[0]?.body]) expect(text).toContain(`(${page})`);

  const findings = await ask<FindingWithStateBody[]>(`/scans/${scan?.id ?? ''}/findings`);
  expect(findings).toHaveLength(Number(outputs['total-count']));
  const led = github.lineComments.map(({ body }) => {
    const [, address, fingerprint] =
      /\[On the server\]\((http\S+)\/findings\/([0-9a-f]{64})\)/u.exec(body ?? '') ?? [];
    expect(address).toBe(url);
    return fingerprint ?? '';
  });
  expect(led).toHaveLength(4);
  for (const fingerprint of led) {
    expect(findings.map((finding) => finding.fingerprint)).toContain(fingerprint);
    await ask(`/findings/${fingerprint}?project=${encodeURIComponent(PROJECT)}`);
  }
  expect(
    JSON.stringify([log, outputs, summary, github.issueComments, github.lineComments]),
  ).not.toContain(KEY);
});

it('says nothing new where only the scan of the server is another one', async () => {
  github.takeWrites();
  const { outputs } = await run();
  expect(github.takeWrites()).toEqual([]);
  const scans = await ask<ScanBody[]>('/scans');
  expect(scans).toHaveLength(2);
  expect(outputs['scan-url']).toBe(`${url}/scan/${scans[0]?.id ?? ''}`);
});

it.each([
  ['does not know the key', { 'api-key': 'another-key-of-somebody-0123456789' }],
  ['is not there', { 'server-url': 'http://127.0.0.1:9' }],
])('goes on, and takes nothing back, where the server %s', async (_what, inputs) => {
  github.takeWrites();
  const { code, log, outputs } = await run(inputs);
  expect({ code, log, scan: outputs['scan-url'] }).toEqual({
    code: 0,
    log: expect.stringContaining('::warning title=SecureScan::The result is not on the server: '),
    scan: '',
  });
  expect(github.takeWrites()).toEqual([]);
});
