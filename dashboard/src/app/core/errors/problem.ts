import { HttpErrorResponse } from '@angular/common/http';

export interface FieldProblem {
  readonly loc: string;
  readonly message: string;
}

/** What a page shows of a failure, whatever its source. */
export interface Problem {
  readonly message: string;
  readonly code: string | null;
  /** `X-Request-ID` of the answer: what an operator finds the log line with. */
  readonly requestId: string | null;
  /** HTTP status; 0 where the server did not answer. */
  readonly status: number;
  readonly fields: readonly FieldProblem[];
}

/** The server answered with something that is not what the contract says. */
export class ResponseShapeError extends Error {
  override readonly name = 'ResponseShapeError';

  constructor(
    readonly at: string,
    expected: string,
  ) {
    super(`The server's answer is not understood: ${at} should be ${expected}.`);
  }
}

/** Translates whatever a request failed with. Never throws. */
export function toProblem(error: unknown): Problem {
  const cause = unwrap(error);
  if (cause instanceof HttpErrorResponse) return fromResponse(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  return { message, code: null, requestId: null, status: 0, fields: [] };
}

/** A resource may wrap what its loader failed with. */
function unwrap(error: unknown): unknown {
  const isWrapped =
    error instanceof Error &&
    !(error instanceof ResponseShapeError) &&
    (error.cause instanceof HttpErrorResponse || error.cause instanceof Error);
  return isWrapped ? error.cause : error;
}

function fromResponse(response: HttpErrorResponse): Problem {
  const requestId = response.headers.get('X-Request-ID');
  if (response.status === 0) {
    const message = 'The server did not answer. Check that it is running, then try again.';
    return { message, code: null, requestId, status: 0, fields: [] };
  }
  const body = asRecord(response.error);
  return {
    message: textOr(body['detail'], `The server answered with status ${response.status}.`),
    code: typeof body['code'] === 'string' ? body['code'] : null,
    requestId,
    status: response.status,
    fields: Array.isArray(body['errors']) ? body['errors'].map(toFieldProblem) : [],
  };
}

function toFieldProblem(value: unknown): FieldProblem {
  const entry = asRecord(value);
  return { loc: textOr(entry['loc'], ''), message: textOr(entry['message'], 'is not valid') };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}
