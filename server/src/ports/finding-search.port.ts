/** Finds words in the text of findings, beside the event loop. */
export abstract class FindingSearch {
  /**
   * Positions of a scan's findings in which every term occurs, its words one after the other: ascending, from a position on,
   * at most `limit`. Throws SearchUnavailableError when the search takes too long or too many wait for theirs.
   */
  abstract positions(order: FindingSearchOrder): Promise<Int32Array>;
}

export interface FindingSearchOrder {
  readonly scanId: string;
  /** Each with at least one letter or digit. */
  readonly terms: readonly string[];
  readonly from: number;
  readonly limit: number;
}
