/** What a list of findings needs to know of its scan. */
export interface ListedScan {
  readonly id: string;
  readonly project: string;
  readonly findingsCount: number;
  readonly suppressedCount: number;
}
