import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { findProgram } from '../tool-installation';

/** In the order in which they are looked for: what prints the same pages everywhere comes first. */
const PROGRAMS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
] as const;

export interface BrowserSearch {
  /** The value of SECURESCAN_CHROMIUM; empty where it is not set. */
  readonly named: string;
  /** Default: the PATH of this process. */
  readonly path?: string;
  /** Nothing in it may lend us a browser. */
  readonly scannedRoot?: string | undefined;
}

/** A browser that prints, or a sentence that says why there is none and what to do. */
export type BrowserFinding =
  | { readonly executable: string; readonly problem: null }
  | { readonly executable: null; readonly problem: string };

/** Looks for Chromium or one of its kin: where the operator says, else on PATH. Starts nothing. */
export function findBrowser({
  named,
  path = process.env['PATH'] ?? '',
  scannedRoot,
}: BrowserSearch): BrowserFinding {
  if (named !== '') {
    return isProgram(named)
      ? { executable: named, problem: null }
      : none(
          `SECURESCAN_CHROMIUM must be the absolute path of a browser's program, and is "${named}".`,
        );
  }
  for (const name of PROGRAMS) {
    const executable = findProgram(path, name, scannedRoot);
    if (executable !== null) return { executable, problem: null };
  }
  return none(
    'A PDF is printed by Chromium or Chrome, and none is on PATH: install one (on Debian, "apt install chromium"), name it in ' +
      'SECURESCAN_CHROMIUM, or write --output html and print that.',
  );
}

function none(problem: string): BrowserFinding {
  return { executable: null, problem };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isAbsolute(path) && statSync(path).isFile();
  } catch {
    // Expected: nothing stands there, or it is not ours to execute.
    return false;
  }
}
