import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import {
  readScanReport,
  readSnapshot,
  UserError,
  type ScanDocument,
  type Snapshot,
} from '@securescan/core';

/** A report of 100 000 findings has some 200 MB; what is much larger is something else. */
const MAX_BYTES = 400_000_000;
/** O_NONBLOCK: a FIFO must not hang us. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads a baseline or a JSON report, under the name by which it was asked for. Throws UserError SNAPSHOT_INVALID where it is not
 * there, cannot be read, or is neither.
 */
export function readSnapshotFile(path: string, shown: string): Snapshot {
  return readSnapshot(readText(path, shown), shown);
}

/** As `readSnapshotFile`, for the whole of a scan's JSON report. */
export function readScanReportFile(path: string, shown: string): ScanDocument {
  return readScanReport(readText(path, shown), shown);
}

function readText(path: string, shown: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(path, OPEN_FLAGS);
  } catch (cause) {
    // Expected: a typing error, or somebody else's file.
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const what = isMissing ? 'is not there; check the path' : 'cannot be read; make it readable';
    throw new UserError('SNAPSHOT_INVALID', `${shown} ${what}.`, { cause });
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw refused(shown, 'is not a regular file; name one that is');
    if (stats.size > MAX_BYTES) {
      throw refused(shown, `is larger than ${String(MAX_BYTES / 1_000_000)} MB, as no report is`);
    }
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function refused(shown: string, what: string): UserError {
  return new UserError('SNAPSHOT_INVALID', `${shown} ${what}.`);
}
