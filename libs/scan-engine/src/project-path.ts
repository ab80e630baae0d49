/** A tool's path, seen from the project root. */
export interface ProjectPath {
  /** As on disk, for reading. */
  readonly onDisk: string;
  /** Well-formed and NFC, for identity and for people. */
  readonly normalised: string;
}

export type ProjectPathResult = ProjectPath | 'root' | 'outside';

/** Makes a path that a tool printed, absolute or relative to the root, into one relative to the root, without `.` and `..`. */
export function toProjectPath(toolPath: string, root: string): ProjectPathResult {
  const relative = toolPath.startsWith('/') ? withoutRoot(toolPath, root) : toolPath;
  if (relative === null) return 'outside';
  const segments: string[] = [];
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return 'outside';
  }
  if (segments.length === 0) return 'root';
  const onDisk = segments.join('/');
  // Python prints the bytes of a name that is not UTF-8 as lone surrogates, which no encoding could carry on.
  return { onDisk, normalised: onDisk.toWellFormed().normalize('NFC') };
}

function withoutRoot(path: string, root: string): string | null {
  const base = root.endsWith('/') ? root : `${root}/`;
  if (path === root) return '';
  return path.startsWith(base) ? path.slice(base.length) : null;
}
