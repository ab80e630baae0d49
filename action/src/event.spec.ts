import { UserError } from '@securescan/core';
import { occasionOf, type Occasion } from './event';
import { settingsOf } from './inputs';

const BASE = '1'.repeat(40);
const HEAD = '2'.repeat(40);
const SHA = 'f'.repeat(40);
const PULL = { pull_request: { number: 7, base: { sha: BASE }, head: { sha: HEAD } } };

function occasion(name: string, event: object, inputs: object = {}): Occasion {
  const settings = settingsOf({
    SECURESCAN_ACTION_INPUTS: JSON.stringify(inputs),
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: '/event.json',
    GITHUB_SHA: SHA,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKSPACE: '/w',
    RUNNER_TEMP: '/t',
  });
  return occasionOf({ ...event }, settings.inputs, settings.runner);
}

it('looks at the head of a pull request, and never at a merge that nobody made', () => {
  expect(occasion('pull_request', PULL)).toEqual({
    range: { kind: 'diff', base: BASE, head: HEAD },
    pullRequest: { number: 7, head: HEAD },
    analysis: { ref: 'refs/pull/7/head', commit: HEAD },
  });
});

const onMain = { pullRequest: null, analysis: { ref: 'refs/heads/main', commit: SHA } };
it.each([
  ['push', { before: BASE }, { kind: 'diff', base: BASE, head: SHA }],
  ['push', { before: '0'.repeat(40) }, { kind: 'scan', why: 'nothing was on this branch before' }],
  [
    'push',
    { before: BASE, forced: true },
    { kind: 'scan', why: 'a forced push replaced what was there' },
  ],
  [
    'merge_group',
    { merge_group: { base_sha: BASE, head_sha: HEAD } },
    { kind: 'diff', base: BASE, head: HEAD },
  ],
  ['schedule', {}, { kind: 'scan', why: 'schedule is about no change' }],
  ['workflow_dispatch', {}, { kind: 'scan', why: 'workflow_dispatch is about no change' }],
])('%s of %j', (name, event, range) => {
  expect(occasion(name, event)).toEqual({ range, ...onMain });
});

it('lets the inputs decide', () => {
  const { range } = occasion('pull_request', PULL, { 'base-ref': 'v1', 'head-ref': 'v2' });
  expect(range).toEqual({ kind: 'diff', base: 'v1', head: 'v2' });
  expect(occasion('schedule', {}, { 'base-ref': 'v1' }).range).toEqual({
    kind: 'diff',
    base: 'v1',
    head: SHA,
  });
});

it.each([
  ['pull_request', {}],
  ['pull_request', { pull_request: { number: 7, base: { sha: '--x' }, head: { sha: HEAD } } }],
  ['merge_group', { merge_group: {} }],
])('refuses %s of %j', (name, event) => {
  expect(() => occasion(name, event)).toThrow(UserError);
});

it.each([
  [{ 'review-event': 'APPROVE' }, 'nobody has read'],
  [{ 'pr-mode': 'loud' }, 'pr-mode takes summary, inline, both'],
  [{ 'server-url': 'http://scan.example.com' }, 'server-url takes the https address'],
  [{ 'max-comments': '51' }, 'max-comments takes a number up to 50'],
  [{ 'upload-sarif': 'yes' }, 'upload-sarif takes true, false'],
])('refuses the input %j', (inputs, words) => {
  expect(() => occasion('schedule', {}, inputs)).toThrow(words);
});
