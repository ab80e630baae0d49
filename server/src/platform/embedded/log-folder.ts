import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Logger } from '@nestjs/common';
import { installRoot } from '@securescan/host-node';

const LOOK_EVERY_MS = 500;
/** Pages of a big scan are written many times; folding the log less often writes most of them once. */
const FOLD_FROM_BYTES = 32 * 1024 * 1024;

/**
 * Folds the write-ahead log into the database file beside the event loop: the writer would do it in the middle of a commit,
 * and wait for the disk for a fifth of a second. The thread is started when it is first needed.
 */
export class LogFolder {
  private readonly logger = new Logger(LogFolder.name);
  private readonly timer: NodeJS.Timeout;
  private worker: Worker | null = null;
  private isFolding = false;

  constructor(private readonly file: string) {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  /** Resolves when the connection of the thread is closed. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    const { worker } = this;
    if (worker === null) return;
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await gone;
  }

  private async look(): Promise<void> {
    if (this.isFolding || (await this.logBytes()) < FOLD_FROM_BYTES) return;
    this.isFolding = true;
    this.worker ??= this.start();
    this.worker.postMessage('fold');
  }

  private async logBytes(): Promise<number> {
    try {
      return (await stat(`${this.file}-wal`)).size;
    } catch {
      // Expected: nothing was written yet, or the database is closed.
      return 0;
    }
  }

  private start(): Worker {
    // Compiled, even where we run from source: a thread knows no TypeScript.
    const entry = join(installRoot(), 'dist/server/src/platform/embedded/log-folder-main.js');
    const worker = new Worker(entry, { workerData: this.file, execArgv: [] });
    worker.unref();
    worker.on('message', () => {
      this.isFolding = false;
    });
    worker.on('error', (error) => {
      // Expected: a full disk. The writer folds the log itself once it is very large, and says what is wrong.
      this.logger.warn(`The log of the database was not folded: ${String(error)}`);
    });
    worker.once('exit', () => {
      this.worker = null;
      this.isFolding = false;
    });
    return worker;
  }
}
