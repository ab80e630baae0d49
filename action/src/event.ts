import { isCommitId, objectOf, textOf, UserError, type Untyped } from '@securescan/core';
import type { Inputs, Runner } from './inputs';

/** What is looked at: a change, or all there is. */
export type ScanRange =
  | { readonly kind: 'diff'; readonly base: string; readonly head: string }
  | { readonly kind: 'scan'; readonly why: string };

export interface PullRequest {
  readonly number: number;
  /** Of the branch: GITHUB_SHA is that of a merge that nobody has made yet. */
  readonly head: string;
}

/** What happened, and what follows from it. */
export interface Occasion {
  readonly range: ScanRange;
  /** Where there is something to comment on. */
  readonly pullRequest: PullRequest | null;
  /** What code scanning files the results under. */
  readonly analysis: { readonly ref: string; readonly commit: string };
}

/** Decides from the event. Pure. Throws UserError USAGE_INVALID for an event that lacks what its kind has. */
export function occasionOf(event: Untyped, inputs: Inputs, runner: Runner): Occasion {
  const pullRequest = pullRequestOf(event, runner);
  const known = knownRange(event, pullRequest, runner);
  const base = inputs.baseRef || (known.kind === 'diff' ? known.base : '');
  const head = inputs.headRef || (known.kind === 'diff' ? known.head : runner.sha);
  return {
    range: base === '' ? known : { kind: 'diff', base, head },
    pullRequest,
    analysis:
      pullRequest === null
        ? { ref: runner.ref, commit: runner.sha }
        : { ref: `refs/pull/${String(pullRequest.number)}/head`, commit: pullRequest.head },
  };
}

function pullRequestOf(event: Untyped, { eventName }: Runner): PullRequest | null {
  if (eventName !== 'pull_request' && eventName !== 'pull_request_target') return null;
  const pull = objectOf(event['pull_request']);
  const { number } = pull;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw lacking(eventName);
  return { number, head: commitOf(objectOf(pull['head'])['sha'], eventName) };
}

function knownRange(event: Untyped, pullRequest: PullRequest | null, runner: Runner): ScanRange {
  const { eventName, sha } = runner;
  if (pullRequest !== null) {
    const { base } = objectOf(event['pull_request']);
    return {
      kind: 'diff',
      base: commitOf(objectOf(base)['sha'], eventName),
      head: pullRequest.head,
    };
  }
  if (eventName === 'merge_group') {
    const group = objectOf(event['merge_group']);
    return {
      kind: 'diff',
      base: commitOf(group['base_sha'], eventName),
      head: commitOf(group['head_sha'], eventName),
    };
  }
  if (eventName === 'push') return pushedRange(event, sha);
  return { kind: 'scan', why: `${eventName} is about no change` };
}

/** What a forced push replaced is in no clone, and a new branch has nothing before it. */
function pushedRange(event: Untyped, sha: string): ScanRange {
  const before = textOf(event['before']) ?? '';
  if (!isCommitId(before) || /^0+$/.test(before)) {
    return { kind: 'scan', why: 'nothing was on this branch before' };
  }
  if (event['forced'] === true) {
    return { kind: 'scan', why: 'a forced push replaced what was there' };
  }
  return { kind: 'diff', base: before, head: sha };
}

function commitOf(value: unknown, eventName: string): string {
  const commit = textOf(value) ?? '';
  if (!isCommitId(commit)) throw lacking(eventName);
  return commit;
}

function lacking(eventName: string): UserError {
  return new UserError(
    'USAGE_INVALID',
    `The ${eventName} event does not say what changed; set base-ref and head-ref.`,
  );
}
