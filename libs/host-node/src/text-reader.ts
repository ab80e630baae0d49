import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { tooLarge, type TextReading } from '@securescan/scan-engine';
import { EventLoopPause } from './event-loop-pause';
import { isInside } from './path-inside';

/** As git does it: a NUL byte near the beginning means that the file is not text. */
const BINARY_PROBE_BYTES = 8_000;
/** O_NONBLOCK: a FIFO that took the file's place since the walk must not hang us. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads text files below a root: never through a symbolic link, never out of the root, never more than a limit. */
export class TextReader {
  private readonly pause = new EventLoopPause();
  private readonly directories = new Map<string, boolean>();

  constructor(
    private readonly root: string,
    private readonly maxBytes: number,
  ) {}

  /** Takes a path relative to the root. `null` for whatever is no readable text of at most the limit. */
  async read(path: string, maxBytes = this.maxBytes): Promise<string | null> {
    if (this.pause.isDue()) await this.pause.take();
    const reading = this.readNow(path, maxBytes);
    return 'text' in reading ? reading.text : null;
  }

  /** The same at once, with the reason where there is no text. For threads that nobody waits for. */
  readNow(path: string, maxBytes = this.maxBytes): TextReading {
    const absolute = isAbsolute(path) ? normalize(path) : join(this.root, path);
    if (!this.isReachable(dirname(absolute)))
      return { unread: 'not reached without a symbolic link' };
    try {
      return this.readRegularFile(absolute, maxBytes);
    } catch {
      // Expected: it is gone, a link, or we may not read it.
      return { unread: 'cannot be read' };
    }
  }

  /** The directory is inside the root and none of its segments is a link. */
  private isReachable(directory: string): boolean {
    const known = this.directories.get(directory);
    if (known !== undefined) return known;
    const isReachable = isInside(directory, this.root) && isItsOwnRealPath(directory);
    this.directories.set(directory, isReachable);
    return isReachable;
  }

  private readRegularFile(path: string, maxBytes: number): TextReading {
    const descriptor = openSync(path, OPEN_FLAGS);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return { unread: 'not a regular file' };
      if (stats.size > maxBytes) return { unread: tooLarge(maxBytes) };
      // Synchronous: for the many small files of a tree a round trip through the thread pool costs more than the read.
      const content = readUpTo(descriptor, stats.size);
      if (content.subarray(0, BINARY_PROBE_BYTES).includes(0)) return { unread: 'binary' };
      const text = content.toString('utf8');
      return { text: text.startsWith('\uFEFF') ? text.slice(1) : text };
    } finally {
      closeSync(descriptor);
    }
  }
}

function isItsOwnRealPath(directory: string): boolean {
  try {
    return realpathSync(directory) === directory;
  } catch {
    // Expected: a tool named a file that does not exist.
    return false;
  }
}

function readUpTo(descriptor: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(descriptor, buffer, filled, size - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
