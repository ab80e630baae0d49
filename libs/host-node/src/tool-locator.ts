import { constants, realpathSync } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve, sep } from 'node:path';
import type { ToolLocator } from '@securescan/scan-engine';
import { isInside } from './path-inside';

/** Where programs such as sshd and nft are, which the PATH of most people leaves out. */
const ADMINISTRATION = ['/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter);

export interface ToolSearchPath {
  /** The operator's own directory, looked at first. */
  readonly toolsDirectory: string | null;
  /** Programs that we installed, looked at second. */
  readonly installedPrograms?: string;
  /** The value of PATH. */
  readonly path: string;
}

/** One directory with a link to the program of every tool that was installed to the end. */
export function programsDirectory(installedTools: string): string {
  return join(installedTools, 'bin');
}

/** The directories of a PATH that may lend us a program: existing absolute ones outside the scanned tree, in order. */
export function searchDirectories(path: string, scannedRoot?: string): string[] {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && isTrusted(entry, scannedRoot));
}

/** Whether a path is part of what is scanned. Who scans the whole machine means the machine, and its programs are on it. */
function isBrought(path: string, scannedRoot?: string): boolean {
  return scannedRoot !== undefined && scannedRoot !== sep && isInside(path, scannedRoot);
}

function isTrusted(directory: string, scannedRoot?: string): boolean {
  try {
    const real = realpathSync(directory);
    return !(isBrought(real, scannedRoot) || isBrought(resolve(directory), scannedRoot));
  } catch {
    // Expected: PATH often names directories that do not exist.
    return false;
  }
}

/**
 * Finds programs in the operator's directory, among those that we installed, and on PATH. A relative PATH entry is skipped, and so is what lies in the
 * scanned tree, directly or through a symbolic link: a repository must not bring its own scanner.
 */
export class NodeToolLocator implements ToolLocator {
  constructor(private readonly search: ToolSearchPath) {}

  async locate(executable: string, scannedRoot?: string): Promise<string | null> {
    const { toolsDirectory, installedPrograms = null, path } = this.search;
    const whole = [toolsDirectory, installedPrograms, path, ADMINISTRATION]
      .filter((entry) => entry !== null)
      .join(delimiter);
    for (const directory of searchDirectories(whole, scannedRoot)) {
      const candidate = join(directory, executable);
      if (await isUsable(candidate, scannedRoot)) return candidate;
    }
    return null;
  }

  async stamp(path: string): Promise<string> {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs}:${size}:${ino}`;
  }
}

async function isUsable(candidate: string, scannedRoot?: string): Promise<boolean> {
  try {
    const real = await realpath(candidate);
    if (isBrought(real, scannedRoot)) return false;
    if (!(await stat(real)).isFile()) return false;
    await access(real, constants.X_OK);
    return true;
  } catch {
    // Expected: no such file, or we may not execute it.
    return false;
  }
}

/** Looks where this process was told to: by its options, and by its PATH. */
export function openToolLocator(settings: {
  readonly toolsDirectory: string | null;
  readonly installedTools: string;
}): NodeToolLocator {
  return new NodeToolLocator({
    toolsDirectory: settings.toolsDirectory,
    installedPrograms: programsDirectory(settings.installedTools),
    path: process.env['PATH'] ?? '',
  });
}
