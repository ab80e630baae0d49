export const REQUEST_ID_HEADER = 'x-request-id';

// Short and plain, so that a caller can neither flood the log nor forge lines in it.
const ACCEPTABLE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The caller's own request id where it is well formed, else a fresh UUID. */
export function requestIdFor(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && ACCEPTABLE_REQUEST_ID.test(given)
    ? given
    : globalThis.crypto.randomUUID();
}

/** `http://` or `https://` and an authority, as requests to a proxy have them. */
const AUTHORITY = /^https?:\/\/[^/?#]*/i;

/** A request target in the form of requests to an origin (RFC 9112, section 3.2): whoever looks at it sees a path. */
export function originFormOf(target: string): string {
  const path = target.replace(AUTHORITY, '');
  return path.startsWith('/') || path === '*' ? path : `/${path}`;
}

/** The path of a request target without its query, which may hold what no log should. */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
