import type { ParsedFinding } from '@securescan/core';

/** What one scanner of kind `file` says about one file. */
export interface FileReport {
  readonly findings: readonly ParsedFinding[];
  /** Why the file counts as skipped after all; `null` where it was read. */
  readonly skipped: string | null;
  readonly notes: readonly string[];
}
