import { opendirSync, lstatSync, type Dirent, type Stats } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import {
  BUDGETS,
  budgetExceeded,
  SKIPPED_DIRECTORIES,
  type FileTree,
  type TreeFile,
} from '@securescan/scan-engine';
import { EventLoopPause } from './event-loop-pause';
import { statTarget } from './target';
import { TextReader } from './text-reader';

const MAX_FILES = 200_000;
const MAX_DEPTH = 200;
const MAX_NOTES = 50;

export interface TreeTarget {
  readonly root: string;
  readonly path: string;
}

/**
 * Walks the target once. Links are never followed, so there are no loops and no way out of the root. Throws UserError
 * TARGET_NOT_FOUND when the target is gone.
 */
export async function openFileTree(
  target: TreeTarget,
  maxFiles: number = MAX_FILES,
): Promise<FileTree> {
  const walk = new TreeWalk(target.root, maxFiles);
  const stats = await statTarget(target.path);
  if (stats.isDirectory()) await walk.directory(target.path);
  else walk.file(target.path, stats);
  const maxFileBytes = stats.isDirectory() ? BUDGETS.fileBytes : BUDGETS.namedFileBytes;
  const reader = new TextReader(target.root, maxFileBytes);
  return {
    files: walk.files.sort((a, b) => compareCodePoints(a.path, b.path)),
    maxFileBytes,
    notes: walk.notes(),
    skipped: walk.skippedPaths,
    irregular: walk.irregular,
    readText: (path, maxBytes) => reader.read(path, maxBytes),
  };
}

class TreeWalk {
  readonly files: TreeFile[] = [];
  readonly skippedPaths: { path: string; reason: string }[] = [];
  readonly irregular: string[] = [];
  private readonly special: string[] = [];
  private links = 0;
  private isFull = false;
  private readonly skipped = new Set(SKIPPED_DIRECTORIES);
  private readonly pause = new EventLoopPause();

  constructor(
    private readonly root: string,
    private readonly maxFiles: number,
  ) {}

  async directory(start: string): Promise<void> {
    const pending = [{ path: start, depth: 0 }];
    for (let next = pending.pop(); next !== undefined && !this.isFull; next = pending.pop()) {
      const { path, depth } = next;
      for (const child of await this.list(path)) {
        if (depth < MAX_DEPTH) pending.push({ path: child, depth: depth + 1 });
        else this.skip(child, 'nested too deeply');
      }
    }
  }

  file(path: string, stats: Stats): void {
    if (this.isFull) return;
    if (this.files.length >= this.maxFiles) {
      this.isFull = true;
      this.skip(this.root, budgetExceeded(`the tree has more than ${this.maxFiles} files`));
      return;
    }
    this.files.push({ path: this.toRelative(path), sizeBytes: stats.size });
  }

  notes(): string[] {
    const unread = this.skippedPaths.map(({ path, reason }) => `${path}: ${reason}`);
    const single = [...unread, ...this.special].sort(compareCodePoints);
    const notes = single.slice(0, MAX_NOTES);
    if (single.length > MAX_NOTES) notes.push(`${single.length - MAX_NOTES} more such paths`);
    if (this.links > 0) notes.push(`${this.links} symbolic links were not followed`);
    return notes;
  }

  /** Visits one directory and returns the directories in it, last one first, as a stack wants them. */
  private async list(path: string): Promise<string[]> {
    const children: string[] = [];
    for (const entry of await this.entries(path)) {
      const child = this.visit(path, entry);
      if (child !== null) children.push(child);
      if (this.pause.isDue()) await this.pause.take();
    }
    return children.reverse();
  }

  /** Sorted, so that a walk which is cut short lists the same files on every file system. */
  private async entries(path: string): Promise<Dirent[]> {
    const entries: Dirent[] = [];
    try {
      const directory = opendirSync(path, { bufferSize: 512 });
      try {
        for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
          entries.push(entry);
          if (this.pause.isDue()) await this.pause.take();
        }
      } finally {
        directory.closeSync();
      }
    } catch {
      // Expected: no permission, or the directory went away while we walked.
      this.skip(path, 'the directory cannot be read');
    }
    return entries.sort((a, b) => compareCodePoints(a.name, b.name));
  }

  private visit(parent: string, entry: Dirent): string | null {
    const path = join(parent, entry.name);
    if (entry.isDirectory()) return this.skipped.has(entry.name) ? null : path;
    if (entry.isFile()) this.regularFile(path);
    else this.irregularEntry(this.toRelative(path), entry);
    return null;
  }

  private irregularEntry(path: string, entry: Dirent): void {
    this.irregular.push(path);
    if (entry.isSymbolicLink()) this.links += 1;
    else this.special.push(`${path}: not a regular file`);
  }

  private regularFile(path: string): void {
    try {
      this.file(path, lstatSync(path));
    } catch {
      // Expected: it went away, or its name is not valid UTF-8 and cannot be asked for again.
      this.skip(path, path.includes('\ufffd') ? 'its name is not UTF-8' : 'cannot be read');
    }
  }

  private skip(path: string, reason: string): void {
    this.skippedPaths.push({ path: this.toRelative(path) || '.', reason });
  }

  private toRelative(path: string): string {
    const inside = relative(this.root, path);
    return sep === '/' ? inside : inside.split(sep).join('/');
  }
}
