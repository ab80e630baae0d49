/**
 * What the work gives, or `null` when its time is up or the scan is cancelled; it is then told through its signal and left
 * behind.
 */
export async function withinLimit<T>(
  limitMs: number,
  scan: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
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
    return await Promise.race([stopped, work(limit.signal)]);
  } finally {
    clearTimeout(timer);
    scan.removeEventListener('abort', stop);
  }
}
