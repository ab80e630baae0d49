import { sep } from 'node:path';

/** Whether an absolute, normalised path is the directory itself or lies in it; compared by segment, not by prefix. */
export function isInside(path: string, directory: string): boolean {
  const base = directory.endsWith(sep) ? directory : directory + sep;
  return path === directory || path.startsWith(base);
}
