import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { UserError } from '@securescan/core';
import type { RequestDocument } from '@securescan/api-client';
import { isSystemError } from '../output/system-error';

/** What a server takes. */
const MAX_BYTES = 32 * 1024 * 1024;
/** O_NONBLOCK: a FIFO must not hang us. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** A report as it lies on the disk; what it is, the server says. Throws UserError SNAPSHOT_INVALID under the shown name. */
export function readPushDocument(path: string, shown: string): RequestDocument {
  try {
    return { mediaType: 'application/json', bytes: readSmallFile(path, shown) };
  } catch (error) {
    // Expected: a typing error, or somebody else's file.
    if (!isSystemError(error)) throw error;
    throw refused(shown, 'cannot be read; check the path and who may read it', error);
  }
}

function readSmallFile(path: string, shown: string): Uint8Array<ArrayBuffer> {
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw refused(shown, 'is not a regular file; name one that is');
    if (stats.size > MAX_BYTES)
      throw refused(shown, 'is larger than the 32 MiB that a server takes');
    return new Uint8Array(readFileSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

function refused(shown: string, what: string, cause?: unknown): UserError {
  return new UserError('SNAPSHOT_INVALID', `${shown} ${what}.`, { cause });
}
