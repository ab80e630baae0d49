import type { ApiKeyBody } from '@securescan/contracts';

export type KeyState = 'active' | 'expired' | 'revoked';

/** @param now milliseconds since the epoch */
export function stateOf({ revoked_at, expires_at }: ApiKeyBody, now: number): KeyState {
  if (revoked_at !== null) return 'revoked';
  return expires_at !== null && Date.parse(expires_at) <= now ? 'expired' : 'active';
}

/** Those that work come first; within that the server's order, newest first, holds. */
export function activeFirst(keys: readonly ApiKeyBody[], now: number): readonly ApiKeyBody[] {
  const works = (key: ApiKeyBody): boolean => stateOf(key, now) === 'active';
  return [...keys.filter(works), ...keys.filter((key) => !works(key))];
}
