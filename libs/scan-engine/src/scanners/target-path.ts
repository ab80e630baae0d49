import type { ScanTarget } from '../scanner';

/** Where the target lies below the root: POSIX, relative, empty for the root itself. */
export function pathWithin({ root, path }: ScanTarget): string {
  return path.slice(root.length).replaceAll('\\', '/').replace(/^\//u, '');
}
