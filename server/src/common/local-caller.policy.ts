/** The facts of a request that decide whether it comes from this very machine, by its own user. */
export interface CallerFacts {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Names of all request headers, in any case. */
  readonly headerNames: readonly string[];
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/;
const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/;
const PROXY_HEADERS = new Set(['forwarded', 'x-real-ip', 'via']);
const PROXY_HEADER_PREFIX = 'x-forwarded-';

/** True for `localhost` and for addresses that never leave the machine. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || LOOPBACK_IPV4.test(name) || name === '[::1]' || name === '::1';
}

function isProxyHeader(name: string): boolean {
  // Some servers fold `_` into `-`, so both spellings count.
  const folded = name.toLowerCase().replaceAll('_', '-');
  return PROXY_HEADERS.has(folded) || folded.startsWith(PROXY_HEADER_PREFIX);
}

/**
 * Says why a request is refused while nobody has to authenticate, or `null` where it is welcome. A foreign `Host` is how
 * DNS rebinding shows, a foreign `Origin` is another web page's script, and a proxy's header means that someone else calls.
 */
export function refusalOfCaller(
  caller: CallerFacts,
  allowedOrigins: readonly string[],
): string | null {
  const host = caller.host?.toLowerCase();
  const name = host === undefined ? undefined : HOST.exec(host)?.[1];
  if (name === undefined || !isLoopbackName(name)) {
    return 'Without credentials only requests to localhost are answered: call http://localhost or http://127.0.0.1 with this port.';
  }
  const proxyHeader = caller.headerNames.find(isProxyHeader);
  if (proxyHeader !== undefined) {
    return `This request passed a proxy (it has the header ${proxyHeader.toLowerCase()}); without credentials only direct requests from this machine are answered.`;
  }
  const { origin } = caller;
  if (
    origin === undefined ||
    origin.toLowerCase() === `http://${host}` ||
    allowedOrigins.includes(origin)
  ) {
    return null;
  }
  return 'Another web page may not call this server; add its origin to SECURESCAN_CORS_ORIGINS if it should.';
}
