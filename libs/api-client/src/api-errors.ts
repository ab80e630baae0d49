import { ERROR_CODES } from '@securescan/contracts';
import type { ErrorBody, ErrorCode } from '@securescan/contracts';
import { OperationalError, UserError } from '@securescan/core';
import type { SecureScanError } from '@securescan/core';
import { isRecord } from './answers';

/**
 * What an answer that is not 2xx becomes: the caller's fault (4xx) or the world's (5xx), with the code and the sentence of
 * the server. An answer that does not speak our error shape, a proxy's for instance, becomes SERVICE_UNAVAILABLE.
 */
export function errorFromAnswer(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  body: unknown,
): SecureScanError {
  const details = { status };
  if (!isErrorBody(body)) {
    return new OperationalError(
      'SERVICE_UNAVAILABLE',
      `The server answered ${status} without saying why. Check the address, and the proxy if there is one.`,
      { details },
    );
  }
  // Our own server says the first problem in its sentence already.
  const further = (body.errors ?? []).filter(({ message }) => !body.detail.includes(message));
  const sentence = [body.detail, ...further.map(({ loc, message }) => `${loc}: ${message}`)].join(
    ' ',
  );
  return status < 500
    ? new UserError(body.code, sentence, { details })
    : new OperationalError(body.code, sentence + requestWords(headers), { details });
}

/** What an operator looks for in the log. */
function requestWords(headers: Headers): string {
  const id = headers.get('X-Request-ID') ?? '';
  return /^[\w-]{1,64}$/u.test(id) ? ` (request ${id})` : '';
}

function isErrorBody(value: unknown): value is ErrorBody {
  if (!isRecord(value) || typeof value['detail'] !== 'string' || !isErrorCode(value['code']))
    return false;
  const errors = value['errors'];
  return errors === undefined || (Array.isArray(errors) && errors.every(isFieldError));
}

function isErrorCode(value: unknown): value is ErrorCode {
  return ERROR_CODES.some((code) => code === value);
}

function isFieldError(value: unknown): boolean {
  return (
    isRecord(value) && typeof value['loc'] === 'string' && typeof value['message'] === 'string'
  );
}

/** No answer at all: refused, unresolved, cut, or slower than allowed. */
export function errorFromFailedRequest(
  origin: string,
  timeoutMs: number,
  cause: unknown,
): OperationalError {
  const isSlow = cause instanceof DOMException && cause.name === 'TimeoutError';
  return new OperationalError(
    'SERVICE_UNAVAILABLE',
    isSlow
      ? `${origin} did not answer within ${timeoutMs / 1000} s. Check that the server runs and is not overloaded.`
      : `${origin} cannot be reached (${reasonOf(cause)}). Check that the server runs and that the address is right.`,
    { cause },
  );
}

function reasonOf(cause: unknown): string {
  // fetch hides what happened in the cause of its TypeError.
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (isRecord(inner) && typeof inner['code'] === 'string') return inner['code'];
  return inner instanceof Error ? inner.message : 'no reason given';
}
