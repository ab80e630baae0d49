import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { MAX_CONFIG_CHARACTERS, PROJECT_CONFIG_NAMES, ProjectConfigError } from '@securescan/core';
import type { ScanTarget } from '@securescan/scan-engine';
import { isInside } from '../path-inside';
import { statTarget } from '../target';

/** A configuration as it stands on the disk. */
export interface ProjectConfigFile {
  /** POSIX path relative to the project's root; absolute where it lies outside. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  /** Absolute. Its paths are relative to this. */
  readonly directory: string;
  readonly text: string;
}

/** Of UTF-8 a character takes up to four. */
const MAX_BYTES = MAX_CONFIG_CHARACTERS * 4;
/** O_NONBLOCK: a FIFO must not hang us. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * The configuration of a target: the nearest one from its directory up to the project's root. `null` where there is none. Throws
 * ProjectConfigError where there is one that cannot be read or whose link leads out of the project: what it denies must
 * not pass because of that, and UserError TARGET_NOT_FOUND where the target is gone.
 */
export async function findProjectConfig(target: ScanTarget): Promise<ProjectConfigFile | null> {
  const { root, path } = target;
  const isDirectory = (await statTarget(path)).isDirectory();
  for (let directory = isDirectory ? path : dirname(path); ; directory = dirname(directory)) {
    const name = PROJECT_CONFIG_NAMES.find((candidate) => isThere(join(directory, candidate)));
    if (name !== undefined) return readInProject(join(directory, name), root);
    if (directory === root || !isInside(directory, root)) return null;
  }
}

/**
 * The configuration in a file that somebody named, wherever it lies. Relative paths are relative to `cwd`; `root` is that of the
 * project it is meant for. Throws ProjectConfigError where it cannot be read.
 */
export function readProjectConfigFile(
  path: string,
  { cwd, root }: { readonly cwd: string; readonly root: string | null },
): ProjectConfigFile {
  const absolute = resolve(cwd, path);
  const real = realPathOrNull(absolute);
  if (real === null) throw unreadable(path, 'there is no such file; check the path');
  // Of the link, if it is one: its paths mean what they mean where it is found.
  const directory = realpathSync(dirname(absolute));
  const place = join(directory, basename(absolute));
  return {
    path: root !== null && isInside(place, root) ? pathWithin(root, place) : place,
    file: place,
    directory,
    text: readText(real, path),
  };
}

function readInProject(absolute: string, root: string): ProjectConfigFile {
  const path = pathWithin(root, absolute);
  const real = realPathOrNull(absolute);
  if (real === null || !isInside(real, root)) {
    throw unreadable(
      path,
      'it is a symbolic link that leads out of the project or to nothing; put the file itself there',
    );
  }
  return { path, file: absolute, directory: dirname(absolute), text: readText(real, path) };
}

function readText(real: string, shown: string): string {
  let bytes: Buffer | string;
  try {
    bytes = readRegularFile(real);
  } catch (cause) {
    // Expected: somebody else's file.
    throw unreadable(shown, 'make it readable for the user that scans', cause);
  }
  if (typeof bytes === 'string') throw unreadable(shown, bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    // Expected: an editor that writes Latin-1 or UTF-16.
    throw unreadable(shown, 'it is not UTF-8; save it as UTF-8', cause);
  }
}

/** The content, or why there is none. */
function readRegularFile(path: string): Buffer | string {
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return 'it is a directory; it has to be a file';
    if (!stats.isFile()) return 'it is not a regular file';
    if (stats.size > MAX_BYTES) return `it is larger than ${MAX_BYTES} bytes; make it smaller`;
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function realPathOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    // Expected: a typing error, a dangling link, or a directory on the way that we may not enter.
    return null;
  }
}

function pathWithin(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function unreadable(path: string, what: string, cause?: unknown): ProjectConfigError {
  const message = `it cannot be read: ${what}`;
  const problem = { level: 'error', line: 1, column: 1, location: null, message } as const;
  return new ProjectConfigError(path, [problem], { cause });
}
