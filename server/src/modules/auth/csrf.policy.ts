/** What of a request shows which page sent it. */
export interface SentRequest {
  readonly method: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly csrfHeader: string | undefined;
}

const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Why a request that the browser's cookies at the proxy authenticate is not believed to be the user's own wish, or `null`.
 * Another page can send such requests too, but not with our origin and not with a header that needs our permission.
 */
export function refusalOfStateChange(request: SentRequest, publicOrigin: string): string | null {
  if (READING_METHODS.has(request.method)) return null;
  if (request.origin !== publicOrigin) return `its Origin must be ${publicOrigin}`;
  if (request.fetchSite !== undefined && request.fetchSite !== 'same-origin') {
    return 'its Sec-Fetch-Site must be same-origin';
  }
  return request.csrfHeader === '1' ? null : 'it needs the header X-SecureScan-Csrf: 1';
}
