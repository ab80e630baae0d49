import { HttpException } from '@nestjs/common';
import type { ErrorBody, ErrorCode } from '@securescan/contracts';
import { assertNever, SecureScanError } from '@securescan/core';
import { FieldsRefusedError, RetryLaterError } from './http.errors';

export interface DescribedError {
  readonly status: number;
  readonly body: ErrorBody;
  readonly level: 'debug' | 'warn' | 'error';
  /** Headers that go with this failure. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Long enough for a scan or a lock to end, short enough that nobody looks away. */
const RETRY_AFTER_SECONDS = 15;

/** The HTTP status of every code. With its code it is the contract; the sentence beside them is not. */
export const STATUS_BY_CODE = {
  VALIDATION_FAILED: 422,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  ACCESS_DENIED: 403,
  CREDENTIALS_MISSING: 401,
  CREDENTIALS_INVALID: 401,
  EVENT_TOKEN_INVALID: 401,
  EVENT_TOKEN_NOT_NEEDED: 409,
  IDENTITY_REFUSED: 401,
  CSRF_REFUSED: 403,
  SCOPE_MISSING: 403,
  RATE_LIMITED: 429,
  TOO_MANY_FAILURES: 429,
  KEY_NOT_FOUND: 404,
  SCOPE_NOT_GRANTABLE: 403,
  LAST_FULL_KEY: 409,
  SCAN_NOT_FOUND: 404,
  SCAN_NOT_COMPLETED: 409,
  SCAN_NOT_TERMINAL: 409,
  SCAN_ALREADY_TERMINAL: 409,
  SCAN_CANCELLED: 409,
  SCANS_NOT_COMPARABLE: 422,
  REPORT_TOO_LARGE: 422,
  REPORTS_BUSY: 503,
  SBOM_NOT_FOUND: 404,
  SBOMS_TOO_LARGE: 422,
  TARGET_NOT_FOUND: 400,
  TARGET_NOT_ALLOWED: 403,
  CURSOR_INVALID: 422,
  IMPORT_INVALID: 422,
  IMPORTS_BUSY: 503,
  FRAMEWORK_NOT_FOUND: 404,
  FINDING_NOT_FOUND: 404,
  COMMENT_NOT_FOUND: 404,
  COMMENT_NOT_OWN: 403,
  VEX_EMPTY: 409,
  VEX_INVALID: 422,
  VEX_OUTDATED: 409,
  PROPOSAL_NOT_FOUND: 404,
  PROPOSAL_NOT_OPEN: 409,
  VERDICT_CHANGED: 409,
  NOTIFICATION_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  WEBHOOK_DISABLED: 409,
  WEBHOOK_UNREADABLE: 409,
  TOO_MANY_WEBHOOKS: 409,
  DELIVERY_NOT_FOUND: 404,
  DELIVERY_OPEN: 409,
  DELIVERY_NOT_OPEN: 409,
  REPLAY_TOO_LARGE: 422,
  USAGE_INVALID: 422,
  CONFIG_INVALID: 422,
  SNAPSHOT_INVALID: 422,
  REPOSITORY_NOT_FOUND: 400,
  REF_NOT_FOUND: 400,
  MERGE_BASE_NOT_FOUND: 400,
  INDEX_UNMERGED: 409,
  OUTPUT_NOT_WRITABLE: 503,
  SCAN_QUEUE_FULL: 503,
  DATABASE_IN_USE: 503,
  DISK_FULL: 503,
  ADDRESS_IN_USE: 503,
  TOOL_NOT_FOUND: 503,
  TOOL_FAILED: 502,
  TOOL_TIMEOUT: 504,
  TOOL_OUTPUT_INVALID: 502,
  TOOL_OUTPUT_TOO_LARGE: 502,
  RULES_NOT_FOUND: 400,
  SERVICE_UNAVAILABLE: 503,
  TOO_MANY_STREAMS: 429,
  STREAMS_FULL: 503,
  SCANNER_NOT_FOUND: 404,
  SCANNER_NOT_INSTALLABLE: 400,
  INSTALL_NOT_ALLOWED: 403,
  INVARIANT_BROKEN: 500,
} as const satisfies Record<ErrorCode, number>;

const CODE_BY_HTTP_STATUS: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  400: ['VALIDATION_FAILED', 'The request could not be read: its body must be JSON.'],
  403: ['ACCESS_DENIED', 'This request is not allowed.'],
  404: ['ROUTE_NOT_FOUND', 'There is nothing at this address.'],
  405: ['METHOD_NOT_ALLOWED', 'This address does not support that method.'],
  413: ['BODY_TOO_LARGE', 'The body is larger than this server accepts.'],
  414: ['ROUTE_NOT_FOUND', 'There is nothing at this address.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.'],
  422: ['VALIDATION_FAILED', 'The request is not valid.'],
  503: ['SERVICE_UNAVAILABLE', 'The server cannot answer just now; try again in a moment.'],
};

function levelOf(error: SecureScanError): DescribedError['level'] {
  switch (error.kind) {
    case 'user':
      return 'debug';
    case 'operational':
      return 'warn';
    case 'defect':
      return 'error';
    default:
      return assertNever(error.kind);
  }
}

function describeOwn(error: SecureScanError, requestId: string): DescribedError {
  if (error.kind === 'defect') return describeDefect(requestId);
  const body: ErrorBody = { detail: error.message, code: error.code };
  if (error instanceof FieldsRefusedError) body.errors = [...error.problems];
  const status = STATUS_BY_CODE[error.code];
  return { status, body, level: levelOf(error), headers: headersOf(error, status) };
}

function headersOf(error: SecureScanError, status: number): DescribedError['headers'] {
  if (error instanceof RetryLaterError) return { 'Retry-After': String(error.retryAfterSeconds) };
  if (status === 503) return { 'Retry-After': String(RETRY_AFTER_SECONDS) };
  // RFC 9110, 11.6.1: every 401 says how to do better. The token of a stream is no such way.
  const isAsked = status === 401 && error.code !== 'EVENT_TOKEN_INVALID';
  return isAsked ? { 'WWW-Authenticate': 'Bearer realm="SecureScan"' } : {};
}

function describeDefect(requestId: string): DescribedError {
  return {
    status: 500,
    body: {
      detail: `Something went wrong on our side; the log has the cause under the error id ${requestId}.`,
      code: 'INVARIANT_BROKEN',
    },
    level: 'error',
    headers: {},
  };
}

/** Status of a framework's error; Fastify's own errors carry it as a property. */
function frameworkStatus(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error)) return null;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const isFastifyError = typeof code === 'string' && code.startsWith('FST_');
  return isFastifyError && typeof statusCode === 'number' ? statusCode : null;
}

/**
 * The answer to a failed request. An error that nobody foresaw, or a defect, tells the caller nothing but the id under
 * which the log has it.
 */
export function describeError(error: unknown, requestId: string): DescribedError {
  if (error instanceof SecureScanError) return describeOwn(error, requestId);
  const known = CODE_BY_HTTP_STATUS[frameworkStatus(error) ?? 500];
  if (known === undefined) return describeDefect(requestId);
  const [code, detail] = known;
  const status = STATUS_BY_CODE[code];
  return {
    status,
    body: { detail, code },
    level: status >= 500 ? 'warn' : 'debug',
    headers: status === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {},
  };
}
