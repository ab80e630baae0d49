import { closeSync, lstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '@securescan/core';
import type { ProcessRequest } from '@securescan/scan-engine';
import { isInside } from './path-inside';
import { searchDirectories } from './tool-locator';

/** What every program needs to run at all. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64'];
const SETTINGS = ['/etc/ld.so.cache', '/etc/alternatives', '/etc/ssl', '/etc/ca-certificates'];
const NETWORK_SETTINGS = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf'];
const MAX_SHEBANG_BYTES = 256;

/** bubblewrap on this machine. */
export interface Sandbox {
  readonly executable: string;
  /** Further directories that the operator lets every tool read. */
  readonly readable: readonly string[];
}

/** Finds bubblewrap and tries it. Throws UserError CONFIG_INVALID where it is missing or may not work here. */
export function openSandbox(
  path: string,
  furtherDirectories: string,
  succeeds: (executable: string, args: readonly string[]) => boolean,
): Sandbox {
  const executable = findIn(searchDirectories(path), 'bwrap');
  if (executable === null) {
    throw new UserError(
      'CONFIG_INVALID',
      'A sandbox was asked for, and bubblewrap (bwrap) is not on PATH: install it, or go without the sandbox.',
    );
  }
  if (!succeeds(executable, ['--ro-bind', '/', '/', '--unshare-all', 'true'])) {
    throw new UserError(
      'CONFIG_INVALID',
      'A sandbox was asked for, and bubblewrap does not work on this machine: allow user namespaces, or go without the sandbox.',
    );
  }
  const readable = furtherDirectories.split(delimiter).filter((entry) => isAbsolute(entry));
  return { executable, readable };
}

/** The same call within bubblewrap: a file system of its own that shows the least, and no network unless it is needed. */
export function inSandbox(
  request: ProcessRequest,
  { executable, readable }: Sandbox,
): Pick<ProcessRequest, 'executable' | 'args'> {
  const { isolation, cwd, args } = request;
  const program = realpathSync(request.executable);
  const network = isolation?.network === true;
  return {
    executable,
    args: [
      '--unshare-all',
      ...(network ? ['--share-net'] : []),
      '--die-with-parent',
      ...SYSTEM.flatMap(systemDirectory),
      ...[...SETTINGS, ...(network ? NETWORK_SETTINGS : [])].flatMap(readOnly),
      ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
      ...installationsOf(program, request.env['PATH'] ?? '').flatMap(readOnly),
      ...[...readable, ...(isolation?.readable ?? [])].flatMap(readOnly),
      ...['--bind', cwd, cwd, '--chdir', cwd],
      '--',
      program,
      ...args,
    ],
  };
}

function readOnly(path: string): string[] {
  return ['--ro-bind-try', path, path];
}

/** `/bin` is a link into `/usr` on most systems of today, and must be one inside too. */
function systemDirectory(path: string): string[] {
  try {
    return lstatSync(path).isSymbolicLink()
      ? ['--symlink', readlinkSync(path), path]
      : readOnly(path);
  } catch {
    // Expected: not every system has all of them.
    return [];
  }
}

/** Where the program and what interprets it are installed, as far as that lies outside the system's directories. */
function installationsOf(program: string, path: string): string[] {
  const chain = [program, ...interpretersOf(program, path)];
  const directories = chain.map(installationOf).filter((directory) => !isOfSystem(directory));
  return [...new Set(directories)];
}

/** The interpreter as it is named and as it is: a virtual environment's one is a link to another installation. */
function interpretersOf(program: string, path: string): string[] {
  const [first = '', second = ''] = shebangOf(program).split(/\s+/u);
  const named = basename(first) === 'env' ? findIn(searchDirectories(path), second) : first;
  if (named === null || !isAbsolute(named)) return [];
  const chain = [named];
  for (let link = linkTarget(named); link !== null && chain.length < 16; link = linkTarget(link)) {
    chain.push(link);
  }
  return [...chain, realpathSync(named)];
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : null;
  } catch {
    // Expected: a link into nothing.
    return null;
  }
}

function shebangOf(program: string): string {
  const descriptor = openSync(program, 'r');
  try {
    const buffer = Buffer.alloc(MAX_SHEBANG_BYTES);
    const text = buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
    return /^#!\s*([^\n]*)/u.exec(text)?.[1] ?? '';
  } finally {
    closeSync(descriptor);
  }
}

/** The directory above `bin`, unless that would show a home directory or more: then only the program's own. */
function installationOf(program: string): string {
  const directory = dirname(program);
  const above = dirname(directory);
  const isPrefix = ['bin', 'sbin'].includes(basename(directory)) && !isTooMuch(above);
  return isPrefix ? above : directory;
}

function isTooMuch(directory: string): boolean {
  return isInside(homedir(), directory) || dirname(directory) === directory || isShared(directory);
}

/** Directories of everybody: `/tmp`, `/opt`, `/srv`, `/home`. */
function isShared(directory: string): boolean {
  return dirname(directory) === '/';
}

function isOfSystem(directory: string): boolean {
  return SYSTEM.some((system) => isInside(directory, system));
}

function findIn(directories: readonly string[], name: string): string | null {
  for (const directory of directories) {
    const candidate = join(directory, name);
    try {
      if (lstatSync(realpathSync(candidate)).isFile()) return candidate;
    } catch {
      // Expected: it is not in this directory.
    }
  }
  return null;
}
