import type { ScanType } from '@securescan/contracts';
import type { CurrentPair } from './current-targets.repository';

/** Whose word about a target counts, by scanner. */
export type CurrentPairs = ReadonlyMap<string, CurrentPair>;

/** One of the scans that a target's state is made of. */
export interface CurrentPart {
  readonly scanId: string;
  /** When it was asked for. */
  readonly createdAt: string;
  readonly scanNumber: number;
  /** Those that look at the target. */
  readonly scanTypes: readonly ScanType[];
  /** How many findings the scan has, muted ones too. */
  readonly total: number;
  readonly suppressed: number;
}
