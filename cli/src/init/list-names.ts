import { readdir } from 'node:fs/promises';
import { TELLING_DIRECTORIES } from './detect-project';

/** Nobody keeps the one file that tells what a project is deeper, or behind more others. */
const MAX_DEPTH = 6;
const MAX_NAMES = 20_000;

/** The names that `detectProject` wants, as POSIX paths below the root. Follows no link; a directory that cannot be read has no names. */
export async function listNames(root: string): Promise<string[]> {
  const names: string[] = [];
  const waiting = ['', ...TELLING_DIRECTORIES].map((path) => ({ path, depth: 0 }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, depth } = next;
    const below = path === '' ? '' : `${path}/`;
    for (const entry of await entriesOf(`${root}/${path}`)) {
      if (names.length >= MAX_NAMES) return names;
      if (!entry.isDirectory()) names.push(`${below}${entry.name}`);
      else if (path !== '' && depth < MAX_DEPTH) {
        waiting.push({ path: `${below}${entry.name}`, depth: depth + 1 });
      }
    }
  }
  return names;
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch {
    // Expected: most projects have few of these directories.
    return [];
  }
}
