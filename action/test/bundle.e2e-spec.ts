import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeScanningProblems, randomToken } from '@securescan/testing';
import { Project } from '../../cli/test/history/project';
import { GitHubServer, HEAD, PULL, REPOSITORY } from './github-server';
import { BANDIT } from './pull-requests';
import { Runner, type Ended } from './runner';

// Each run scans two revisions, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..');
const KEY = `ACCESS_KEY = "AKIA${randomToken(16, 7, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}"\n`;
/** Milliseconds from the start of the program until it knows what to do. */
const MOST_START_MS = 300;

let runner: Runner;
let project: Project;
let github: GitHubServer;
beforeAll(() => {
  runner = new Runner();
  project = new Project(runner.place('shop'));
  project.write('a.py', 'REGION = "eu-central-1"\n');
  project.commit('base');
  project.write('b.py', KEY);
  project.commit('head');
});
afterAll(() => {
  runner.dispose();
});
beforeEach(async () => {
  github = new GitHubServer();
  await github.start();
});
afterEach(async () => {
  await github.stop();
});

function runAction(
  eventName: string,
  event: object,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const sha = project.git('rev-parse', 'HEAD');
  const workspace = project.directory;
  return runner.run({ eventName, event, workspace, sha, apiUrl: github.url, inputs });
}

function pullRequest(): object {
  github.head = project.git('rev-parse', 'HEAD');
  const base = { sha: project.git('rev-parse', 'HEAD~1') };
  return { pull_request: { number: PULL, base, head: { sha: github.head } } };
}

it('is what its sources make', () => {
  const check = spawnSync(process.execPath, [
    join(ROOT, 'libs/tooling/bundle.mjs'),
    'action',
    '--check',
  ]);
  expect([check.status, String(check.stderr)]).toEqual([0, '']);
});

it('tells of a change in a fresh repository, once, and leaves the tree alone', async () => {
  const before = project.digest();
  const { code, log, outputs, summary } = await runAction('pull_request', pullRequest(), {
    'pr-mode': 'both',
    'fail-on-severity': 'high',
  });
  expect({ code, log }).toEqual({
    code: 1,
    log: expect.stringContaining('::error title=SecureScan::The change brings 1 new'),
  });
  expect(outputs).toMatchObject({
    'exit-code': '1',
    'new-count': '1',
    'fixed-count': '0',
    'highest-severity': 'critical',
    'comment-url': expect.stringMatching(/octo\/shop\/pull\/7#issuecomment-\d+$/),
  });
  expect(summary).toContain('1 new finding');
  expect(github.lineComments).toEqual([
    expect.objectContaining({ path: 'b.py', line: 1, commit_id: github.head }),
  ]);
  expect(github.uploads.map(({ ref, commit }) => [ref, commit])).toEqual([
    ['refs/pull/7/head', github.head],
  ]);
  expect(codeScanningProblems(readFileSync(outputs['sarif-path'] ?? '', 'utf8'))).toEqual([]);
  expect(readdirSync(outputs['directory'] ?? '').sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'comment.md',
    'head.json',
    'report.json',
    'report.sarif',
    'review.json',
  ]);

  github.takeWrites();
  const again = await runAction('pull_request', pullRequest(), { 'pr-mode': 'both' });
  expect(again.code).toBe(0);
  expect(github.takeWrites()).toEqual([`POST /repos/${REPOSITORY}/code-scanning/sarifs`]);
  expect(project.digest()).toBe(before);
});

it('does not fail where it may only read, and tells the summary of the job', async () => {
  github.isReadOnly = true;
  const { code, log, summary } = await runAction('pull_request', pullRequest());
  expect(code).toBe(0);
  expect(log).toContain(
    '::warning title=SecureScan::The pull request was not told: GitHub answered 403',
  );
  expect(log).toContain('security-events: write');
  expect(summary).toContain('AWS access key id');
});

it('scans everything on a schedule, and fails for nothing that was there before', async () => {
  const { code, outputs } = await runAction('schedule', {}, { 'fail-on-severity': 'low' });
  expect(code).toBe(0);
  expect(outputs).toMatchObject({ 'new-count': '', 'highest-severity': 'critical' });
  expect(Number(outputs['total-count'])).toBeGreaterThan(0);
  expect(github.uploads).toEqual([expect.objectContaining({ ref: 'refs/heads/main' })]);
});

it('says what a clone without history lacks', async () => {
  const event = {
    pull_request: { number: PULL, base: { sha: '1'.repeat(40) }, head: { sha: HEAD } },
  };
  const { code, log, outputs } = await runAction('pull_request', event);
  expect(code).toBe(2);
  expect(log).toContain('fetch-depth: 0');
  expect(outputs).toMatchObject({ 'exit-code': '2', 'new-count': '' });
  expect(github.takeWrites()).toEqual([]);
});

it('knows what to do in less than a third of a second', async () => {
  const { code, log, processorTime } = await runAction('pull_request', {});
  expect({ code, log }).toEqual({
    code: 2,
    log: expect.stringContaining('The pull_request event does not say what changed'),
  });
  expect(processorTime).toBeLessThan(MOST_START_MS);
});

it('looks where it is told to, by the words of the head, and lets pass what broke', async () => {
  const settled = new Project(runner.place('settled'));
  const write = (...lines: readonly string[]): void => {
    for (const folder of ['', 'pay/']) {
      const from = `FROM alpine:3.20@sha256:${'0'.repeat(64)}`;
      settled.write(`${folder}Dockerfile`, [from, ...lines, 'USER app', ''].join('\n'));
    }
  };
  write();
  settled.write('pay/a.py', 'x = 1\n');
  settled.commit('base');
  write('RUN chmod 777 /srv', 'ADD https://example.com/x /x');
  settled.write('pay/.securescan.yml', 'ignored_rules: [dockerfile/DL008]\n');
  settled.write('pay/crash', '');
  settled.commit('head');
  runner.makeTool('bandit', BANDIT);
  const [head = '', base = ''] = settled.git('rev-list', 'HEAD').split('\n');
  github.head = head;
  const { code, outputs, summary } = await runner.run({
    eventName: 'pull_request',
    event: { pull_request: { number: PULL, base: { sha: base }, head: { sha: head } } },
    workspace: settled.directory,
    sha: head,
    apiUrl: github.url,
    inputs: {
      'working-directory': 'pay',
      'policy-from': 'head',
      'allow-incomplete': 'true',
      'pr-mode': 'both',
    },
  });
  expect({ code, summary }).toEqual({
    code: 0,
    summary: expect.stringMatching(/bandit[^]*exit code 9/u),
  });
  expect(outputs).toMatchObject({ 'new-count': '1', 'suppressed-count': '1' });
  expect(github.lineComments.map(({ path, line }) => [path, line])).toEqual([
    ['pay/Dockerfile', 3],
  ]);
});

it('says at once all that is wrong with its inputs', async () => {
  const { code, log } = await runAction('pull_request', pullRequest(), {
    'pr-mode': 'loud',
    'review-event': 'APPROVE',
    'max-comments': '51',
    'allow-incomplete': 'perhaps',
    'policy-from': 'nobody',
    'server-url': 'http://scan.example.com',
  });
  expect(code).toBe(2);
  for (const words of [
    'pr-mode takes summary, inline, both.',
    'nobody has read what only a scan approves',
    'max-comments takes a number up to 50.',
    'allow-incomplete takes true, false.',
    'policy-from takes base, head.',
    'server-url takes the https address',
  ]) {
    expect(log).toContain(words);
  }
  expect(github.requests).toEqual([]);
});
