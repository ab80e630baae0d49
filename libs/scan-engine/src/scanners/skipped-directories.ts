import type { ScanTarget } from '../scanner';
import { SKIPPED_DIRECTORIES } from '../skipped-directories';

/**
 * The names that a tool must be told to leave out. Who names `build/generated` as the target wants it scanned: names on the
 * way from the root to the target stay in, because tools match them against the whole path.
 */
export function directoriesToSkip(target: ScanTarget): string[] {
  const onTheWay = new Set(target.path.slice(target.root.length).split(/[\\/]/u));
  return SKIPPED_DIRECTORIES.filter((name) => !onTheWay.has(name));
}
