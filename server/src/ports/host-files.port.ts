export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'directory' | 'file';
}

/** What the server itself needs to know of the machine's files. Scans read theirs through the engine's ports. */
export abstract class HostFiles {
  abstract homeDirectory(): string;

  abstract isAbsolute(path: string): boolean;

  /** The path made absolute and free of `.` and `..`, without looking at the disk. */
  abstract normalise(path: string): string;

  /** The path with its symbolic links resolved and what stands there, or `null` where nothing readable does. */
  abstract resolve(
    path: string,
  ): Promise<{ readonly path: string; readonly kind: 'directory' | 'file' | 'other' } | null>;

  /** Directories and regular files in a directory, links followed; unreadable entries are left out. `null` if it cannot be read. */
  abstract list(directory: string): Promise<DirectoryEntry[] | null>;

  abstract join(directory: string, name: string): string;

  /** The directory above, or `null` at the top. */
  abstract parent(path: string): string | null;

  /** Whether a normalised path is the directory or lies in it, compared by segment. */
  abstract isInside(path: string, directory: string): boolean;
}
