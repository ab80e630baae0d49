import type { JsonReader } from '@securescan/core';
import { withinLimit } from '../../within-limit';
import { ScannerOutputError } from '../scanner-output.errors';
import type { ZapClient } from './zap-client';

/** For the two calls that a cancelled scan waits for. */
const START_MS = 10_000;
const STOP_MS = 3_000;

/** Milliseconds. */
export interface Pace {
  readonly pollMs: number;
  /** After which the daemon is told to stop. */
  readonly limitMs: number;
}

export interface RemoteScan {
  readonly id: string;
  /** False where its time was up before it was done. */
  readonly isComplete: boolean;
}

/**
 * Lets the daemon's spider or its active scanner run to the end. Whatever keeps it from that (its time is up, the scan is
 * cancelled, the daemon fails), the daemon is told to stop. Rejects when the signal is aborted.
 */
export async function runRemoteScan(
  client: ZapClient,
  { kind, parameters }: { kind: 'spider' | 'ascan'; parameters: Readonly<Record<string, string>> },
  { pollMs, limitMs }: Pace,
  signal: AbortSignal,
): Promise<RemoteScan> {
  signal.throwIfAborted();
  // Not to be cancelled half-way: who does not learn the id cannot stop what began.
  const answer = await client.ask(`${kind}/action/scan`, parameters, AbortSignal.timeout(START_MS));
  const id = numberIn(answer.field('scan'));
  let isComplete = false;
  try {
    const done = await withinLimit(limitMs, signal, async (limit) => {
      const status = (): Promise<JsonReader> =>
        client.ask(`${kind}/view/status`, { scanId: id }, limit);
      await poll(
        async () => Number(numberIn((await status()).field('status'))) >= 100,
        pollMs,
        limit,
      );
      return true;
    });
    isComplete = done === true;
  } finally {
    if (!isComplete) await stop(client, kind, id);
  }
  signal.throwIfAborted();
  return { id, isComplete };
}

/** Waits until the pages that were seen are judged. False where its time was up before. */
export async function drainPassiveQueue(
  client: ZapClient,
  { pollMs, limitMs }: Pace,
  signal: AbortSignal,
): Promise<boolean> {
  const done = await withinLimit(limitMs, signal, async (limit) => {
    const waiting = async (): Promise<string> =>
      numberIn((await client.ask('pscan/view/recordsToScan', {}, limit)).field('recordsToScan'));
    await poll(async () => (await waiting()) === '0', pollMs, limit);
    return true;
  });
  signal.throwIfAborted();
  return done === true;
}

async function poll(
  isDone: () => Promise<boolean>,
  pollMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!(await isDone())) {
    await wait(pollMs, signal);
    signal.throwIfAborted();
  }
}

/** Ends early when the signal is aborted. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}

async function stop(client: ZapClient, kind: string, scanId: string): Promise<void> {
  try {
    await client.ask(`${kind}/action/stop`, { scanId }, AbortSignal.timeout(STOP_MS));
  } catch {
    // Expected: the daemon is gone, or has ended the scan by itself. Why we stop is told by whoever calls.
  }
}

/** ZAP writes its numbers as texts. */
export function numberIn(reader: JsonReader): string {
  const text = reader.string();
  if (!/^\d{1,9}$/.test(text))
    throw new ScannerOutputError('zap', `"${text.slice(0, 20)}" is no number`);
  return text;
}
