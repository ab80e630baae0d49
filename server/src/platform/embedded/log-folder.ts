import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Logger } from '@nestjs/common';
import { installRoot } from '@securescan/host-node';

const LOOK_EVERY_MS = 250;
/** Pages of a big scan are written many times; folding the log less often writes most of them once. */
const FOLD_FROM_PAGES = 8_000;
/** Only a log that is folded to its end begins anew, and one that is written to all the time has no end. */
const WAIT_FROM_PAGES = 24_000;
/** Numbers of 32 bits in the order of bytes of the machine; the places count such numbers. */
const INDEX_HEADER_BYTES = 136;
const MAX_FRAME_AT = 4;
const BACKFILL_AT = 24;

/**
 * Folds the write-ahead log into the database file beside the event loop: the writer would do it in the middle of a commit,
 * and wait for the disk for a fifth of a second. The thread is started when it is first needed.
 */
export class LogFolder {
  private readonly logger = new Logger(LogFolder.name);
  private readonly timer: NodeJS.Timeout;
  private worker: Worker | null = null;
  /**
   * Held until every connection is closed: closing it takes SQLite's locks on the file from the whole process, and whoever
   * opened the database then would empty the index under our hands (https://sqlite.org/howtocorrupt.html, section 2.2).
   */
  private index: FileHandle | null = null;
  private looking: Promise<void> = Promise.resolve();
  private isFolding = false;
  private isClosed = false;
  private waiting: Promise<void> | null = null;
  private letWrite: () => void = () => undefined;

  constructor(private readonly file: string) {
    this.timer = setInterval(() => {
      this.looking = this.looking.then(() => this.look());
    }, LOOK_EVERY_MS).unref();
  }

  /** Resolves when the log has room for more: writers wait here, where the event loop is free, and not in a commit. */
  room(): Promise<void> {
    return this.waiting ?? Promise.resolve();
  }

  /** Resolves when the connection of the thread is closed. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.isClosed = true;
    await this.looking;
    const { worker } = this;
    if (worker === null) return;
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await gone;
  }

  /** To be called once every connection of the process is closed. */
  async release(): Promise<void> {
    await this.index?.close();
    this.index = null;
  }

  private async look(): Promise<void> {
    const { written, folded } = await this.readIndex();
    // A thread that is started now would hold the file open behind the close.
    if (this.isClosed) return;
    if (written - folded >= FOLD_FROM_PAGES && !this.isFolding) this.fold();
    if (written >= WAIT_FROM_PAGES && this.isFolding) {
      this.waiting ??= new Promise((resolve) => {
        this.letWrite = resolve;
      });
    }
  }

  private fold(): void {
    this.isFolding = true;
    this.worker ??= this.start();
    this.worker.postMessage('fold');
  }

  private onFolded(): void {
    this.isFolding = false;
    this.waiting = null;
    this.letWrite();
  }

  /**
   * Pages in the log, and how many of them are folded, by the index that SQLite keeps of it: the log's size tells neither,
   * because it is written over from its beginning (https://sqlite.org/walformat.html, section 2.2).
   */
  private async readIndex(): Promise<{ written: number; folded: number }> {
    const header = new Uint32Array(INDEX_HEADER_BYTES / Uint32Array.BYTES_PER_ELEMENT);
    try {
      this.index ??= await open(`${this.file}-shm`);
      await this.index.read(new Uint8Array(header.buffer), 0, INDEX_HEADER_BYTES, 0);
    } catch {
      // Expected: nothing was written yet, or the database is closed.
    }
    return { written: header[MAX_FRAME_AT] ?? 0, folded: header[BACKFILL_AT] ?? 0 };
  }

  private start(): Worker {
    // Compiled, even where we run from source: a thread knows no TypeScript.
    const entry = join(installRoot(), 'dist/server/src/platform/embedded/log-folder-main.js');
    const worker = new Worker(entry, { workerData: this.file, execArgv: [] });
    worker.unref();
    worker.on('message', () => this.onFolded());
    worker.on('error', (error) => {
      // Expected: a full disk. The writer folds the log itself once it is very large, and says what is wrong.
      this.logger.warn(`The log of the database was not folded: ${String(error)}`);
    });
    worker.once('exit', () => {
      this.worker = null;
      this.onFolded();
    });
    return worker;
  }
}
