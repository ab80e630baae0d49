import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { access, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OperationalError, UserError } from '@securescan/core';
import { hasCode, isSystemError } from './system-error';

/** A place for a report. */
export interface Sink {
  write(chunks: Iterable<string | Uint8Array>): Promise<void>;
}

const BATCH_CHARACTERS = 256 * 1024;

/** Texts joined to texts of a size that is worth a system call, and bytes as they are. */
function* batched(chunks: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let batch = '';
  for (const chunk of chunks) {
    if (typeof chunk === 'string') batch += chunk;
    if (typeof chunk === 'string' && batch.length < BATCH_CHARACTERS) continue;
    if (batch !== '') yield batch;
    if (typeof chunk !== 'string') yield chunk;
    batch = '';
  }
  if (batch !== '') yield batch;
}

/** Standard output. A reader that has seen enough (`| head`) ends the writing and nothing else. */
export class StdoutSink implements Sink {
  constructor(private readonly stdout: NodeJS.WritableStream) {}

  async write(chunks: Iterable<string | Uint8Array>): Promise<void> {
    for (const batch of batched(chunks)) {
      if (!(await this.writeBatch(batch))) return;
    }
  }

  private writeBatch(batch: string | Uint8Array): Promise<boolean> {
    return new Promise((done, fail) => {
      this.stdout.write(batch, (error) => {
        if (error === null || error === undefined) done(true);
        else if (hasCode(error, 'EPIPE')) done(false);
        else fail(notWritable('standard output', error));
      });
    });
  }
}

/** A file that is either as it was or the whole report: written beside it, then renamed over it. */
export class FileSink implements Sink {
  constructor(private readonly path: string) {}

  async write(chunks: Iterable<string | Uint8Array>): Promise<void> {
    const target = await followLink(this.path);
    const earlier = await statOrNull(target);
    const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
    try {
      await writeDraft(draft, earlier, chunks);
      await rename(draft, target);
    } catch (error) {
      // Expected: a full disk, a directory that became read-only or went away during the scan. A broken renderer ends here, too.
      await unlink(draft).catch(() => undefined); // Expected: it was never made, or was renamed already.
      throw isSystemError(error) ? notWritable(this.path, error) : error;
    }
  }
}

async function writeDraft(
  path: string,
  earlier: Stats | null,
  chunks: Iterable<string | Uint8Array>,
): Promise<void> {
  const file: FileHandle = await open(path, 'wx');
  try {
    // Unlike one `write`, it goes on until everything is written.
    for (const batch of batched(chunks)) await file.writeFile(batch);
    if (earlier !== null) await file.chmod(earlier.mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Why a report could not be written to a file, found out before the scan; `null` when it probably can. */
export async function outputFileProblem(path: string, cwd: string): Promise<string | null> {
  const absolute = resolve(cwd, path);
  const parent = dirname(absolute);
  const parentStats = await statOrNull(parent);
  if (parentStats === null)
    return `--output-file ${path}: the directory ${parent} does not exist; make it first.`;
  if (!parentStats.isDirectory()) return `--output-file ${path}: ${parent} is not a directory.`;
  const earlier = await statOrNull(absolute);
  if (earlier?.isDirectory() === true)
    return `--output-file ${path}: it is a directory; name a file.`;
  if (earlier !== null && !earlier.isFile()) {
    return `--output-file ${path}: it is not a regular file; leave the flag out and redirect standard output.`;
  }
  try {
    await access(dirname(await followLink(absolute)), constants.W_OK);
    return null;
  } catch {
    // Expected: somebody else's directory, or a read-only file system.
    return `--output-file ${path}: ${parent} is not writable.`;
  }
}

async function followLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    // Expected: there is no such file yet.
    return path;
  }
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch {
    // Expected: nothing stands there.
    return null;
  }
}

/** The error for a place that cannot be written to. */
export function notWritable(place: string, cause: unknown): UserError | OperationalError {
  if (hasCode(cause, 'ENOSPC')) {
    return new OperationalError(
      'DISK_FULL',
      `The disk is full: the report was not written to ${place}.`,
      { cause },
    );
  }
  const words = cause instanceof Error ? cause.message : String(cause);
  return new UserError(
    'OUTPUT_NOT_WRITABLE',
    `The report could not be written to ${place}: ${words}.`,
    { cause },
  );
}
