import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { installRoot } from './install-root';

/**
 * The compiled program of a thread, even where we run from source: a thread knows no TypeScript. `path` is where it stands in
 * `dist`; one that stands beside us, in `directory`, goes first, so that a bundle takes the one that was bundled with it.
 */
export function threadProgram(directory: string, path: string): string {
  const beside = join(directory, basename(path));
  return existsSync(beside) ? beside : join(installRoot(), 'dist', path);
}
