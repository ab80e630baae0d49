import type { HttpHeaders } from '@angular/common/http';

export interface ListTotal {
  readonly count: number;
  /** False where the server stopped counting. */
  readonly isExact: boolean;
}

/** The cursor of `Link: <…>; rel="next"`, or `null` on the last page. */
export function nextCursor(headers: HttpHeaders | undefined): string | null {
  for (const link of (headers?.get('Link') ?? '').split(',')) {
    const [, address] = /<([^>]*)>\s*;.*\brel="?next"?/.exec(link) ?? [];
    if (address === undefined) continue;
    const query = address.slice(address.indexOf('?') + 1);
    return new URLSearchParams(query).get('cursor');
  }
  return null;
}

/** `X-Total-Count`, or `null` where the server does not send it. */
export function listTotal(headers: HttpHeaders | undefined): ListTotal | null {
  const raw = headers?.get('X-Total-Count') ?? null;
  if (raw === null || !/^\d+$/.test(raw)) return null;
  return { count: Number(raw), isExact: headers?.get('X-Total-Exact') !== 'false' };
}
