import { errors } from 'undici';
import { RefusedAddressError } from './checked-connector';

/** Codes of Node and of undici, in words that go on behind the receiver's host. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'is a name that nobody knows'],
  ['EAI_AGAIN', 'could not be looked up: no server for names answered'],
  ['ECONNREFUSED', 'refused the connection'],
  ['ECONNRESET', 'broke the connection off before it had answered'],
  ['EPIPE', 'broke the connection off before it had answered'],
  ['UND_ERR_SOCKET', 'broke the connection off before it had answered'],
  ['EHOSTUNREACH', 'cannot be reached from here'],
  ['ENETUNREACH', 'cannot be reached from here'],
  ['ETIMEDOUT', 'let nobody connect in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'let nobody connect in time'],
  ['UND_ERR_HEADERS_OVERFLOW', 'answered with more headers than are read'],
  ['UND_ERR_PRX_CONN', 'broke the connection off before it had answered'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another name'],
  ['CERT_HAS_EXPIRED', 'has a certificate that has expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'has a certificate that nobody vouches for'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'has a certificate that nobody known vouches for'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'has a certificate that nobody known vouches for'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'has a certificate that nobody known vouches for'],
]);

/** These may be about the proxy as well: the connection is made to it. */
const OF_CONNECTIONS = /^(?:E[A-Z_]+|UND_ERR_(?:SOCKET|CONNECT_TIMEOUT|PRX_CONN))$/u;

export interface FailedRequest {
  readonly host: string;
  /** Whether there is a proxy, by which it may have gone. */
  readonly hasProxy: boolean;
}

/**
 * Why there was no answer, in one line for people. Of the URL it holds the host alone: the rest may be a secret, and so may the
 * messages of libraries be, of which no word is repeated.
 */
export function failureText({ host, hasProxy }: FailedRequest, error: unknown): string {
  if (error instanceof RefusedAddressError) return `${host} ${error.message}.`;
  const isEither = hasProxy && OF_CONNECTIONS.test(codeOf(error));
  return `${host}${isEither ? ', or the proxy on the way to it,' : ''} ${reasonOf(error)}.`;
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.HTTPParserError) return 'did not answer in HTTP';
  const code = codeOf(error);
  const known = WORDS.get(code);
  if (known !== undefined) return known;
  const refused = code === 'UND_ERR_ABORTED' ? proxyStatusOf(error) : null;
  if (refused !== null) return `was not reached: the proxy answered ${refused}`;
  if (/^(?:ERR_SSL|ERR_TLS|EPROTO|CERT_)/u.test(code)) return `could not agree on TLS (${code})`;
  return `did not answer (${code})`;
}

function codeOf(error: unknown): string {
  const errors =
    error instanceof AggregateError ? [error, ...(error.errors as unknown[])] : [error];
  for (const one of errors) {
    if (typeof one === 'object' && one !== null && 'code' in one && typeof one.code === 'string') {
      return one.code;
    }
  }
  return 'no reason was given';
}

function proxyStatusOf(error: unknown): string | null {
  return error instanceof Error ? (/\((\d{3})\)/u.exec(error.message)?.[1] ?? null) : null;
}
