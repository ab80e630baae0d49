/** What a scan may use up. What goes beyond is cut and recorded, never waited for. */
export interface Budgets {
  /** A larger file's text is not read. A single file that somebody names may be larger. */
  readonly fileBytes: number;
  readonly namedFileBytes: number;
  /** Characters of one line; our own scanners do not see what stands behind. */
  readonly lineCharacters: number;
  /** Findings of one of our own scanners in one file. Beyond it a file says the same again and again. */
  readonly fileFindings: number;
  /**
   * Time that one scanner of our own may spend on one file that is as large as files may be. Far more than any takes, because
   * it depends on the machine where the other budgets cut every time at the same place: it ends what hangs.
   */
  readonly fileMs: number;
  /** Findings of one scanner, of whatever kind, in the whole scan. */
  readonly scannerFindings: number;
  /** Time of the whole scan. Each scanner has a limit of its own beside it. */
  readonly scanMs: number;
}

export const BUDGETS: Budgets = {
  fileBytes: 1_000_000,
  namedFileBytes: 16_000_000,
  lineCharacters: 1_000_000,
  fileFindings: 1_000,
  fileMs: 30_000,
  scannerFindings: 200_000,
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
