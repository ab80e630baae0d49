import { accessSync, closeSync, constants, existsSync, lstatSync, openSync } from 'node:fs';
import { readlinkSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '@securescan/core';
import { isInside } from './path-inside';
import { searchDirectories } from './tool-locator';

const MAX_HEAD_BYTES = 1_024;
const MAX_LINKS = 16;
/** How pip names an interpreter whose path is too long for `#!`, or has a space in it. */
const LONG_SHEBANG = /^'''exec' "?([^"\n]+?)"? "\$0"/mu;
/** What a program needs of the directory above its `bin`, where that holds other things too. */
const PARTS = ['lib', 'lib64', 'pyvenv.cfg'];

/** What decides how much of a machine an installation may show. */
export interface Surroundings {
  /** The tool's PATH. */
  readonly path: string;
  /** Directories that it sees in any case. */
  readonly shown: readonly string[];
  /** What no directory of an installation may contain: the home directory, the tree. */
  readonly hidden: readonly string[];
}

/**
 * Where the program and what interprets it are installed, as far as it does not see that anyway. Throws UserError
 * CONFIG_INVALID where a program lies among things that are not its own.
 */
export function installationsOf(program: string, surroundings: Surroundings): string[] {
  const paths = [program, ...interpretersOf(program, surroundings.path)]
    .filter((file) => !surroundings.shown.some((directory) => isInside(file, directory)))
    .flatMap((file) => installationOf(file, surroundings.hidden));
  return [...new Set(paths)];
}

/** The first program of that name, outside the scanned tree. */
export function findProgram(path: string, name: string, scannedRoot?: string): string | null {
  for (const directory of searchDirectories(path, scannedRoot)) {
    const candidate = join(directory, name);
    try {
      const real = realpathSync(candidate);
      accessSync(real, constants.X_OK);
      const isOfTree = scannedRoot !== undefined && isInside(real, scannedRoot);
      if (statSync(real).isFile() && !isOfTree) return candidate;
    } catch {
      // Expected: it is not in this directory, or we may not execute it.
    }
  }
  return null;
}

/** The directory above `bin`; if that would show too much, its parts; for a program without `bin`, its own directory. */
function installationOf(program: string, hidden: readonly string[]): string[] {
  const directory = dirname(program);
  const above = dirname(directory);
  if (['bin', 'sbin'].includes(basename(directory))) {
    if (!isTooMuch(above, hidden)) return [above];
    return [directory, ...PARTS.map((part) => join(above, part)).filter(existsSync)];
  }
  if (!isTooMuch(directory, hidden)) return [directory];
  throw new UserError(
    'CONFIG_INVALID',
    `the sandbox would have to show all of ${directory}; move ${basename(program)} into a directory of its own, or name this one in SECURESCAN_SANDBOX_PATHS`,
  );
}

/** `/`, what is everybody's (`/tmp`, `/opt`, `/home`), and what holds something that must stay hidden. */
function isTooMuch(directory: string, hidden: readonly string[]): boolean {
  return dirname(directory) === '/' || hidden.some((path) => isInside(path, directory));
}

/** Interpreters as they are named and as they are: a virtual environment's one is a link to another installation. */
function interpretersOf(program: string, path: string): string[] {
  const head = headOf(program);
  const line = /^#!\s*([^\n]*)/u.exec(head)?.[1] ?? '';
  const named = [interpreterOf(line, path), LONG_SHEBANG.exec(head)?.[1] ?? null];
  return named.flatMap((name) => (name !== null && isAbsolute(name) ? linksOf(resolve(name)) : []));
}

function interpreterOf(line: string, path: string): string | null {
  const [first = '', ...rest] = line.trim().split(/\s+/u);
  if (basename(first) !== 'env') return first;
  const name = rest.find((word) => !word.startsWith('-') && !word.includes('='));
  return name === undefined ? null : findProgram(path, name);
}

function linksOf(path: string): string[] {
  const chain = [path];
  for (let link = linkTarget(path); link !== null && chain.length < MAX_LINKS;) {
    chain.push(link);
    link = linkTarget(link);
  }
  return existsSync(path) ? [...chain, realpathSync(path)] : chain;
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : null;
  } catch {
    // Expected: a link into nothing.
    return null;
  }
}

function headOf(program: string): string {
  const descriptor = openSync(program, 'r');
  try {
    const buffer = Buffer.alloc(MAX_HEAD_BYTES);
    const length = readSync(descriptor, buffer, 0, buffer.length, 0);
    // An interpreter's path is bytes to the system, and text to Node.
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}
