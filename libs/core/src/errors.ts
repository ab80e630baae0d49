import type { ErrorCode } from '@securescan/contracts';

/** Whose fault it is. The HTTP filter, the CLI and the Action each translate this in one place. */
export type ErrorKind = 'user' | 'operational' | 'defect';

export interface ErrorOptionsWithDetails {
  readonly cause?: unknown;
  /** Facts for the log, never secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Base of every error that we throw on purpose. Its message is a sentence that says what to do. */
export abstract class SecureScanError extends Error {
  abstract readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptionsWithDetails = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.details = options.details ?? {};
  }
}

/** The caller can mend it. */
export class UserError extends SecureScanError {
  readonly kind = 'user';
}

/** The world failed; expected now and then. */
export class OperationalError extends SecureScanError {
  readonly kind = 'operational';
}

/** A bug of ours. */
export class DefectError extends SecureScanError {
  readonly kind = 'defect';
}

/** Ends a switch over a union: a new member that nobody handles does not compile. */
export function assertNever(value: never): never {
  throw new DefectError('INVARIANT_BROKEN', `Unhandled case: ${String(value)}`);
}
