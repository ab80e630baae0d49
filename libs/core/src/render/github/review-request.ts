import type { LineRange } from './reviewable-lines';

export const REVIEW_EVENTS = ['COMMENT', 'REQUEST_CHANGES', 'APPROVE'] as const;
/** What a review comes to, in the words of GitHub. */
export type ReviewEvent = (typeof REVIEW_EVENTS)[number];

/** What a review knows beside the comparison. */
export interface ReviewRequest {
  /** Default: COMMENT. */
  readonly event?: ReviewEvent;
  /** The full id of the commit that is commented on. Default: the head of the comparison. */
  readonly commit?: string;
  /** True where a suggestion may be offered that ignores a finding. */
  readonly hasSuggestions?: boolean;
  /** On which lines GitHub takes comments, by path at the commit. Default: on none, so that all is told in the body. */
  readonly lines?: ReadonlyMap<string, readonly LineRange[]>;
  /** Texts of files at the commit, as far as they are known. */
  readonly texts?: ReadonlyMap<string, string>;
}
