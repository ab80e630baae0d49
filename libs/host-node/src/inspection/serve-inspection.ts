import { parentPort } from 'node:worker_threads';
import { inspectFiles, type FileScanner } from '@securescan/scan-engine';
import { TextReader } from '../text-reader';
import type { BatchAnswer, BatchOrder } from './worker-messages';

/** Turns the thread that calls it into one that reads files for the given scanners, batch by batch, until it is ended. */
export function serveInspection(scanners: readonly FileScanner[]): void {
  parentPort?.on('message', ({ batch, position }: BatchOrder) => {
    const reader = new TextReader(batch.root, batch.maxFileBytes);
    const files = inspectFiles(batch, {
      scanners,
      read: (path) => reader.readNow(path),
      onStep: (file, scanner) => {
        Atomics.store(position, 1, scanner);
        Atomics.store(position, 0, file);
        Atomics.add(position, 2, 1);
      },
    });
    Atomics.store(position, 0, -1);
    const answer: BatchAnswer = { files };
    parentPort?.postMessage(answer);
  });
}
