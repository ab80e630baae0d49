import type { ScanTarget } from '../scanner';

/** The last segment of a POSIX path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What stands before the last slash of a POSIX path; empty at the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Where the target lies below the root: POSIX, relative, empty for the root itself. */
export function pathWithin({ root, path }: ScanTarget): string {
  return path.slice(root.length).replaceAll('\\', '/').replace(/^\//u, '');
}

/** A path below a directory, either of which may be the root. */
export function below(directory: string, path: string): string {
  return directory === '' ? path : `${directory}/${path}`;
}
