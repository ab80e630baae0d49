import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in our own `package.json`, the nearest one above this file. Loads nothing, so that `--version` is quick. */
export function readProductVersion(): string {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    const version = versionIn(join(directory, 'package.json'));
    if (version !== null) return version;
    if (dirname(directory) === directory) return 'unknown';
  }
}

function versionIn(manifest: string): string | null {
  try {
    const value: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    const isOurs =
      typeof value === 'object' && value !== null && 'name' in value && value.name === 'securescan';
    return isOurs && 'version' in value && typeof value.version === 'string' ? value.version : null;
  } catch {
    // Expected: most directories on the way up have none.
    return null;
  }
}
