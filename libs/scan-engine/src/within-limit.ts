/**
 * What the work gives, or `null` when its time is up or the scan is cancelled; it is then told through its signal, given the
 * grace (milliseconds) to clear away what it began elsewhere, and left behind.
 */
export async function withinLimit<T>(
  limitMs: number,
  scan: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  graceMs = 0,
): Promise<T | null> {
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, limitMs);
  scan.addEventListener('abort', stop, { once: true });
  const stopped = new Promise<null>((resolve) => {
    limit.signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  if (scan.aborted) stop();
  try {
    const working = work(limit.signal);
    const result = await Promise.race([stopped, working]);
    if (limit.signal.aborted && graceMs > 0) await ended(working, graceMs);
    return result;
  } finally {
    clearTimeout(timer);
    scan.removeEventListener('abort', stop);
  }
}

/** Waits for the work to end, however it does, but not for longer. */
async function ended(working: Promise<unknown>, mostMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, mostMs);
  });
  await Promise.race([working.catch(() => undefined), patience]);
  clearTimeout(timer);
}
