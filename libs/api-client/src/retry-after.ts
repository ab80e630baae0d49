const DEFAULT_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the request is sent again, or `null` where it must not be. 429 and 503 say that nothing was done: a
 * request that changes something is repeated only where `Retry-After` says so too. Pure.
 */
export function retryAfterMs(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  method: string,
): number | null {
  if (status !== 429 && status !== 503) return null;
  const text = headers.get('Retry-After') ?? '';
  const ms = /^\d{1,6}$/u.test(text) ? Number(text) * 1000 : null;
  if (ms === null) return method === 'GET' ? DEFAULT_MS : null;
  return ms <= LONGEST_MS ? ms : null;
}
