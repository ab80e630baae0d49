import type { Finding } from '@securescan/core';
import { aFinding, anOutcome } from '@securescan/testing';
import { GitHubError } from '../src/github/github-error';
import { GitHubServer, type Fault, type StoredComment } from './github-server';
import { Teller, type Told } from './told-change';

/** What is written, in short: by which request, in the order of the log. */
const WORDS: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^POST .*\/issues\/7\/comments$/, 'summary+'],
  [/^PATCH .*\/issues\/comments\//, 'summary~'],
  [/^DELETE .*\/issues\/comments\//, 'summary-'],
  [/^POST .*\/pulls\/7\/reviews$/, 'review+'],
  [/^POST .*\/pulls\/7\/comments$/, 'line+'],
  [/^PATCH .*\/pulls\/comments\//, 'line~'],
  [/^PUT .*\/dismissals$/, 'dismiss'],
];

let github: GitHubServer;
let teller: Teller;
beforeEach(async () => {
  github = new GitHubServer();
  await github.start();
  teller = new Teller(github);
});
afterEach(async () => {
  teller.dispose();
  await github.stop();
});

const sql = at(12);
const other = at(40, { ruleId: 'xss', title: 'Text of users in a page', severity: 'medium' });

function at(line: number, parts: Partial<Finding> = {}): Finding {
  return aFinding({ lineStart: line, lineEnd: line, ...parts });
}

function suppressed(finding: Finding): Finding {
  return { ...finding, metadata: { suppressed_by: 'inline', suppression_reason: 'test data' } };
}

interface Step extends Told {
  /** What happens on GitHub before the run. */
  readonly before?: (server: GitHubServer) => void;
  readonly writes: readonly string[];
  /** Of the run, where it ends with one. */
  readonly refusal?: GitHubError['refusal'];
  readonly after?: (server: GitHubServer, teller: Teller) => void;
}

const first: Step = { head: [sql], writes: ['summary+', 'review+'] };
const isResolved = (server: GitHubServer): void => {
  expect(server.lineComments[0]?.body).toMatch(
    /^<!-- securescan:resolved -->\r\n\*\*Resolved\*\* in `2222222`/,
  );
};
const isOpen = (server: GitHubServer): void => {
  expect(server.lineComments.map(({ body }) => body)).not.toContainEqual(
    expect.stringContaining('Resolved'),
  );
};
const fault =
  (parts: Omit<Fault, 'times'> & { readonly times?: number }) =>
  (server: GitHubServer): void => {
    server.faults.push({ times: 1, ...parts });
  };
const crowd = (server: GitHubServer): void => {
  for (const list of [server.issueComments, server.lineComments]) {
    for (let count = 0; count < 250; count += 1) {
      list.unshift({ id: count, body: 'LGTM', user: { login: 'ada', type: 'User' } });
    }
  }
};
/** Everything of ours, said by somebody else. */
const planted = (author: StoredComment['user']) => (server: GitHubServer) => {
  for (const comment of [...server.issueComments, ...server.lineComments]) comment.user = author;
};
const newCommit = '3'.repeat(40);
const HISTORIES: Readonly<Record<string, readonly Step[]>> = {
  'a finding, told once': [first, { head: [sql], writes: [] }],
  'nothing to tell': [{ head: [], writes: [] }],
  'only what was there before': [{ base: [sql], head: [sql], writes: [] }],
  'a second finding': [first, { head: [sql, other], writes: ['summary~', 'review+'] }],
  'fixed by a later commit': [
    first,
    { head: [], writes: ['summary~', 'line~'], after: isResolved },
    { head: [], writes: [], after: isResolved },
  ],
  'fixed and back again': [
    first,
    { head: [], writes: ['summary~', 'line~'] },
    { head: [sql], writes: ['summary~', 'line~'], after: isOpen },
    { head: [sql], writes: [] },
  ],
  'a forced push that moves the line': [
    first,
    {
      before: (server) => {
        server.head = newCommit;
        for (const comment of server.lineComments) comment.line = null;
      },
      commit: newCommit,
      head: [{ ...sql, lineStart: 30, lineEnd: 30 }],
      writes: ['summary~'],
      after: isOpen,
    },
  ],
  'a file that gets another name': [
    first,
    {
      head: [at(12, { filePath: 'src/bills.ts' })],
      writes: ['summary~', 'review+', 'line~'],
      after: isResolved,
    },
  ],
  'a long discussion around it': [first, { before: crowd, head: [sql], writes: [] }],
  'our words, from somebody else': [
    first,
    {
      before: planted({ login: 'mallory', type: 'User' }),
      head: [sql],
      writes: ['summary+', 'review+'],
    },
  ],
  'our words, from a person who is called like the app': [
    first,
    {
      before: planted({ login: 'github-actions', type: 'User' }),
      head: [sql],
      writes: ['summary+', 'review+'],
    },
  ],
  'our words, from nobody': [
    first,
    { before: planted(null), head: [sql], writes: ['summary+', 'review+'] },
  ],
  'a comment without a body': [
    { before: (server) => server.add(server.issueComments, { body: null }), ...first },
    { head: [sql], writes: [] },
  ],
  'two jobs of a matrix': [
    first,
    { ...first, job: 'another' },
    { head: [], job: 'another', writes: ['summary~', 'line~'] },
    { head: [sql], writes: [] },
  ],
  'two runs at the same time': [
    first,
    {
      before: (server) =>
        server.add(server.issueComments, { body: server.issueComments[0]!.body! }),
      head: [sql],
      writes: ['summary-'],
    },
    { head: [sql], writes: [] },
  ],
  'a scanner that failed': [
    first,
    {
      head: [],
      outcomes: [anOutcome({ scanner: 'semgrep', status: 'failed', reason: 'exit code 2' })],
      writes: ['summary~'],
      after: isOpen,
    },
  ],
  'a finding that two reported, one of whom failed': [
    {
      head: [
        {
          ...sql,
          aliases: [
            ...sql.aliases,
            { scanner: 'bandit', ruleId: 'B1', fingerprint: 'a'.repeat(64) },
          ],
        },
      ],
      writes: ['summary+', 'review+'],
    },
    {
      head: [],
      outcomes: [anOutcome({ scanner: 'bandit', status: 'timed_out', reason: 'it ran long' })],
      writes: ['summary~'],
      after: isOpen,
    },
  ],
  'an answer to a comment': [
    first,
    {
      before: (server) => {
        const [told] = server.lineComments;
        server.add(server.lineComments, { body: told!.body, in_reply_to_id: told!.id });
      },
      head: [],
      writes: ['summary~', 'line~'],
      after: (server) => {
        isResolved(server);
        expect(server.lineComments).toHaveLength(2);
        expect(server.lineComments[1]?.body).not.toContain('Resolved');
      },
    },
  ],
  'ignored by a later commit': [
    first,
    { head: [suppressed(sql)], writes: ['summary~', 'line~'], after: isResolved },
  ],
  'the base has it by now': [
    first,
    { base: [sql], head: [sql], writes: ['summary~', 'line~'], after: isResolved },
  ],
  'thirty places of one rule': [
    {
      head: Array.from({ length: 30 }, (_, index) => at(index + 1)),
      writes: ['summary+', 'review+'],
      after: ({ lineComments }) => {
        expect(lineComments).toHaveLength(3);
        expect(lineComments[2]?.body).toContain('The same rule in 27 more places');
      },
    },
    { head: Array.from({ length: 30 }, (_, index) => at(index + 1)), writes: [] },
  ],
  'more rules than there is room for': [
    {
      head: Array.from({ length: 40 }, (_, index) =>
        at(index + 1, { ruleId: `rule-${String(index)}` }),
      ),
      writes: ['summary+', 'review+'],
      after: ({ lineComments }) => expect(lineComments).toHaveLength(20),
    },
  ],
  'more findings than a comment holds': [
    {
      head: Array.from({ length: 900 }, (_, index) =>
        at(index + 1, { description: 'Long. '.repeat(99) }),
      ),
      inputs: { 'pr-mode': 'summary' },
      writes: ['summary+'],
    },
  ],
  'a line that GitHub does not show': [
    {
      before: (server) => (server.shown = [12]),
      head: [sql, other],
      writes: ['summary+', 'review+', 'line+', 'line+'],
      after: ({ lineComments }) => expect(lineComments).toHaveLength(1),
    },
  ],
  'inline alone, where no line is shown': [
    {
      inputs: { 'pr-mode': 'inline' },
      head: [{ ...sql, lineStart: null, lineEnd: null }],
      writes: ['review+'],
    },
    {
      inputs: { 'pr-mode': 'inline' },
      head: [{ ...sql, lineStart: null, lineEnd: null }],
      writes: [],
    },
  ],
  'changes requested, and withdrawn': [
    { ...first, inputs: { 'review-event': 'REQUEST_CHANGES' } },
    { inputs: { 'review-event': 'REQUEST_CHANGES' }, head: [sql], writes: [] },
    {
      inputs: { 'review-event': 'REQUEST_CHANGES' },
      head: [],
      writes: ['summary~', 'line~', 'dismiss'],
    },
    { inputs: { 'review-event': 'REQUEST_CHANGES' }, head: [], writes: [] },
  ],
  'a newer commit on the branch': [
    { before: (server) => (server.head = newCommit), head: [sql], writes: [] },
  ],
  'the token of a fork': [
    {
      before: (server) => (server.isReadOnly = true),
      head: [sql],
      writes: ['summary+'],
      refusal: 'forbidden',
    },
  ],
  'a limit that names its end': [
    {
      before: fault({ on: /^POST .*comments/, status: 429, headers: { 'Retry-After': '7' } }),
      head: [sql],
      writes: ['summary+', 'summary+', 'review+'],
      after: (_, { clock }) => expect(clock.waits).toContain(7_000),
    },
  ],
  'a secondary limit': [
    {
      before: fault({
        on: /^POST .*reviews/,
        status: 403,
        message: 'You have exceeded a secondary rate limit.',
      }),
      head: [sql],
      writes: ['summary+', 'review+', 'review+'],
      after: (_, { clock }) => expect(clock.waits).toContain(60_000),
    },
  ],
  'a limit for the rest of the hour': [
    {
      before: fault({
        on: /^POST .*comments/,
        status: 403,
        headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1700003000' },
      }),
      head: [sql],
      writes: ['summary+'],
      refusal: 'rate-limited',
    },
    first,
  ],
  'a list that fails on its second page': [
    first,
    {
      before: (server) => {
        crowd(server);
        fault({ on: /page=2/, status: 502 })(server);
      },
      head: [sql],
      writes: [],
    },
    {
      before: fault({ on: /page=2/, status: 502, times: 9 }),
      head: [sql],
      writes: [],
      refusal: 'failed',
    },
  ],
  'a list that is cut off': [
    first,
    {
      before: fault({ on: /^GET .*issues/, isCut: true, times: 9 }),
      head: [sql],
      writes: [],
      refusal: 'failed',
    },
  ],
  'a comment of which nobody knows whether it was posted': [
    {
      before: fault({ on: /^POST .*issues/, isLate: true }),
      head: [sql],
      writes: ['summary+'],
      refusal: 'failed',
    },
    { head: [sql], writes: ['review+'] },
  ],
  'a title that poses as a marker': [
    {
      head: [
        at(12, {
          title: '<!-- securescan:resolved --> @ada <!-- securescan:job:0 -->',
          ruleId: '`<!--',
        }),
      ],
      writes: ['summary+', 'review+'],
      after: (server) =>
        expect(server.lineComments[0]?.body).not.toMatch(/securescan:(?:resolved|job:0) -->/),
    },
  ],
  'the same result as another scan of the server': [
    { ...first, scanUrl: 'https://scan.example.com/scan/1' },
    {
      head: [sql],
      scanUrl: 'https://scan.example.com/scan/2',
      writes: [],
      after: (server) => {
        expect(server.issueComments[0]?.body).toContain('https://scan.example.com/scan/1');
        expect(server.lineComments[0]?.body).toContain(
          `https://scan.example.com/findings/${sql.fingerprint}`,
        );
      },
    },
  ],
};

it.each(Object.entries(HISTORIES))('%s', async (_name, steps) => {
  for (const { before, writes, refusal, after, ...told } of steps) {
    before?.(github);
    const end = await teller.tell(told).catch((error: unknown) => error);
    expect(end instanceof GitHubError ? end.refusal : end).toEqual(
      refusal ?? expect.objectContaining({ isOutdated: expect.any(Boolean) }),
    );
    expect(github.takeWrites().map(wordOf)).toEqual(writes);
    after?.(github, teller);
  }
});

function wordOf(line: string): string {
  return WORDS.find(([pattern]) => pattern.test(line))?.[1] ?? line;
}

it('leaves a second between two changes', async () => {
  await teller.tell({ head: [sql] });
  expect(teller.clock.waits).toEqual([1_000]);
});
