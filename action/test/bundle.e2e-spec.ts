import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeScanningProblems, randomToken } from '@securescan/testing';
import { Project } from '../../cli/test/history/project';
import { findOlderNode } from '../../cli/test/support';
import { GitHubServer, HEAD, PULL, REPOSITORY } from './github-server';

// Each run scans two revisions, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..');
/** The oldest that a runner may have, where this machine has one. */
const NODE = findOlderNode() ?? process.execPath;
const KEY = `ACCESS_KEY = "AKIA${randomToken(16, 7, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}"\n`;

let directory: string;
let action: string;
let project: Project;
let github: GitHubServer;
beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'action-e2e-')));
  // What a runner has of us: the files of the repository that the bundle needs, and no packages.
  action = join(directory, 'ours', 'action');
  cpSync(join(ROOT, 'action'), action, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(action, '..', 'package.json'));
  const rules = 'libs/scan-engine/rules';
  cpSync(join(ROOT, rules), join(action, '..', rules), { recursive: true });
  project = new Project(join(directory, 'shop'));
  project.write('a.py', 'REGION = "eu-central-1"\n');
  project.commit('base');
  project.write('b.py', KEY);
  project.commit('head');
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  github = new GitHubServer();
  await github.start();
});
afterEach(async () => {
  await github.stop();
});

interface Ended {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

let runs = 0;

async function runAction(name: string, event: object, inputs: object = {}): Promise<Ended> {
  const temp = join(directory, `temp-${String((runs += 1))}`);
  mkdirSync(temp);
  const file = (path: string, text = ''): string => {
    writeFileSync(join(temp, path), text);
    return join(temp, path);
  };
  const env = {
    // Where no scanner is that would take its time: the built-in ones are enough.
    PATH: '/usr/bin:/bin',
    HOME: temp,
    SECURESCAN_ACTION_INPUTS: JSON.stringify({ 'github-token': 't', ...inputs }),
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
    GITHUB_SHA: project.git('rev-parse', 'HEAD'),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKSPACE: project.directory,
    GITHUB_API_URL: github.url,
    GITHUB_OUTPUT: file('outputs'),
    GITHUB_STEP_SUMMARY: file('summary'),
    RUNNER_TEMP: temp,
  };
  const child = spawn(NODE, [join(action, 'dist', 'main.js')], { cwd: project.directory, env });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const written = readFileSync(env.GITHUB_OUTPUT, 'utf8');
  const outputs = [...written.matchAll(/^([\w-]+)<<(.+)\n([^]*?)\n\2$/gmu)];
  return {
    code,
    log,
    outputs: Object.fromEntries(outputs.map(([, output = '', , value = '']) => [output, value])),
    summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
  };
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
