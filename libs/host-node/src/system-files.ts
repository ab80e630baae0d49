import { constants } from 'node:fs';
import { lstat, open, readdir, readlink, type FileHandle } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { compareCodePoints, OperationalError } from '@securescan/core';
import type { SystemEntry, SystemFiles } from '@securescan/scan-engine';

const MAX_TEXT_BYTES = 1_000_000;
const MAX_LINKS = 40;
const PERMISSIONS = 0o7777;

/** Opens a directory as if it were a whole system: its own links, absolute ones too, stay inside. */
export function openSystemFiles(root: string): SystemFiles {
  return new NodeSystemFiles(root);
}

class NodeSystemFiles implements SystemFiles {
  constructor(private readonly root: string) {}

  async stat(path: string): Promise<SystemEntry | null> {
    return orNull(async () => {
      const stats = await lstat(await this.resolve(path));
      const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
      const { uid, gid, size } = stats;
      return { kind, mode: stats.mode & PERMISSIONS, uid, gid, sizeBytes: size };
    });
  }

  async readText(path: string): Promise<string | null> {
    return orNull(async () => {
      const place = await this.resolve(path);
      // Not to wait for a FIFO, and not to follow a link that took the place of a file since.
      const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
      const handle = await open(place, flags);
      try {
        const stats = await handle.stat();
        if (!stats.isFile() || stats.size > MAX_TEXT_BYTES) return null;
        return await readToEnd(handle);
      } finally {
        await handle.close();
      }
    });
  }

  async list(path: string): Promise<readonly string[] | null> {
    return orNull(async () => {
      const names = await readdir(await this.resolve(path));
      return names.sort(compareCodePoints);
    });
  }

  /** The path on this machine. Every link on the way is followed as the system below the root would do it. */
  private async resolve(path: string): Promise<string> {
    let pending = segmentsOf(path);
    let place: string[] = [];
    for (let links = 0; ;) {
      const segment = pending.shift();
      if (segment === undefined) return join(this.root, ...place);
      if (segment === '..') {
        place.pop();
        continue;
      }
      const link = await linkAt(join(this.root, ...place, segment));
      if (link === null) {
        place.push(segment);
        continue;
      }
      links += 1;
      if (links > MAX_LINKS) throw new OperationalError('TOOL_FAILED', 'too many links');
      if (posix.isAbsolute(link)) place = [];
      pending = [...segmentsOf(link), ...pending];
    }
  }
}

/** Files below /proc say that they are empty, and give a page at a time. */
async function readToEnd(handle: FileHandle): Promise<string | null> {
  const buffer = Buffer.alloc(MAX_TEXT_BYTES + 1);
  let length = 0;
  while (length <= MAX_TEXT_BYTES) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) return buffer.toString('utf8', 0, length);
    length += bytesRead;
  }
  return null;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** What a link says; `null` for everything else. Rejects where there is nothing. */
async function linkAt(path: string): Promise<string | null> {
  const stats = await lstat(path);
  return stats.isSymbolicLink() ? readlink(path) : null;
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    // Expected: it is not there, is not ours to read, or its links go in circles.
    return null;
  }
}
