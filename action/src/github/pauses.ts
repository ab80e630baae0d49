/** GitHub asks for at least a minute where it names no time. */
const SECONDARY_MS = 60_000;
const SECONDARY = /secondary rate limit|abuse detection/i;

/** An answer, as far as limits are concerned. */
export interface LimitedAnswer {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  /** What it says, as text. */
  readonly message: string;
}

/**
 * For how many milliseconds GitHub wants to be left alone before the same request, or `null` where the answer is no matter of
 * limits. Pure.
 */
export function pauseMs({ status, headers, message }: LimitedAnswer, now: number): number | null {
  if (status !== 403 && status !== 429) return null;
  const after = headers.get('Retry-After') ?? '';
  if (/^\d{1,6}$/.test(after)) return Number(after) * 1_000;
  const reset = headers.get('X-RateLimit-Reset') ?? '';
  if (headers.get('X-RateLimit-Remaining') === '0' && /^\d{1,12}$/.test(reset)) {
    return Math.max(0, Number(reset) * 1_000 - now);
  }
  return status === 429 || SECONDARY.test(message) ? SECONDARY_MS : null;
}
