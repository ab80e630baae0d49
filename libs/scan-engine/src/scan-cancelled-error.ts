import { UserError } from '@securescan/core';

/** The caller aborted the scan. By the time it is thrown, no child of the scan is left. */
export class ScanCancelledError extends UserError {
  constructor() {
    super('SCAN_CANCELLED', 'The scan was cancelled.');
  }
}
