import { closeSync, lstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OperationalError } from '@securescan/core';
import { budgetExceeded, tooLarge } from '@securescan/scan-engine';
import { requireExit } from '../git-exit';
import { BlobReader, type BlobConsumer } from './blob-reader';
import { asInput, blobSizes } from './blob-sizes';
import type { GitReader } from './git-reader';
import type { TreeEntry } from './tree-entries';

const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/v1\n');
const MEGABYTE = 1_000_000;

export interface TreeLimits {
  readonly maxFiles: number;
  /** A larger file is skipped. */
  readonly maxFileBytes: number;
  /** Of all files that would be written. */
  readonly maxTotalBytes: number;
}

/** As many files as one walk lists. */
export const TREE_LIMITS: TreeLimits = {
  maxFiles: 200_000,
  maxFileBytes: 64 * MEGABYTE,
  maxTotalBytes: 4_000 * MEGABYTE,
};

export interface SkippedPath {
  readonly path: string;
  readonly reason: string;
}

export interface WrittenFiles {
  /** POSIX, relative to the top of the repository, in code-point order. */
  readonly files: readonly string[];
  readonly skipped: readonly SkippedPath[];
  readonly notes: readonly string[];
}

/** A revision, or the index, as files. */
export interface WrittenTree extends WrittenFiles {
  readonly directory: string;
  /** The one that was written, or on which the index builds; `null` before the first one. */
  readonly commit: string | null;
}

/** What the system says where a name cannot be, or not beside the others. */
const NAME_ERRORS: Readonly<Record<string, string>> = {
  ENAMETOOLONG: 'its name is too long',
  EILSEQ: 'its name cannot be written here',
  EINVAL: 'its name cannot be written here',
  EEXIST: 'another file has its name here',
  ENOTDIR: 'another file has its name here',
  EISDIR: 'another file has its name here',
};

/**
 * Writes files with the bytes that git keeps of them into a directory that is ours and empty: without links, filters and line
 * end conversion. Rejects with OperationalError where that would be more than the limits say, before anything is written.
 */
export async function writeEntries(
  git: GitReader,
  entries: readonly TreeEntry[],
  directory: string,
  limits: TreeLimits = TREE_LIMITS,
): Promise<WrittenFiles> {
  const { maxFiles, maxTotalBytes } = limits;
  if (entries.length > maxFiles) {
    throw tooMuch(`the revision has ${entries.length} files, more than ${maxFiles}`);
  }
  const writable = entries.filter(({ refused }) => refused === null);
  const sizes = await blobSizes(git, new Set(writable.map(({ id }) => id)));
  const judged = entries.map((entry) => ({
    ...entry,
    refused: entry.refused ?? sizeRefusal(sizes.get(entry.id), limits.maxFileBytes),
  }));
  const wanted = judged.filter(({ refused }) => refused === null);
  const total = wanted.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0);
  if (total > maxTotalBytes) {
    throw tooMuch(
      `the revision has ${Math.ceil(total / MEGABYTE)} MB, more than ${maxTotalBytes / MEGABYTE} MB`,
    );
  }
  const sink = new FileSink(directory, wanted);
  await writeBlobs(git, wanted, sink);
  return {
    files: sink.files,
    skipped: [
      ...judged.flatMap(({ path, refused }) =>
        refused === null ? [] : [{ path, reason: refused }],
      ),
      ...sink.skipped,
    ],
    notes: [...missingNote(judged), ...lfsNote(sink.pointers)],
  };
}

const MISSING = 'its content is not in this clone';

function sizeRefusal(size: number | undefined, maxFileBytes: number): string | null {
  if (size === undefined) return MISSING;
  return size > maxFileBytes ? tooLarge(maxFileBytes) : null;
}

async function writeBlobs(
  git: GitReader,
  wanted: readonly TreeEntry[],
  sink: FileSink,
): Promise<void> {
  if (wanted.length === 0) return;
  const ids = wanted.map(({ id }) => id);
  const reader = new BlobReader(ids, sink);
  try {
    const options = { stdin: asInput(ids) };
    const end = await git.stream(['cat-file', '--buffer', '--batch'], options, (chunk) =>
      reader.push(chunk),
    );
    requireExit(end, [0]);
    reader.finish();
  } finally {
    sink.close();
  }
}

/** Puts each blob where its path says. */
class FileSink implements BlobConsumer {
  readonly files: string[] = [];
  readonly skipped: SkippedPath[] = [];
  pointers = 0;
  private path = '';
  private file: number | null = null;
  private start = Buffer.alloc(0);
  private readonly directory: string;
  private readonly made: Set<string>;

  constructor(
    directory: string,
    private readonly entries: readonly TreeEntry[],
  ) {
    this.directory = resolve(directory);
    this.made = new Set([this.directory]);
  }

  begin(index: number): void {
    this.path = this.entries[index]?.path ?? '';
    this.start = Buffer.alloc(0);
    this.attempt(() => {
      const place = join(this.directory, this.path);
      this.makeDirectory(dirname(place));
      this.file = openSync(place, 'wx', 0o644);
    });
  }

  data(chunk: Buffer): void {
    const { file } = this;
    if (file === null) return;
    const missing = LFS_POINTER.length - this.start.length;
    if (missing > 0) this.start = Buffer.concat([this.start, chunk.subarray(0, missing)]);
    this.attempt(() => writeFileSync(file, chunk));
  }

  end(): void {
    if (this.file === null) return;
    this.close();
    this.files.push(this.path);
    if (this.start.equals(LFS_POINTER)) this.pointers += 1;
  }

  /** To be called at the end too: what was interrupted is still open. */
  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }

  /** Step by step: told to make all at once, Node tries for ever where a file system will not have a directory. */
  private makeDirectory(path: string): void {
    if (this.made.has(path)) return;
    this.makeDirectory(dirname(path));
    // Where case makes no difference, it may be there under another name.
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) mkdirSync(path);
    this.made.add(path);
  }

  private attempt(write: () => void): void {
    try {
      write();
    } catch (cause) {
      // Expected: names that this file system cannot hold, and a disk that is full.
      const code =
        typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
      const reason = NAME_ERRORS[code];
      if (reason === undefined) throw notWritable(this.directory, code, cause);
      this.close();
      this.skipped.push({ path: this.path, reason });
    }
  }
}

function notWritable(directory: string, code: string, cause: unknown): OperationalError {
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? new OperationalError(
        'DISK_FULL',
        `There is no room left for a copy of the revision in "${dirname(directory)}"; free some, or name another place with TMPDIR.`,
        { cause },
      )
    : new OperationalError(
        'OUTPUT_NOT_WRITABLE',
        `A copy of the revision cannot be written to "${dirname(directory)}" (${code}); name another place with TMPDIR.`,
        { cause },
      );
}

function tooMuch(what: string): OperationalError {
  return new OperationalError(
    'TOOL_OUTPUT_TOO_LARGE',
    `${budgetExceeded(what)}; take out of git what is no source code, or scan a part of the tree with "securescan scan".`,
  );
}

function missingNote(entries: readonly TreeEntry[]): string[] {
  const missing = entries.filter(({ refused }) => refused === MISSING).length;
  if (missing === 0) return [];
  return [
    `${counted(missing, 'file is', 'files are')} not in this partial clone and ${missing === 1 ? 'was' : 'were'} not read; "git fetch --refetch --no-filter" gets all`,
  ];
}

function lfsNote(pointers: number): string[] {
  if (pointers === 0) return [];
  return [
    `${counted(pointers, 'file is a pointer', 'files are pointers')} to Git LFS: what they point to was not read`,
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
