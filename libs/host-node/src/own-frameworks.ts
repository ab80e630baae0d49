import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareCodePoints,
  FrameworkInvalidError,
  MAX_FRAMEWORK_BYTES,
  readOwnFrameworks,
  UserError,
  type Framework,
} from '@securescan/core';

const MAX_FILES = 20;
/** O_NONBLOCK: a FIFO must not hang us. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads every `*.json` of the directory that the operator named for frameworks of their own; `null`: nobody named one. Throws
 * UserError CONFIG_INVALID that says which file is wrong, where, and what to do.
 */
export function loadOwnFrameworks(directory: string | null): readonly Framework[] {
  if (directory === null) return [];
  const names = namesIn(directory)
    .filter((name) => name.endsWith('.json'))
    .sort(compareCodePoints);
  if (names.length > MAX_FILES) {
    throw refused(
      directory,
      `holds ${String(names.length)} files that end with .json, and ${String(MAX_FILES)} are read at most; move some away`,
    );
  }
  return readOwnFrameworks(
    names.map((name) => {
      const path = join(directory, name);
      return { name: path, text: textOf(path) };
    }),
  );
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (cause) {
    // Expected: a typing error, or somebody else's directory.
    throw refused(
      directory,
      'is no directory that can be read; name one, or unset the variable',
      cause,
    );
  }
}

function refused(directory: string, what: string, cause?: unknown): UserError {
  return new UserError('CONFIG_INVALID', `SECURESCAN_COMPLIANCE_DIR: ${directory} ${what}.`, {
    cause,
  });
}

function textOf(path: string): string {
  const bytes = bytesOf(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Expected: an editor that writes Latin-1 or UTF-16.
    throw new FrameworkInvalidError(path, 'it is not UTF-8; save it as UTF-8');
  }
}

function bytesOf(path: string): Buffer {
  let descriptor: number;
  try {
    descriptor = openSync(path, OPEN_FLAGS);
  } catch {
    // Expected: a dangling link, or somebody else's file.
    throw new FrameworkInvalidError(path, 'it cannot be read; make it readable or move it away');
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      throw new FrameworkInvalidError(path, 'it is not a regular file; move it away');
    }
    if (stats.size > MAX_FRAMEWORK_BYTES) {
      const most = String(MAX_FRAMEWORK_BYTES);
      throw new FrameworkInvalidError(path, `it is larger than ${most} bytes; make it smaller`);
    }
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
