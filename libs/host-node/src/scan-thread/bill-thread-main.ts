import { parentPort, workerData } from 'node:worker_threads';
import type { SbomDocument } from '@securescan/core';
import { storedBill } from '../bill/stored-bill';

/** Makes one bill and ends. Who does not want it any more ends the thread. */
async function makeOne(document: SbomDocument): Promise<void> {
  const parts = await storedBill(document, new AbortController().signal);
  parentPort?.postMessage(parts);
}

void makeOne(workerData as SbomDocument);
