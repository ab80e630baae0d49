import type { GitHubPlace } from './github-place';
import type { LineRange } from './reviewable-lines';

export const REVIEW_EVENTS = ['COMMENT', 'REQUEST_CHANGES', 'APPROVE'] as const;
/** What a review comes to, in the words of GitHub. */
export type ReviewEvent = (typeof REVIEW_EVENTS)[number];

/** What a review needs to know beside the comparison. */
export interface ReviewRequest {
  readonly github: GitHubPlace;
  readonly event: ReviewEvent;
  /** The full id of the commit that is commented on. */
  readonly commit: string;
  /** False where nothing is to be offered that would silence a finding. */
  readonly hasSuggestions: boolean;
  /** By path at the commit. */
  readonly lines: ReadonlyMap<string, readonly LineRange[]>;
  /** Texts of files at the commit, as far as they are known. */
  readonly texts: ReadonlyMap<string, string>;
}
