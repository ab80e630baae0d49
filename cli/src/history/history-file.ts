import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, stat, unlink } from 'node:fs/promises';
import { UserError } from '@securescan/core';
import { hasCode } from '../output/system-error';
import { parseHistoryLine } from './history-entry';
import type { HistoryEntry } from './history-entry';

export interface HistoryLimits {
  /** Of one of the two files; the older one holds as many once more. */
  readonly lines: number;
  readonly bytes: number;
}

export interface HistoryReading {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Lines that are no entry. */
  readonly brokenLines: number;
}

/** Its name in the data directory. */
export const HISTORY_NAME = 'history.jsonl';

const LIMITS: HistoryLimits = { lines: 5_000, bytes: 2_621_440 };
/** No line of ours is shorter. */
const SHORTEST_LINE = 150;
/** Whoever held the lock for longer is gone. */
const STALE_LOCK_MS = 60_000;
const NEWLINE = 0x0a;

/**
 * The scans of this user, one JSON object a line, the youngest last. When the file is full it becomes `<path>.1` in place of the
 * one before, so that at least half of what may be kept is there at any time, and no line of a scan that ends at the same
 * moment is lost.
 */
export class HistoryFile {
  private readonly older: string;

  constructor(
    private readonly path: string,
    private readonly limits: HistoryLimits = LIMITS,
  ) {
    this.older = `${path}.1`;
  }

  /** Adds a line in one write, which the kernel keeps whole beside those of other processes. Rejects with system errors. */
  async append(entry: HistoryEntry): Promise<void> {
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
    // Without O_NONBLOCK a named pipe that stands there would hold the scan for ever.
    const flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
    const file = await open(this.path, flags, 0o600);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new UserError('OUTPUT_NOT_WRITABLE', 'it is not a regular file');
      if ((stats.mode & 0o077) !== 0) await file.chmod(0o600);
      const start = (await endsInLine(file, stats.size)) ? '' : '\n';
      await file.write(`${start}${JSON.stringify(entry)}\n`);
    } finally {
      await file.close();
    }
    if (await this.isFull()) await this.rotate();
  }

  /** The newest entries, at most `limit`. Lines that are no entry are left out and counted. Rejects with system errors. */
  async read(limit: number): Promise<HistoryReading> {
    const entries: HistoryEntry[] = [];
    let brokenLines = 0;
    for (const path of [this.path, this.older]) {
      const lines = await this.linesOf(path);
      for (let index = lines.length - 1; index >= 0 && entries.length < limit; index -= 1) {
        const entry = parseHistoryLine(lines[index] ?? '');
        if (entry === null) brokenLines += 1;
        else entries.push(entry);
      }
    }
    return { entries, brokenLines };
  }

  private async isFull(): Promise<boolean> {
    const { size } = await stat(this.path);
    if (size >= this.limits.bytes) return true;
    // Counting is for files that can hold as many lines at all.
    if (size < this.limits.lines * SHORTEST_LINE) return false;
    return (await this.linesOf(this.path)).length >= this.limits.lines;
  }

  /** Two that rotate at once would throw the younger half away: who comes second leaves it to the first. */
  private async rotate(): Promise<void> {
    const lock = `${this.path}.lock`;
    if (!(await takeLock(lock))) return;
    try {
      if (await this.isFull()) await rename(this.path, this.older);
    } finally {
      await unlink(lock);
    }
  }

  private async linesOf(path: string): Promise<string[]> {
    const text = await readEnd(path, this.limits.bytes * 2);
    return text.split('\n').filter((line) => line !== '');
  }
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === NEWLINE;
}

/** The last bytes of a file, from the beginning of a line; empty where there is none. */
async function readEnd(path: string, bytes: number): Promise<string> {
  const file = await openOrNull(path);
  if (file === null) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(size - start),
      0,
      size - start,
      start,
    );
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    // Expected: nothing was scanned yet.
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function takeLock(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    // Expected: somebody else rotates right now, or was killed while doing so; then the next scan finds no lock.
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > STALE_LOCK_MS) await unlink(path);
    return false;
  }
}
