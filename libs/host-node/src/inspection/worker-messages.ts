import type { FileBatch, InspectedFile } from '@securescan/scan-engine';

/** One batch for a thread, and the cells in which it tells where it is: index of the file, index of the scanner. */
export interface BatchOrder {
  readonly batch: FileBatch;
  readonly position: Int32Array;
}

export interface BatchAnswer {
  readonly files: readonly InspectedFile[];
}
