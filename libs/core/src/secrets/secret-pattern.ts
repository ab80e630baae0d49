import type { Severity } from '@securescan/contracts';

/** What is asked of a captured value before it counts. */
export type ValueCheck =
  /** The format itself is the proof; only documented examples and repeated characters are let go. */
  | 'format'
  /** A keyword stands before it: it must look generated. */
  | 'random'
  /** A keyword stands before it and people choose such values: it must not be a placeholder. */
  | 'password';

export interface SecretPattern {
  /** Slug; the rule of the secrets scanner is `secrets/<id>`. */
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly description: string;
  readonly check: ValueCheck;
  /**
   * One of these stands in every match: a text without them is not searched. ASCII, at least three characters each; their
   * case counts where it counts in the expression.
   */
  readonly hints: readonly string[];
  /** Flags `dg` or `dgi`; the group `value`, if there is one, is the secret, else the whole match is. Linear in time. */
  readonly expression: RegExp;
}
