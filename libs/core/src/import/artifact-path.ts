import { MAX_PATH_CHARACTERS } from './import-limits';

/** A file of the project by its path relative to the project root; or why there is none. */
export type ArtifactPlace =
  | { readonly kind: 'file'; readonly path: string }
  /** The project itself. */
  | { readonly kind: 'root' }
  /** A path that leaves the project, or an absolute one below no known directory. */
  | { readonly kind: 'outside' }
  /** Not a file at all: the address of a page, a package, an image. */
  | { readonly kind: 'elsewhere'; readonly uri: string };

const SCHEME = /^([a-z][a-z0-9+.-]+):/i;
const DRIVE = /^[A-Za-z]:(?=[\\/])/;
const FILE_AUTHORITY = /^file:(?:\/\/[^/\\]*)?/i;

/**
 * Where a URI or a path of a tool lies in the project.
 * @param prefix of a relative one, relative to the root; empty or with a slash at the end.
 * @param root absolute; `null` where it is not known.
 */
export function placeOfArtifact(uri: string, prefix: string, root: string | null): ArtifactPlace {
  if (uri.length > MAX_PATH_CHARACTERS) return { kind: 'outside' };
  const scheme = DRIVE.test(uri) ? undefined : SCHEME.exec(uri)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'file') return { kind: 'elsewhere', uri };
  const path = decodedPath(uri);
  if (!isAbsolute(path)) return placeOfPath(`${prefix}${path}`);
  const relative = root === null ? null : below(path, root);
  return relative === null ? { kind: 'outside' } : placeOfPath(relative);
}

/** What of one absolute path lies below another, with a slash at its end where it is not empty; `null` where it does not. */
export function prefixBelow(path: string, root: string): string | null {
  const relative = below(decodedPath(path), root);
  if (relative === null || relative === '') return relative;
  return relative.endsWith('/') ? relative : `${relative}/`;
}

/** A path, or a URI's path, with slashes and without percent-encoding. */
export function decodedPath(uri: string): string {
  const path = uri.replace(FILE_AUTHORITY, '').replaceAll('\\', '/');
  try {
    return decodeURIComponent(path);
  } catch {
    // Expected: a tool that encodes nothing, and a file whose name holds a percent sign.
    return path;
  }
}

export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || DRIVE.test(path);
}

function below(path: string, root: string): string | null {
  const [inner, outer] = [withoutDriveSlash(path), withoutDriveSlash(decodedPath(root))];
  const base = outer.endsWith('/') ? outer : `${outer}/`;
  if (`${inner}/` === base) return '';
  return inner.startsWith(base) ? inner.slice(base.length) : null;
}

/** `/C:/src` of a URI is `C:/src`. */
function withoutDriveSlash(path: string): string {
  return path.startsWith('/') && DRIVE.test(path.slice(1)) ? path.slice(1) : path;
}

/** Where a path that is no URI lies in the project; an absolute one lies outside. */
export function placeOfPath(path: string): ArtifactPlace {
  if (isAbsolute(path) || path.includes('\0')) return { kind: 'outside' };
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return { kind: 'outside' };
  }
  if (segments.length === 0) return { kind: 'root' };
  return { kind: 'file', path: segments.join('/').toWellFormed().normalize('NFC') };
}
