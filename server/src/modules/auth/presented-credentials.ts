interface Headers {
  readonly authorization?: string | undefined;
  readonly 'x-api-key'?: string | string[] | undefined;
}

const BEARER = /^bearer +(\S.*)$/i;

/** The key that a request shows: `X-API-Key` where it has one, else the token of `Authorization: Bearer`. */
export function presentedKey(headers: Headers): string | null {
  const own = headers['x-api-key'];
  const first = typeof own === 'string' ? own.trim() : '';
  if (first !== '') return first;
  const { authorization } = headers;
  return BEARER.exec(authorization ?? '')?.[1]?.trim() ?? null;
}
