import { readFileSync } from 'node:fs';
import { listOf, objectOf, parsedJson, textOf, type Untyped } from '@securescan/core';
import type { Analysis } from './analyse';
import type { Author } from './comments/comment';
import {
  keptComments,
  reviewReportOf,
  withFootnotes,
  withServerLink,
} from './comments/line-comment';
import { postReview, type ReviewOutcome } from './comments/post-review';
import { serverLink, updateSummary } from './comments/summary-comment';
import { whoAmI } from './comments/who-am-i';
import type { PullRequest } from './event';
import { comparisonOf } from './findings';
import type { GitHubApi } from './github/github-api';
import type { Settings } from './inputs';
import { jobKeyOf, jobMarker } from './job-key';

/** What there is to say, and where. */
export interface Speech {
  readonly settings: Settings;
  readonly analysis: Pick<Analysis, 'files' | 'report'>;
  readonly pullRequest: PullRequest;
  readonly api: GitHubApi;
  /** The page of this scan on a server. */
  readonly scanUrl: string | null;
}

export interface Spoken {
  /** Of the summary, where there is one. */
  readonly comment: number | null;
  readonly review: ReviewOutcome | null;
  /** True where nothing was said, because the pull request has moved on. */
  readonly isOutdated: boolean;
}

const OF_ONE_RULE = 3;

/** Brings what this job says on the pull request up to date, and writes nothing where nothing changed. Rejects with GitHubError. */
export async function speak(speech: Speech): Promise<Spoken> {
  const { settings, pullRequest, api } = speech;
  const { runner, inputs } = settings;
  const pull = `/repos/${runner.repository}/pulls/${String(pullRequest.number)}`;
  const now = objectOf(objectOf(await api.get(pull))['head']);
  // Runs of two pushes may end in any order, and the newer one knows better.
  if (textOf(now['sha']) !== pullRequest.head) {
    return { comment: null, review: null, isOutdated: true };
  }
  const self = await whoAmI(api, runner.graphqlUrl);
  return {
    comment: inputs.hasSummary ? await sayInShort(speech, self) : null,
    review: inputs.hasReview ? await sayOnLines(speech, self) : null,
    isOutdated: false,
  };
}

function sayInShort(speech: Speech, self: Author): Promise<number | null> {
  const { settings, analysis, pullRequest, api, scanUrl } = speech;
  const marker = jobMarker(jobKeyOf(settings));
  const [first = '', ...rest] = readFileSync(analysis.files.comment, 'utf8').split('\n');
  const link = scanUrl === null ? '' : serverLink(scanUrl);
  const body = `${[first, marker, ...rest].join('\n')}${link}`;
  const place = { repository: settings.runner.repository, number: pullRequest.number };
  const isNothing = isNothingToTell(objectOf(analysis.report));
  return updateSummary(api, place, { body, marker, isNothing }, self);
}

function sayOnLines(speech: Speech, self: Author): Promise<ReviewOutcome> {
  const { settings, analysis, pullRequest, api } = speech;
  const { inputs, runner } = settings;
  const comparison = comparisonOf(objectOf(analysis.report));
  const report = reviewReportOf(parsedJson(readFileSync(analysis.files.review, 'utf8')));
  const marker = jobMarker(jobKeyOf(settings));
  const server = speech.scanUrl?.replace(/\/scan\/[^/]*$/, '') ?? null;
  const linked = report.comments.map((comment) =>
    server === null ? comment : withServerLink(comment, server),
  );
  const limits = { most: inputs.mostComments, ofOneRule: OF_ONE_RULE };
  const { comments, unplaced } = keptComments(linked, comparison, limits);
  return postReview(api, {
    place: { repository: runner.repository, number: pullRequest.number },
    report,
    comments: comments.map((comment) => withFootnotes(comment, comparison, [marker])),
    unplaced: unplaced.length,
    comparison,
    event: inputs.reviewEvent,
    tellsTheRest: !inputs.hasSummary,
    marker,
    self,
  });
}

function isNothingToTell(report: Untyped): boolean {
  const lists = ['new', 'fixed', 'not_assessed', 'newly_suppressed', 'suppression_notices'];
  const isSame = listOf(report['unchanged']).every(
    (finding) => objectOf(finding)['previous_severity'] === null,
  );
  const pending = listOf(objectOf(report['policy'])['pending']);
  const isEmpty = lists.every((name) => listOf(report[name]).length === 0);
  return report['complete'] === true && isEmpty && isSame && pending.length === 0;
}
