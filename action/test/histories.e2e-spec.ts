import { GitHubServer, PULL, type Fault, type StoredComment } from './github-server';
import { BANDIT, ONE_LINE, PullRequests, type StateName } from './pull-requests';
import { Runner, type Ended } from './runner';

// Comparisons are made as they are needed, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

/** What is written, in short: by which request, in the order of the log. */
const WORDS: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^POST .*\/issues\/7\/comments$/, 'summary+'],
  [/^PATCH .*\/issues\/comments\//, 'summary~'],
  [/^DELETE .*\/issues\/comments\//, 'summary-'],
  [/^POST .*\/pulls\/7\/reviews$/, 'review+'],
  [/^POST .*\/pulls\/7\/comments$/, 'line+'],
  [/^PATCH .*\/pulls\/comments\//, 'line~'],
  [/^PUT .*\/dismissals$/, 'dismiss'],
  [/^POST .*\/sarifs$/, 'upload'],
];

let runner: Runner;
let pulls: PullRequests;
let untouched: string;
beforeAll(() => {
  runner = new Runner({ node: process.execPath, remembers: true });
  runner.makeTool('bandit', BANDIT);
  pulls = new PullRequests(runner.place('shop'));
  untouched = pulls.project.digest();
});
afterAll(() => {
  runner.dispose();
});

let github: GitHubServer;
beforeEach(async () => {
  github = new GitHubServer();
  await github.start();
});
afterEach(async () => {
  await github.stop();
});

interface Step {
  /** What happens on GitHub before the run. */
  readonly before?: (server: GitHubServer) => void;
  readonly head: StateName;
  /** Of the target branch. */
  readonly base?: StateName;
  readonly eventName?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly job?: string;
  readonly code?: number;
  readonly writes: readonly string[];
  /** In the warnings of the log, of which there are none without it. */
  readonly warns?: string;
  readonly after?: (server: GitHubServer, ended: Ended) => void;
  /** Writes of the same run once more, where there are any. */
  readonly again?: readonly string[];
}

const first: Step = { head: 'one', writes: ['summary+', 'review+'] };
const code: Pick<Step, 'inputs'> = {
  inputs: { 'scan-types': 'code', 'inline-suggestions': 'false' },
};
const inline: Pick<Step, 'inputs'> = { inputs: { 'pr-mode': 'inline' } };
const strict: Pick<Step, 'inputs'> = { inputs: { 'review-event': 'request_changes' } };

/** What it said stays as it was, but for what could be accepted. */
const isResolved = ({ head, lineComments }: GitHubServer): void => {
  const body = lineComments[0]?.body?.replaceAll('\r\n', '\n');
  const words = `<!-- securescan:resolved -->\n**Resolved** in \`${head.slice(0, 7)}\`:`;
  expect(body?.slice(0, words.length)).toBe(words);
  expect(body).not.toMatch(/^`{3,}suggestion$/mu);
  expect(body).not.toContain('~~');
};
const isOpen = ({ lineComments }: GitHubServer): void => {
  expect(lineComments.map(({ body }) => body)).not.toContainEqual(
    expect.stringContaining('Resolved'),
  );
};
const hasOnLines =
  (...lines: readonly number[]) =>
  ({ lineComments }: GitHubServer): void => {
    expect(lineComments.map(({ line }) => line)).toEqual(lines);
  };
const fault =
  (parts: Omit<Fault, 'times'> & { readonly times?: number }) =>
  (server: GitHubServer): void => {
    server.faults.push({ times: 1, ...parts });
  };
/** More than five pages of each, ours at their ends. */
const crowd = ({ issueComments, lineComments }: GitHubServer): void => {
  for (const list of [issueComments, lineComments]) {
    for (let count = 0; count < 550; count += 1) {
      list.unshift({ id: count, body: 'LGTM', user: { login: 'ada', type: 'User' } });
    }
  }
};
/** Everything of ours, said by somebody else. */
const planted = (author: StoredComment['user']) => (server: GitHubServer) => {
  for (const comment of [...server.issueComments, ...server.lineComments]) comment.user = author;
};
/** The first comment on a line again and again, each time about something that is gone. */
const multiplied = (times: number) => (server: GitHubServer) => {
  const body = server.lineComments[0]?.body ?? '';
  for (let count = 1; count < times; count += 1) {
    const digits = count.toString(16).padStart(64, '0');
    const other = body.replace(/securescan:fp:[0-9a-f]{64}/, `securescan:fp:${digits}`);
    server.add(server.lineComments, { ...server.lineComments[0], id: 90_000 + count, body: other });
  }
};

const HISTORIES: Readonly<Record<string, readonly Step[]>> = {
  'a finding, told once': [{ ...first, after: hasOnLines(ONE_LINE) }],
  'nothing to tell': [{ head: 'clean', writes: [] }],
  'only what was there before': [{ base: 'later', head: 'merged', writes: [] }],
  'more findings': [first, { head: 'several', writes: ['summary~', 'review+'] }],
  'fixed by a later commit': [
    first,
    { head: 'clean', writes: ['summary~', 'line~'], after: isResolved },
  ],
  'fixed and back again': [
    first,
    { head: 'clean', writes: ['summary~', 'line~'] },
    { head: 'one', writes: ['summary~', 'line~'], after: isOpen },
  ],
  'a forced push that moves the line': [
    first,
    {
      before: (server) => {
        for (const comment of server.lineComments) comment.line = null;
      },
      head: 'moved',
      writes: ['summary~'],
      after: isOpen,
    },
  ],
  'a file that gets another name': [
    first,
    { head: 'renamed', writes: ['summary~', 'review+', 'line~'], after: isResolved },
  ],
  'a target that moved on since the branch': [
    {
      ...first,
      base: 'later',
      after: ({ issueComments }, { outputs }) => {
        expect(outputs).toMatchObject({ 'new-count': '1', 'fixed-count': '0' });
        expect(issueComments[0]?.body).not.toContain('other.Dockerfile');
      },
    },
  ],
  'the target has it by now': [
    first,
    { base: 'later', head: 'merged', writes: ['summary~', 'line~'], after: isResolved },
  ],
  'one of two that are alike': [
    { head: 'twins', writes: ['summary+', 'review+'], after: hasOnLines(3, 4) },
    {
      head: 'one',
      writes: ['summary~', 'line~'],
      after: ({ lineComments }) => {
        const open = lineComments.filter(({ body }) => body?.includes('Resolved') === false);
        expect(open).toHaveLength(1);
      },
    },
  ],
  'lines that look like headers of a diff': [
    { head: 'scripted', writes: ['summary+', 'review+'], after: hasOnLines(7) },
  ],
  'a long discussion around it': [{ ...first }, { before: crowd, head: 'one', writes: [] }],
  'our words, from somebody else': [
    first,
    { ...first, before: planted({ login: 'mallory', type: 'User' }) },
  ],
  'our words, from a person who is called like the app': [
    first,
    { ...first, before: planted({ login: 'github-actions', type: 'User' }) },
  ],
  'our words, from nobody': [first, { ...first, before: planted(null) }],
  'a comment without a body': [
    { ...first, before: (server) => server.add(server.issueComments, { body: null }) },
  ],
  'a comment that somebody removed': [
    first,
    {
      before: ({ issueComments }) => issueComments.splice(0),
      head: 'one',
      writes: ['summary+'],
    },
  ],
  'two jobs of a matrix': [
    first,
    { ...first, job: 'another' },
    { head: 'clean', job: 'another', writes: ['summary~', 'line~'] },
    { head: 'one', writes: [] },
  ],
  'two runs at the same time': [
    first,
    {
      before: ({ issueComments }) => issueComments.push({ ...issueComments[0]!, id: 99_000 }),
      head: 'one',
      writes: ['summary-'],
    },
  ],
  'a finding that two scanners reported, one of whom failed': [
    {
      ...code,
      head: 'doubled',
      writes: ['summary+', 'review+'],
      after: ({ lineComments }) =>
        expect(lineComments[0]?.body).toContain('securescan:by:secrets,bandit'),
    },
    { ...code, head: 'crashed', code: 3, writes: ['summary~'], after: isOpen },
  ],
  'an answer to a comment': [
    first,
    {
      before: (server) => {
        const [told] = server.lineComments;
        server.add(server.lineComments, { body: told!.body, in_reply_to_id: told!.id });
      },
      head: 'clean',
      writes: ['summary~', 'line~'],
      after: (server) => {
        isResolved(server);
        expect(server.lineComments).toHaveLength(2);
        expect(server.lineComments[1]?.body).not.toContain('Resolved');
      },
    },
  ],
  'ignored from the start': [{ head: 'suppressed', writes: ['summary+'] }],
  'ignored by a later commit': [
    first,
    { head: 'suppressed', writes: ['summary~', 'line~'], after: isResolved },
  ],
  'more rules than there is room for': [
    {
      inputs: { 'max-comments': '2' },
      head: 'several',
      writes: ['summary+', 'review+'],
      // The worst of them first.
      after: hasOnLines(6, ONE_LINE),
    },
  ],
  'comments on lines alone, and no room': [
    {
      inputs: { 'pr-mode': 'inline', 'max-comments': '2' },
      head: 'several',
      writes: ['review+'],
      after: ({ reviews }) => {
        expect(reviews[0]?.body).toContain('No USER is set');
        expect(reviews[0]?.body).toContain('The summary of the job tells of 2 more.');
      },
    },
  ],
  'findings for which there is no room any more': [
    { head: 'several', writes: ['summary+', 'review+'] },
    { inputs: { 'max-comments': '2' }, head: 'several', writes: [], after: isOpen },
  ],
  'a thousand places of one rule': [
    {
      head: 'thousand',
      writes: ['summary+', 'review+'],
      after: ({ issueComments, lineComments }) => {
        expect(issueComments[0]?.body?.length).toBeGreaterThan(30_000);
        expect(lineComments).toHaveLength(3);
        expect(lineComments[2]?.body).toContain('The same rule in 997 more places');
      },
    },
  ],
  'a line that GitHub does not show': [
    {
      before: (server) => (server.shown = [ONE_LINE, 6]),
      head: 'several',
      writes: ['summary+', 'review+', 'line+', 'line+', 'line+', 'line+'],
      after: (server, { log }) => {
        hasOnLines(6, ONE_LINE)(server);
        expect(log).toContain('GitHub takes no comment on 2 of the lines');
      },
      again: ['review+', 'line+', 'line+'],
    },
  ],
  'comments on lines alone, and what is on none': [
    {
      ...inline,
      head: 'several',
      writes: ['review+'],
      after: ({ lineComments, reviews }) => {
        expect(lineComments).toHaveLength(4);
        expect(reviews[0]?.body).toContain('No USER is set');
      },
    },
  ],
  'changes requested, and withdrawn': [
    { ...strict, ...first },
    { ...strict, head: 'one', writes: [] },
    { ...strict, head: 'clean', writes: ['summary~', 'line~', 'dismiss'] },
  ],
  'a newer commit on the branch': [
    {
      before: (server) => (server.head = '3'.repeat(40)),
      head: 'one',
      writes: [],
      after: (_, { log }) => expect(log).toContain('has a newer commit'),
      again: ['summary+', 'review+'],
    },
  ],
  'nothing is to be said': [
    { inputs: { 'comment-on-pr': 'false', 'pr-mode': 'both' }, head: 'one', writes: [] },
  ],
  'a workflow of the target': [{ ...first, eventName: 'pull_request_target' }],
  'no token': [
    {
      inputs: { 'github-token': '' },
      head: 'one',
      writes: [],
      warns: 'There is no github-token, so that nothing is said',
    },
  ],
  'a push': [
    {
      eventName: 'push',
      head: 'one',
      writes: [],
      after: (_, { outputs }) => expect(outputs['new-count']).toBe('1'),
    },
  ],
  'a queue of merges': [
    {
      eventName: 'merge_group',
      head: 'one',
      writes: [],
      after: (_, { outputs }) => expect(outputs['new-count']).toBe('1'),
    },
  ],
  'the token of a fork': [
    {
      before: (server) => (server.isReadOnly = true),
      inputs: { 'upload-sarif': 'true' },
      head: 'one',
      writes: ['summary+', 'upload'],
      warns: 'The pull request was not told: GitHub answered 403',
      after: (_, { summary }) => expect(summary).toContain('made writable for everyone'),
      again: ['summary+', 'upload'],
    },
  ],
  'a limit that names its end': [
    {
      before: fault({ on: /^POST .*comments/, status: 429, headers: { 'Retry-After': '7' } }),
      head: 'one',
      writes: ['summary+', 'summary+', 'review+'],
      after: (_, { waits }) => expect(waits).toEqual([7_000, 1_000]),
    },
  ],
  'a secondary limit': [
    {
      before: fault({
        on: /^POST .*reviews/,
        status: 403,
        message: 'You have exceeded a secondary rate limit.',
      }),
      head: 'one',
      writes: ['summary+', 'review+', 'review+'],
      after: (_, { waits }) => expect(waits).toEqual([1_000, 60_000]),
    },
  ],
  'an outage of a moment': [
    first,
    {
      before: fault({ on: /^PATCH/, status: 502 }),
      head: 'clean',
      writes: ['summary~', 'summary~', 'line~'],
      after: isResolved,
    },
  ],
  'a limit for the rest of the hour': [
    {
      before: fault({
        on: /^POST .*comments/,
        status: 403,
        headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1700003000' },
      }),
      head: 'one',
      writes: ['summary+'],
      warns: 'The pull request was not told: GitHub answered 403',
    },
    first,
  ],
  'more changes than one run makes': [
    first,
    {
      before: multiplied(70),
      head: 'clean',
      writes: ['summary~', ...Array.from({ length: 59 }, () => 'line~')],
      warns: '60 changes are enough for one run; the next one goes on.',
    },
    { head: 'clean', writes: Array.from({ length: 11 }, () => 'line~') },
  ],
  'a list that fails on its second page': [
    first,
    {
      before: (server) => {
        crowd(server);
        fault({ on: /page=2/, status: 502 })(server);
      },
      head: 'one',
      writes: [],
    },
    {
      before: fault({ on: /page=2/, status: 502, times: 4 }),
      head: 'one',
      writes: [],
      warns: 'The pull request was not told: GitHub answered 502',
    },
  ],
  'a list that is cut off': [
    first,
    {
      before: fault({ on: /^GET .*issues/, isCut: true, times: 4 }),
      head: 'one',
      writes: [],
      warns: 'GitHub gave half an answer.',
    },
  ],
  'a comment of which nobody knows whether it was posted': [
    {
      before: fault({ on: /^POST .*issues/, isLate: true }),
      head: 'one',
      writes: ['summary+'],
      warns: 'gave no answer',
    },
    { head: 'one', writes: ['review+'] },
  ],
  'a name that poses as a marker': [
    {
      head: 'scripted',
      writes: ['summary+', 'review+'],
      after: ({ issueComments, lineComments }) => {
        for (const { body } of [...issueComments, ...lineComments]) {
          expect(body).not.toContain('<!-- securescan:resolved');
        }
      },
    },
  ],
};

it.each(Object.entries(HISTORIES))('%s', async (_name, steps) => {
  for (const step of steps) {
    const ended = await runStep(step);
    step.after?.(github, ended);
    expect({ code: ended.code, writes: writes(), warns: warningsOf(ended) }).toEqual({
      code: step.code ?? 0,
      writes: step.writes,
      warns: step.warns === undefined ? '' : expect.stringContaining(step.warns),
    });
  }
  const last = steps.at(-1)!;
  const { before: _before, ...same } = last;
  const { code: again } = await runStep(same);
  expect([again, writes()]).toEqual([last.code ?? 0, last.again ?? []]);
});

it('asks for what it needs, in one order', async () => {
  await runStep({ ...first, inputs: { 'upload-sarif': 'true' } });
  const repository = '/repos/octo/shop';
  const lists = [
    `GET ${repository}/pulls/7`,
    'POST /graphql',
    `GET ${repository}/issues/7/comments`,
    `POST ${repository}/issues/7/comments`,
    `GET ${repository}/pulls/7/comments`,
    `POST ${repository}/pulls/7/reviews`,
    `POST ${repository}/code-scanning/sarifs`,
    `GET ${repository}/code-scanning/sarifs/upload-1`,
  ];
  expect(github.requests.splice(0)).toEqual(lists);
  await runStep({ ...first });
  expect(github.requests).toEqual(
    lists.slice(0, 6).filter((line) => !line.includes('repos') || line.startsWith('GET')),
  );
});

it('has touched nothing of the repository in all of that', () => {
  expect(pulls.project.digest()).toBe(untouched);
});

function runStep({
  before,
  head,
  base = 'base',
  eventName = 'pull_request',
  ...step
}: Step): Promise<Ended> {
  const sha = pulls.idOf(head);
  github.head = sha;
  before?.(github);
  const target = pulls.idOf(base);
  const events: Readonly<Record<string, object>> = {
    merge_group: { merge_group: { base_sha: target, head_sha: sha } },
    push: { before: target, forced: false },
  };
  const pull = { number: PULL, base: { sha: target }, head: { sha } };
  return runner.run({
    eventName,
    event: events[eventName] ?? { pull_request: pull },
    workspace: pulls.project.directory,
    // On a pull request, that of a merge which nobody made.
    sha: eventName === 'push' ? sha : 'f'.repeat(40),
    apiUrl: github.url,
    inputs: { 'scan-types': 'iac', 'pr-mode': 'both', 'upload-sarif': 'false', ...step.inputs },
    variables: { GITHUB_JOB: step.job ?? 'scan' },
  });
}

function writes(): readonly string[] {
  return github
    .takeWrites()
    .map((line) => WORDS.find(([pattern]) => pattern.test(line))?.[1] ?? line);
}

function warningsOf({ log }: Ended): string {
  return log
    .split('\n')
    .filter((line) => line.startsWith('::warning'))
    .join('\n');
}
