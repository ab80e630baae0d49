import { OperationalError } from '@securescan/core';

/** Why GitHub did not do what it was asked. */
export type Refusal =
  /** The token may not do that: it is that of a fork, or the workflow grants too little. */
  | 'forbidden'
  /** Longer than we are willing to wait. */
  | 'rate-limited'
  /** It makes no sense to GitHub: a line that is not part of the change, for instance. */
  | 'invalid'
  | 'not-found'
  /** Anything else: an outage, an answer that is none. */
  | 'failed';

/** An answer of GitHub that is of no use. */
export class GitHubError extends OperationalError {
  constructor(
    readonly refusal: Refusal,
    message: string,
    readonly status: number | null = null,
    cause?: unknown,
  ) {
    super('SERVICE_UNAVAILABLE', message, { cause });
  }
}
