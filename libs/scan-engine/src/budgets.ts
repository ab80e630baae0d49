/** What a scan may use up. What goes beyond is cut and recorded, never waited for. */
export interface Budgets {
  /** A larger file's text is not read. A single file that somebody names may be larger. */
  readonly fileBytes: number;
  readonly namedFileBytes: number;
  /** Characters of one line; our own scanners do not see what stands behind. */
  readonly lineCharacters: number;
  /** Time that one scanner of our own may spend on one file. */
  readonly fileMs: number;
  /** Time of the whole scan. Each scanner has a limit of its own beside it. */
  readonly scanMs: number;
}

export const BUDGETS: Budgets = {
  fileBytes: 1_000_000,
  namedFileBytes: 16_000_000,
  lineCharacters: 1_000_000,
  fileMs: 5_000,
  scanMs: 3_600_000,
};

/** Why a file was not read that is larger than it may be. */
export function tooLarge(maxBytes: number): string {
  return budgetExceeded(`larger than ${maxBytes / 1_000_000} MB`);
}

/** How every cut is recorded: the same words in front, so that it can be searched for. */
export function budgetExceeded(what: string): string {
  return `budget exceeded: ${what}`;
}
