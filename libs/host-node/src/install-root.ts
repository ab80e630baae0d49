import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DefectError } from '@securescan/core';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/**
 * The directory of our own package: the nearest `package.json` named `securescan` above this file. Never derived from the
 * working directory, where a scanned tree could stand.
 */
export function installRoot(): string {
  return locateInstall().directory;
}

/** The version in our own `package.json`. */
export function productVersion(): string {
  return locateInstall().manifest.version;
}

function locateInstall(): { directory: string; manifest: Manifest } {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    const manifest = readManifest(join(directory, 'package.json'));
    if (manifest?.name === 'securescan') return { directory, manifest };
    if (dirname(directory) === directory) {
      throw new DefectError(
        'INVARIANT_BROKEN',
        `No package.json of securescan stands above ${__dirname}.`,
      );
    }
  }
}

function readManifest(path: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isManifest(value) ? value : null;
  } catch {
    // Expected: most directories on the way up have none.
    return null;
  }
}

function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'version' in value &&
    typeof value.version === 'string'
  );
}
